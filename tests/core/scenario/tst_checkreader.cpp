// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/checkreader.h"

#include <QTest>

using namespace Headroom;

Q_DECLARE_METATYPE(Headroom::AnswerPlace)
Q_DECLARE_METATYPE(Headroom::Comparison)

using Kind = AnswerPlace::Kind;

/// Checks and places as a scenario writes them.
class CheckReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAPlace_data();
    void readsAPlace();
    void refusesABadPlace_data();
    void refusesABadPlace();
    void takesAComparisonApart_data();
    void takesAComparisonApart();
    void refusesABadComparison_data();
    void refusesABadComparison();
    void readsACheckOfAScenario_data();
    void readsACheckOfAScenario();
    void refusesABadCheckAtItsPlace_data();
    void refusesABadCheckAtItsPlace();
    void survivesEveryTruncation();

private:
    static ScenarioReading readingOf(const QString &check, const QString &step = {});
};

void CheckReaderTest::readsAPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AnswerPlace>("place");
    const auto row = [](const char *text, Kind kind, const char *name) {
        QTest::newRow(text) << QString::fromLatin1(text) << AnswerPlace{kind, QString::fromLatin1(name)};
    };
    row("$.results[0].id", Kind::Json, "$.results[0].id");
    row(" $ ", Kind::Json, "$");
    row("$['a b'].c", Kind::Json, "$['a b'].c");
    row("length($.items)", Kind::Json, "length($.items)");
    row("header X-Kind", Kind::Header, "X-Kind");
    row("cookie  sid", Kind::Cookie, "sid");
    row("server-timing db", Kind::ServerTiming, "db");
    row("/code=(\\d+)/", Kind::Pattern, "code=(\\d+)");
    row("/a b\\/c/", Kind::Pattern, "a b\\/c");
    row("status", Kind::Status, "");
    row("body", Kind::Body, "");
    row("size", Kind::Size, "");
    row("time", Kind::Time, "");
    row("first_byte", Kind::FirstByte, "");
}

void CheckReaderTest::readsAPlace()
{
    QFETCH(QString, text);
    const auto place = parsePlace(text);
    QVERIFY2(place, qPrintable(place ? QString() : place.error().message));
    QTEST(*place, "place");
    QCOMPARE(parsePlace(writtenPlace(*place)).value(), *place); // what is shown can be written
}

void CheckReaderTest::refusesABadPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<QString>("saying");
    QTest::newRow("nothing") << "" << 0 << "a place in an answer is missing";
    QTest::newRow("misspelt") << "heder X-Kind" << 0 << "'heder' is no place in an answer (did you mean 'header'?)";
    QTest::newRow("unknown") << "  foo" << 2 << "'foo' is no place in an answer; write one of: $.id";
    QTest::newRow("header without a name") << "header" << 0 << "header needs a name behind it, as in header X-Kind";
    QTest::newRow("cookie without a name") << "cookie " << 0 << "cookie needs a name behind it, as in cookie sid";
    QTest::newRow("two names") << "header X Y" << 7 << "'X Y' is not the name of a header";
    QTest::newRow("no token") << "header X:Y" << 7 << "'X:Y' is not the name of a header";
    QTest::newRow("word behind a word") << "status code" << 7 << "'code' cannot stand behind status; remove it";
    QTest::newRow("open path") << "$.a[" << 0 << "not a JSONPath";
    QTest::newRow("costly path") << "$..a..b" << 0 << "'..' may stand in a JSONPath once";
    QTest::newRow("open expression") << "/a+" << 0 << "does not end with the slash that it begins with";
    QTest::newRow("bad expression") << "/a(/" << 0 << "not a regular expression";
    QTest::newRow("template") << "${first}" << 0 << "cannot name a place in an answer";
}

void CheckReaderTest::refusesABadPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, saying);
    const auto place = parsePlace(text);
    QVERIFY(!place);
    QTEST(int(place.error().start), "start");
    QVERIFY2(place.error().message.contains(saying), qPrintable(place.error().message));
}

void CheckReaderTest::takesAComparisonApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("left");
    QTest::addColumn<Comparison>("comparison");
    QTest::addColumn<QString>("right");
    const auto row = [](const char *text, const char *left, Comparison comparison, const char *right) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(left) << comparison
                            << QString::fromLatin1(right);
    };
    row("$.id exists", "$.id", Comparison::Exists, "");
    row("$.error missing", "$.error", Comparison::Missing, "");
    row("$.a==1", "$.a", Comparison::Equal, "1");
    row("$.a != b", "$.a", Comparison::NotEqual, "b");
    row("body < 1 MiB", "body", Comparison::Less, "1 MiB");
    row("time <= 1 min 30 s", "time", Comparison::LessOrEqual, "1 min 30 s");
    row("size >= 10 B", "size", Comparison::GreaterOrEqual, "10 B");
    row("$.n > -3", "$.n", Comparison::Greater, "-3");
    row("header X-Kind == \"two words\"", "header X-Kind", Comparison::Equal, "two words");
    row("body contains 'a \"b\"'", "body", Comparison::Contains, "a \"b\"");
    row("body == \"\"", "body", Comparison::Equal, "");
    row("body matches /a+ b\\/c/", "body", Comparison::Matches, "a+ b\\/c");
    row("body matches /[/]x/", "body", Comparison::Matches, "[/]x");
    row("$.list[?(@.x == 'a b')].y exists", "$.list[?(@.x == 'a b')].y", Comparison::Exists, "");
    row("/a == (b) c/ == d", "/a == (b) c/", Comparison::Equal, "d");
    row("header exists exists", "header exists", Comparison::Exists, "");
    row("$.user == ${choice(a, b c)}", "$.user", Comparison::Equal, "${choice(a, b c)}");
    row("${tier} == gold", "${tier}", Comparison::Equal, "gold");
    row("${choice(a == b, c)} exists", "${choice(a == b, c)}", Comparison::Exists, "");
}

void CheckReaderTest::takesAComparisonApart()
{
    QFETCH(QString, text);
    const auto comparing = parseComparing(text);
    QVERIFY2(comparing, qPrintable(comparing ? QString() : comparing.error().message));
    QTEST(comparing->left, "left");
    QTEST(comparing->comparison, "comparison");
    QTEST(comparing->right, "right");
    QCOMPARE(text.sliced(comparing->leftStart, comparing->left.size()), comparing->left);
    QCOMPARE(text.sliced(comparing->rightStart, comparing->right.size()), comparing->right);
}

void CheckReaderTest::refusesABadComparison_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<QString>("saying");
    QTest::newRow("nothing") << "" << 0 << "is compared with nothing";
    QTest::newRow("place alone") << "$.id" << 0
                                 << "'$.id' is compared with nothing; write one of these behind it: exists";
    QTest::newRow("misspelt word") << "$.id exist" << 5 << "'exist' is no comparison (did you mean 'exists'?)";
    QTest::newRow("one equals sign") << "$.id = 5" << 5 << "'=' is no comparison; write ==";
    QTest::newRow("unknown sign") << "$.id <> 5" << 5 << "'<>' is no comparison; write exists, missing";
    QTest::newRow("nothing in front") << "== 5" << 0 << "something to compare is missing in front of '=='";
    QTest::newRow("nothing behind") << "$.id ==" << 7 << "what to compare with is missing at the end";
    QTest::newRow("something behind exists")
        << "$.id exists now" << 12 << "nothing can stand behind exists and missing";
    QTest::newRow("blanks without quotes") << "$.id == two words" << 8 << "a text with blanks stands in quotes";
    QTest::newRow("two comparisons") << "$.a == 1 and $.b == 2" << 7 << "one check for each comparison";
    QTest::newRow("open quote") << "$.id == \"a" << 8 << "does not end with the quote";
    QTest::newRow("more behind a quote") << "$.id == \"a\" b" << 8 << "does not end with the quote";
    QTest::newRow("no slashes") << "body matches a+" << 13 << "a regular expression in slashes";
    QTest::newRow("open expression") << "body matches /a+" << 13 << "does not end with the slash";
    QTest::newRow("slash in an expression") << "body matches /a/b/" << 13 << "write \\/ for a slash";
}

void CheckReaderTest::refusesABadComparison()
{
    QFETCH(QString, text);
    QFETCH(QString, saying);
    const auto comparing = parseComparing(text);
    QVERIFY(!comparing);
    QTEST(int(comparing.error().start), "start");
    QVERIFY2(comparing.error().message.contains(saying), qPrintable(comparing.error().message));
    QVERIFY(comparing.error().length >= 1);
}

/// The check stands in line 6 from column 16 on, behind its quote.
ScenarioReading CheckReaderTest::readingOf(const QString &check, const QString &step)
{
    const QString text = QStringLiteral("headroom: 1\n"
                                        "target: { url: http://127.0.0.1:1 }\n"
                                        "flows:\n"
                                        "  - steps:\n"
                                        "    - get: /\n"
                                        "      check: ['%1']\n"
                                        "%2"
                                        "load: { rate: 1/s, for: 1 s }\n");
    return readScenario(text.arg(check, step).toUtf8());
}

void CheckReaderTest::readsACheckOfAScenario_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AnswerPlace>("place");
    QTest::addColumn<QString>("value");
    QTest::addColumn<double>("number"); // -1: none
    QTest::newRow("exists") << "$.id exists" << AnswerPlace{Kind::Json, "$.id"} << "" << -1.0;
    QTest::newRow("number") << "$.n == 5" << AnswerPlace{Kind::Json, "$.n"} << "5" << 5.0;
    QTest::newRow("number in quotes is a text") << "$.n == \"5\"" << AnswerPlace{Kind::Json, "$.n"} << "5" << -1.0;
    QTest::newRow("size of the body") << "body < 1 MiB" << AnswerPlace{Kind::Size, ""} << "1 MiB" << 1048576.0;
    QTest::newRow("bytes") << "size >= 10 B" << AnswerPlace{Kind::Size, ""} << "10 B" << 10.0;
    QTest::newRow("time in ms") << "time < 1.5 s" << AnswerPlace{Kind::Time, ""} << "1.5 s" << 1500.0;
    QTest::newRow("part of the server") << "server-timing db < 5 ms" << AnswerPlace{Kind::ServerTiming, "db"} << "5 ms"
                                        << 5.0;
    QTest::newRow("status") << "status == 200" << AnswerPlace{Kind::Status, ""} << "200" << 200.0;
    QTest::newRow("value of the load") << "$.user == ${user}" << AnswerPlace{Kind::Json, "$.user"} << "" << -1.0;
    QTest::newRow("expression") << "body matches /a+b/" << AnswerPlace{Kind::Body, ""} << "a+b" << -1.0;
}

void CheckReaderTest::readsACheckOfAScenario()
{
    QFETCH(QString, text);
    const ScenarioReading reading = readingOf(text);
    QVERIFY2(reading.diagnostics.empty(),
             qPrintable(reading.diagnostics.empty() ? QString() : reading.diagnostics.front().message));
    const Check &check = reading.scenario.flows[0].steps[0].checks.at(0);
    QCOMPARE(check.text, text);
    QTEST(check.place, "place");
    QTEST(check.value.constant(), "value");
    QTEST(check.number.value_or(-1.0), "number");
}

void CheckReaderTest::refusesABadCheckAtItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("saying");
    // The text begins at column 16.
    QTest::newRow("place") << "heder X exists" << 16 << "did you mean 'header'?";
    QTest::newRow("comparison") << "$.id exist" << 21 << "did you mean 'exists'?"; // 16 + 5
    QTest::newRow("no size") << "size < 10 apples" << 23 << "a text with blanks"; // 16 + 7
    QTest::newRow("no duration") << "time < 500" << 23 << "is not a duration";
    QTest::newRow("no status") << "status == ok" << 26 << "is no status code"; // 16 + 10
    QTest::newRow("unit of a value without one") << "$.took < 500 ms" << 25 << "has a unit"; // 16 + 9
    QTest::newRow("always there") << "time exists" << 15 << "time is a number that every answer has; compare it";
    QTest::newRow("unknown template") << "$.user == ${usr}" << 26 << "usr"; // 16 + 10
    QTest::newRow("expression that varies")
        << "body matches /${user}/" << 30 << "is the same for all answers"; // 16 + 14
    QTest::newRow("bad expression") << "body matches /a(/" << 30 << "not a regular expression";
    QTest::newRow("template as place") << "${user} == 1" << 16 << "cannot name a place in an answer";
}

void CheckReaderTest::refusesABadCheckAtItsPlace()
{
    QFETCH(QString, text);
    QFETCH(int, column);
    QFETCH(QString, saying);
    const ScenarioReading reading = readingOf(text);
    QCOMPARE(reading.diagnostics.size(), 1u);
    const Diagnostic &problem = reading.diagnostics.front();
    QVERIFY2(problem.message.contains(saying), qPrintable(problem.message));
    QCOMPARE(problem.range.start, (TextPosition{6, column}));
}

void CheckReaderTest::survivesEveryTruncation()
{
    const QString text =
        QStringLiteral(R"(/a[/"]\/b/ $.a[?(@.b == 'c "d')].e ${f('}')} header g >= "h 'i" matches /j/ k)");
    for (qsizetype from = 0; from < text.size(); ++from) {
        for (qsizetype length = 0; length <= text.size() - from; ++length) {
            const QString part = text.mid(from, length);
            if (const auto comparing = parseComparing(part); !comparing)
                QVERIFY(comparing.error().start >= 0 && comparing.error().start <= part.size());
            if (const auto place = parsePlace(part); !place)
                QVERIFY(place.error().start >= 0 && place.error().start <= part.size());
        }
    }
}

QTEST_GUILESS_MAIN(CheckReaderTest)
#include "tst_checkreader.moc"
