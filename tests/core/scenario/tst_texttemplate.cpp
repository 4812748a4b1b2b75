// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/texttemplate.h"

#include <QTest>

using namespace Headroom;

using Kind = TemplateValue::Kind;

namespace {

/// "text a|name b" of the parts of a text, or its problem as "1+3: what".
QString partsOf(const QString &text)
{
    const auto parts = templateParts(text);
    if (!parts)
        return QStringLiteral("%1+%2: %3")
            .arg(parts.error().start)
            .arg(parts.error().length)
            .arg(parts.error().message);
    QStringList words;
    for (const TemplatePart &part : *parts)
        words.append(QStringLiteral("%1 %2@%3+%4")
                         .arg(part.isName ? QStringLiteral("name") : QStringLiteral("text"),
                              part.arguments ? part.text + u'<' + part.arguments->join(u'/') + u'>' : part.text)
                         .arg(part.start)
                         .arg(part.length));
    return words.join(u'|');
}

const TemplateValue kUser{.kind = Kind::User, .written = QStringLiteral("user")};
const TemplateValue kIteration{.kind = Kind::Iteration, .written = QStringLiteral("iteration")};

} // namespace

class TextTemplateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesATextApart_data();
    void takesATextApart();
    void writesValuesAsTheirPlaceNeedsThem_data();
    void writesValuesAsTheirPlaceNeedsThem();
    void leavesThePathsOwnTextAlone();
    void isConstantWithoutValues();
    void joinsTextsAndValues();
    void putsInWhatIsKnown();
    void knowsJsonNumbers_data();
    void knowsJsonNumbers();
    void keepsValuesFromWhereTheyCannotStand();
};

void TextTemplateTest::takesATextApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const char *text, const char *parts) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(parts);
    };
    row("nothing", "", "");
    row("text alone", "abc", "text abc@0+3");
    row("name alone", "${user}", "name user@0+7");
    row("name between texts", "a${user}b", "text a@0+1|name user@1+7|text b@8+1");
    row("names side by side", "${a}${b}", "name a@0+4|name b@4+4");
    row("name with dot, dash, line and digit", "${q.a-b_1}", "name q.a-b_1@0+10");
    row("escaped", "$${user}", "text ${@0+3|text user}@3+5");
    row("escaped behind a name", "${a}$${b}", "name a@0+4|text ${@4+3|text b}@7+2");
    row("escaped behind a dollar", "$$${a}", "text $${@0+4|text a}@4+2");
    row("dollars alone", "$5 and $$ and $", "text $5 and $$ and $@0+15");
    row("brackets alone", "{a} }{", "text {a} }{@0+6");
    row("letters of any language", "${größe}", "name größe@0+8");
    row("arguments", "${random(1, 100)}", "name random<1/100>@0+17");
    row("arguments with blanks and quotes", "${choice( a b ,'c, d', \"e)\" )}x", "name choice<a b/c, d/e)>@0+30|text x@30+1");
    row("no argument is an empty one", "${f()}", "name f<>@0+6");
    row("brace in an argument", "${f('}')}", "name f<}>@0+9");
    row("arguments never closed", "${f(1}", "0+6: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("quote never closed", "${f('1)}", "0+8: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("text behind arguments", "${f(1)x}", "0+7: write } right behind the ) of f(...)");
    row("arguments of no name", "${a b(1)}",
        "0+9: 'a b(1)' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
    row("never closed", "ab${user",
        "2+6: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("closed before it is opened", "}${",
        "1+2: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("empty name", "a${}", "1+3: '${}' names nothing; write a name in it, such as ${user}");
    row("blank in a name", "${ user }",
        "0+9: ' user ' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
    row("name in a name", "${${a}}",
        "0+6: '${a' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
    row("line end in a name", "${a\nb}",
        "0+6: 'a?b' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
}

void TextTemplateTest::takesATextApart()
{
    QFETCH(QString, text);
    QTEST(partsOf(text), "parts");
}

void TextTemplateTest::writesValuesAsTheirPlaceNeedsThem_data()
{
    QTest::addColumn<TextPlace>("place");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, TextPlace place, const char *value, const char *written) {
        QTest::newRow(name) << place << QString::fromUtf8(value) << QString::fromUtf8(written);
    };
    row("path: out of its segment", TextPlace::Path, "../a/b", "..%2Fa%2Fb");
    row("path: into the query", TextPlace::Path, "a?b=c#d", "a%3Fb%3Dc%23d");
    row("path: already encoded", TextPlace::Path, "%2F", "%252F");
    row("path: other language", TextPlace::Path, "ü €", "%C3%BC%20%E2%82%AC");
    row("path: line end", TextPlace::Path, "a\r\nX: b", "a%0D%0AX%3A%20b");
    row("query: into the next pair", TextPlace::Query, "a&b=c+d e", "a%26b%3Dc%2Bd%20e");
    row("query: unreserved", TextPlace::Query, "aZ0-._~", "aZ0-._~");
    row("form: blank and plus", TextPlace::Form, "a b+c&d", "a+b%2Bc%26d");
    row("JSON: out of the string", TextPlace::Json, "\",\"admin\":true,\"x\":\"", R"(\",\"admin\":true,\"x\":\")");
    row("JSON: backslash", TextPlace::Json, "a\\\"b", R"(a\\\"b)");
    row("JSON: control characters", TextPlace::Json, "a\nb\tc\x01", R"(a\u000ab\u0009c\u0001)");
    row("JSON: other language", TextPlace::Json, "ü😀", "ü😀");
    row("JSON value: number", TextPlace::JsonValue, "-1.5e3", "-1.5e3");
    row("JSON value: truth", TextPlace::JsonValue, "true", "true");
    row("JSON value: number with zeros in front", TextPlace::JsonValue, "007", "\"007\"");
    row("JSON value: out of the value", TextPlace::JsonValue, "1,\"a\":2", R"("1,\"a\":2")");
    row("plain: as it is", TextPlace::Plain, "a\n\"<b>&", "a\n\"<b>&");
    row("header: as it is", TextPlace::Header, "a, b;c=\"d\"", "a, b;c=\"d\"");
}

void TextTemplateTest::writesValuesAsTheirPlaceNeedsThem()
{
    QFETCH(TextPlace, place);
    QFETCH(QString, value);
    QTEST(valueText(place, value), "written");
}

void TextTemplateTest::leavesThePathsOwnTextAlone()
{
    QCOMPARE(ownText(TextPlace::Path, QStringLiteral("/a%20b?c=d&e")), QStringLiteral("/a%20b?c=d&e"));
    QCOMPARE(ownText(TextPlace::Query, QStringLiteral("a&b")), QStringLiteral("a%26b"));
    QCOMPARE(ownText(TextPlace::Json, QStringLiteral("\"")), QStringLiteral("\\\""));
}

void TextTemplateTest::isConstantWithoutValues()
{
    QVERIFY(TextTemplate().isConstant());
    QCOMPARE(TextTemplate().constant(), QString());
    const TextTemplate text(QStringLiteral("abc"));
    QVERIFY(text.isConstant());
    QCOMPARE(text.constant(), QStringLiteral("abc"));
    TextTemplate varying;
    varying.append(kUser);
    QVERIFY(!varying.isConstant());
    QCOMPARE(varying.constant(), QString());
}

void TextTemplateTest::joinsTextsAndValues()
{
    TextTemplate text(QStringLiteral("/a/"));
    text.append(QStringLiteral("b%20c"), QStringLiteral("${var}"));
    text.append(kUser);
    text.append(kIteration);
    TextTemplate end(QStringLiteral("?x="));
    end.append(kIteration);
    text.append(end);
    QCOMPARE(text.pieces(),
             (std::vector<TextTemplate::Piece>{{QStringLiteral("/a/b%20c"), kUser},
                                               {QString(), kIteration},
                                               {QStringLiteral("?x="), kIteration}}));
    QCOMPARE(text.with(u"7"), QStringLiteral("/a/b%20c77?x=7"));
    QCOMPARE(text.written(), QStringLiteral("/a/${var}${user}${iteration}?x=${iteration}"));
}

void TextTemplateTest::putsInWhatIsKnown()
{
    TextTemplate text(QStringLiteral("a="));
    text.append({.kind = Kind::Secret, .place = TextPlace::Query, .written = QStringLiteral("secret.K"), .name = QStringLiteral("K")});
    text.append(kUser);
    const TextTemplate filled = text.filled([](const TemplateValue &value) {
        return value.kind == Kind::Secret ? std::optional(QStringLiteral("b&c")) : std::nullopt;
    });
    QCOMPARE(filled.pieces(), (std::vector<TextTemplate::Piece>{{QStringLiteral("a=b%26c"), kUser}}));
    QCOMPARE(filled.written(), QStringLiteral("a=${secret.K}${user}"));
}

void TextTemplateTest::knowsJsonNumbers_data()
{
    QTest::addColumn<bool>("isNumber");
    for (const char *number : {"0", "-1", "10", "1.5", "-0.25", "1e9", "1E-9", "2.5e+10"})
        QTest::newRow(number) << true;
    for (const char *text : {"", "-", "007", "1.", ".5", "+1", "1e", "1e+", "0x10", "1 ", "1,5", "NaN", "1e5x", "--1"})
        QTest::newRow(qPrintable(QStringLiteral("'%1'").arg(QLatin1String(text)))) << false;
}

void TextTemplateTest::knowsJsonNumbers()
{
    QFETCH(bool, isNumber);
    QCOMPARE(isJsonNumber(QString::fromLatin1(QTest::currentDataTag()).remove(u'\'')), isNumber);
}

void TextTemplateTest::keepsValuesFromWhereTheyCannotStand()
{
    const auto misfit = [](TextPlace place, const QString &value) { return !misfitAt(place, value).isEmpty(); };
    QVERIFY(misfit(TextPlace::Header, QStringLiteral("a\r\nX-Evil: b")));
    QVERIFY(misfit(TextPlace::Header, QString(QChar(0))));
    QVERIFY(misfit(TextPlace::Header, QStringLiteral("€")));
    QVERIFY(!misfit(TextPlace::Header, QStringLiteral("ä\tb")));
    QVERIFY(misfit(TextPlace::Line, QStringLiteral("a\nb")));
    QVERIFY(misfit(TextPlace::Line, QStringLiteral("a\rb")));
    QVERIFY(!misfit(TextPlace::Line, QStringLiteral("a\t€")));
    QVERIFY(!misfit(TextPlace::Plain, QStringLiteral("a\nb")));
    QVERIFY(!misfit(TextPlace::Json, QStringLiteral("a\nb")));
}

QTEST_GUILESS_MAIN(TextTemplateTest)
#include "tst_texttemplate.moc"
