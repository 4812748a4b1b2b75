// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json/jsondocument.h"

#include <QTest>

#include <sys/resource.h>

using namespace Headroom;

namespace {

/// Most memory that this process has had, in KiB.
qsizetype mostMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class JsonPathTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acceptsAPath_data();
    void acceptsAPath();
    void refusesABadPath_data();
    void refusesABadPath();
    void survivesEveryTruncationOfAPath();
    void findsTextAndNumber_data();
    void findsTextAndNumber();
    void keepsNumbersAsTheyAreWritten_data();
    void keepsNumbersAsTheyAreWritten();
    void takesTheFirstOfVeryManyMatches();
    void findsNothing_data();
    void findsNothing();
};

void JsonPathTest::acceptsAPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("member") << "$.queue_depth";
    QTest::newRow("root") << "$";
    QTest::newRow("filter") << "$.pools[?(@.name == 'x')].used";
    QTest::newRow("one descent") << "$..used";
    QTest::newRow("sum") << "sum($.pools[*].used)";
    QTest::newRow("operators in quotes") << "$['=~']['..']['..'][\"?$\"]";
    QTest::newRow("escaped quote") << R"($['it\'s..']..['..'])";
}

void JsonPathTest::acceptsAPath()
{
    QFETCH(QString, path);
    const auto checked = JsonPath::compile(path);
    QVERIFY2(checked, qPrintable(checked ? QString() : checked.error().text()));
}

void JsonPathTest::refusesABadPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("saying");
    QTest::newRow("empty") << "" << "must not be empty";
    QTest::newRow("no root") << ".depth" << "not a JSONPath";
    QTest::newRow("open bracket") << "$.a[" << "not a JSONPath";
    QTest::newRow("open filter") << "$[?(@.a == " << "not a JSONPath";
    QTest::newRow("unknown function") << "depth($.a)" << "not a JSONPath";
    QTest::newRow("regular expression") << "$[?(@.a =~ /(x+)+y/)]" << "regular expressions";
    QTest::newRow("regular expression in a function") << "tokenize($.a, '(x+)+y')" << "regular expressions";
    QTest::newRow("two descents") << "$..a..b" << "may stand in a JSONPath once";
    QTest::newRow("whole document in a filter") << "$.a[?(@.b == $.c)]" << "use @ instead";
    QTest::newRow("to the parent") << "$.a[*]^[*]" << "'^' is not supported";
    QTest::newRow("long union") << "$[0,0,0,0,0][0,0,0,0,0][0,0,0]" << "at most 9 commas";
    QTest::newRow("deep brackets") << QString(QString(33, '(') + "$" + QString(33, ')')) << "at most 32 brackets";
    QTest::newRow("long") << QString("$." + QString(1000, 'a')) << "at most 1000";
}

void JsonPathTest::refusesABadPath()
{
    QFETCH(QString, path);
    QFETCH(QString, saying);
    const auto checked = JsonPath::compile(path);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, Error::Code::InvalidInput);
    QVERIFY2(checked.error().message.contains(saying), qPrintable(checked.error().text()));
}

void JsonPathTest::survivesEveryTruncationOfAPath()
{
    // Whether a piece is a path or not is the library's business; none may crash it, neither compiled nor evaluated.
    const auto document = JsonDocument::parse(R"({"a": {"d": [{"e": 2000, "f": "x"}]}})");
    QVERIFY(document);
    const QString path = R"($.a['b\'c',"d",1:-1:2][?(@.e >= 1.5e3 && length(@.f) != 'g' || !@['h'])].i[(@.length-1)]^)";
    for (qsizetype from = 0; from < path.size(); ++from) {
        for (qsizetype length = 0; length <= path.size() - from; ++length) {
            const auto compiled = JsonPath::compile(path.mid(from, length));
            const auto found = compiled ? document->first(*compiled) : std::unexpected(compiled.error());
            QVERIFY(found || !found.error().message.isEmpty());
        }
    }
}

void JsonPathTest::findsTextAndNumber_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("number"); // -1: none
    QTest::newRow("whole") << "$.id" << QByteArray("7") << 7.0;
    QTest::newRow("fraction") << "$.load" << QByteArray("0.25") << 0.25;
    QTest::newRow("more digits than a double has")
        << "$.long" << QByteArray("12345678901234567891") << 12345678901234567891.0;
    QTest::newRow("word") << "$.name" << QByteArray("A \"b\" \xc3\xa9") << -1.0;
    QTest::newRow("number in quotes") << "$.text" << QByteArray("12.50") << 12.5;
    QTest::newRow("true") << "$.up" << QByteArray("true") << 1.0;
    QTest::newRow("list") << "$.list" << QByteArray("[1,\"x\"]") << -1.0;
    QTest::newRow("empty text") << "$.empty" << QByteArray("") << -1.0;
    QTest::newRow("function") << "length($.list)" << QByteArray("2") << 2.0;
}

void JsonPathTest::findsTextAndNumber()
{
    QFETCH(QString, path);
    const auto document = JsonDocument::parse(R"({"id": 7, "load": 0.25, "long": 12345678901234567891,
        "name": "A \"b\" \u00e9", "text": "12.50", "up": true, "list": [1, "x"], "empty": ""})");
    const auto compiled = JsonPath::compile(path);
    QVERIFY(document && compiled);
    const auto found = document->first(*compiled);
    QVERIFY(found && *found);
    QTEST((*found)->text, "text");
    QTEST((*found)->number.value_or(-1.0), "number");
}

void JsonPathTest::keepsNumbersAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("number"); // -1: none
    QTest::newRow("zeros at the end") << "$.price" << QByteArray("1.50") << 1.5;
    QTest::newRow("exponent") << "$.many" << QByteArray("1E2") << 100.0;
    QTest::newRow("digits beyond a double") << "$.pi" << QByteArray("3.14159265358979323846") << 3.14159265358979323846;
    QTest::newRow("in a list") << "$.list" << QByteArray("[1,1.50,\"1.50\"]") << -1.0;
    QTest::newRow("behind a filter that compares them") << "$.rows[?(1 < @.n)].n" << QByteArray("2.50") << 2.5;
    QTest::newRow("behind a filter that compares them with another") << "$.rows[?(@.least < @.n)].n" << QByteArray("2.50") << 2.5;
    QTest::newRow("sum") << "sum($.rows[*].n)" << QByteArray("3.0") << 3.0;
    QTest::newRow("greatest") << "max($.rows[*].n)" << QByteArray("2.5") << 2.5;
}

void JsonPathTest::keepsNumbersAsTheyAreWritten()
{
    QFETCH(QString, path);
    const auto document = JsonDocument::parse(R"({"price": 1.50, "many": 1E2, "pi": 3.14159265358979323846,
        "list": [1, 1.50, "1.50"], "rows": [{"n": 0.50, "least": 2}, {"n": 2.50, "least": 2}]})");
    const auto compiled = JsonPath::compile(path);
    QVERIFY(document && compiled);
    const auto found = document->first(*compiled);
    QVERIFY2(found && *found, qPrintable(found ? QString() : found.error().text()));
    QTEST((*found)->text, "text");
    QTEST((*found)->number.value_or(-1.0), "number");
}

void JsonPathTest::takesTheFirstOfVeryManyMatches()
{
    // Every match of '..' holds those below it: copied, 2^20 texts of 20 characters a hundred times over.
    QByteArray text = "[" + QByteArray("\"aaaaaaaaaaaaaaaaaaaa\",").repeated(1 << 16) + "1]";
    for (int i = 0; i < 90; ++i)
        text = "[" + text + "]";
    const auto document = JsonDocument::parse(text);
    QVERIFY(document);
    for (const char *path : {"$..*", "$[0,0,0,0][0,0,0,0]..*"}) {
        const auto compiled = JsonPath::compile(QString::fromLatin1(path));
        QVERIFY(compiled);
        const qsizetype before = mostMemory();
        const auto found = document->first(*compiled);
        QVERIFY(found && *found);
        QVERIFY((*found)->text.startsWith("[[["));
        const qsizetype grown = mostMemory() - before;
        QVERIFY2(grown < 32 * 1024, qPrintable(QString::number(grown))); // KiB; the text found has 1.6 MB
    }
}

void JsonPathTest::findsNothing_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("no such member") << "$.none";
    QTest::newRow("null is nothing") << "$.error";
    QTest::newRow("behind the end") << "$.list[5]";
    QTest::newRow("filter without a match") << "$.list[?(@ > 9)]";
}

void JsonPathTest::findsNothing()
{
    QFETCH(QString, path);
    const auto document = JsonDocument::parse(R"({"error": null, "list": [1]})");
    const auto compiled = JsonPath::compile(path);
    QVERIFY(document && compiled);
    const auto found = document->first(*compiled);
    QVERIFY(found && !*found);
}

QTEST_GUILESS_MAIN(JsonPathTest)
#include "tst_jsonpath.moc"
