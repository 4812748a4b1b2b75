// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/texttemplate.h"

#include <QTest>

using namespace Headroom;

using Source = TextTemplate::Source;

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
                         .arg(part.isName ? QStringLiteral("name") : QStringLiteral("text"), part.text)
                         .arg(part.start)
                         .arg(part.length));
    return words.join(u'|');
}

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
    void namesItsSources();
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
    varying.append(Source::User);
    QVERIFY(!varying.isConstant());
    QCOMPARE(varying.constant(), QString());
}

void TextTemplateTest::joinsTextsAndValues()
{
    TextTemplate text(QStringLiteral("/a/"));
    text.append(QStringLiteral("b%20c"), QStringLiteral("${var}"));
    text.append(Source::User);
    text.append(Source::Iteration);
    TextTemplate end(QStringLiteral("?x="));
    end.append(Source::Iteration);
    text.append(end);
    QCOMPARE(text.pieces(),
             (std::vector<TextTemplate::Piece>{{QStringLiteral("/a/b%20c"), Source::User},
                                               {QString(), Source::Iteration},
                                               {QStringLiteral("?x="), Source::Iteration}}));
    QCOMPARE(text.with(u"7"), QStringLiteral("/a/b%20c77?x=7"));
    QCOMPARE(text.written(), QStringLiteral("/a/${var}${user}${iteration}?x=${iteration}"));
}

void TextTemplateTest::namesItsSources()
{
    QStringList names;
    for (const Source source : templateSources())
        names.append(sourceName(source));
    QCOMPARE(names, (QStringList{QStringLiteral("user"), QStringLiteral("iteration")}));
}

QTEST_GUILESS_MAIN(TextTemplateTest)
#include "tst_texttemplate.moc"
