// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

/// Flows and their steps.
class StepReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBodies_data();
    void readsBodies();
    void letsAHeaderNameTheContentType();
    void encodesTheQuery();
    void readsAnyMethod();
    void readsThePaceOfAFlow();
    void readsThinkTimes();
    void readsExpectations_data();
    void readsExpectations();
};

void StepReaderTest::readsBodies_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("contentType");
    const auto json = [](const char *name, const QByteArray &yaml, const QByteArray &bytes) {
        QTest::newRow(name) << "json: " + yaml << bytes << QByteArray("application/json");
    };
    json("object keeps its order", "{b: x, a: {}}", R"({"b":"x","a":{}})");
    json("list", "[1, [], [2]]", "[1,[],[2]]");
    json("words of the core schema", "[true, False, ~, null, no, yes, on]",
         R"([true,false,null,null,"no","yes","on"])");
    json("quotes make texts", R"(["1", 'true', "null", ""])", R"(["1","true","null",""])");
    json("digits stay as written", "[1.10, 12345678901234567890123, 1E400, -0.0]",
         "[1.10,12345678901234567890123,1E400,-0.0]");
    json("numbers that JSON writes otherwise", "[+5, 007, .5, 5., -.5e3, 0x1F, 0o17]", "[5,7,0.5,5,-0.5e3,31,15]");
    json("almost numbers", "[1_000, 1.2.3, 0x, -0x1, 12:30, 1e, '.', 2024-01-01]",
         R"(["1_000","1.2.3","0x","-0x1","12:30","1e",".","2024-01-01"])");
    json("escapes", R"("a\"b\\c\nd\e")", R"("a\"b\\c\u000ad\u001b")");
    json("umlauts", "ä", "\"ä\"");
    json("null alone", "null", "null");
    json("number alone", "5", "5");
    QTest::newRow("text") << QByteArray("text: \"a\\nä\"") << QByteArray("a\nä")
                          << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("empty text") << QByteArray("text: \"\"") << QByteArray("")
                                << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("form") << QByteArray("form: {a b: \"c&d=é+\", e: 1}") << QByteArray("a+b=c%26d%3D%C3%A9%2B&e=1")
                          << QByteArray("application/x-www-form-urlencoded");
}

void StepReaderTest::readsBodies()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, contentType);
    const auto body = stepOf("post: /, " + field).body;
    QVERIFY(body);
    QCOMPARE(body->text.constant().toUtf8(), bytes);
    QCOMPARE(body->contentType, contentType);
}

void StepReaderTest::letsAHeaderNameTheContentType()
{
    const Scenario::Step step = stepOf("post: /, headers: {content-type: application/x, A: b}, json: {}");
    QCOMPARE(step.body->contentType, QByteArray("application/x"));
    QCOMPARE(step.headers, (std::vector<Scenario::Header>{{QStringLiteral("A"), QStringLiteral("b")}}));
}

void StepReaderTest::encodesTheQuery()
{
    QCOMPARE(stepOf("get: /a, query: {q: \"x y&z\", ü: 1}").path, QStringLiteral("/a?q=x%20y%26z&%C3%BC=1"));
    QCOMPARE(stepOf("get: \"/a?b=1\", query: {c: 2}").path, QStringLiteral("/a?b=1&c=2"));
    QCOMPARE(stepOf("get: /a, query: {}").path, QStringLiteral("/a"));
}

void StepReaderTest::readsAnyMethod()
{
    QCOMPARE(stepOf("method: PURGE, path: /x").method, QByteArray("PURGE"));
    for (const char *verb : {"get", "post", "put", "patch", "delete", "head", "options"}) {
        const Scenario::Step step = stepOf(QByteArray(verb) + ": /" + verb);
        QCOMPARE(step.method, QByteArray(verb).toUpper());
        QCOMPARE(step.path, u'/' + QString::fromLatin1(verb));
    }
}

void StepReaderTest::readsThePaceOfAFlow()
{
    const Scenario scenario = scenarioOf(
        textOf({.flows = "[{pace: 2 s, steps: [{get: /}]}, {steps: [{get: /}]}]", .load = "{users: 1, for: 1 s}"}));
    QVERIFY(scenario.flows.at(0).pace == 2s);
    QVERIFY(!scenario.flows.at(1).pace);
}

void StepReaderTest::readsThinkTimes()
{
    const Scenario::ThinkTime constant = stepOf("get: /, think: 200 ms").think;
    QCOMPARE(constant.low, 200ms);
    QCOMPARE(constant.high, 200ms);
    QCOMPARE(constant.mean, 0ms);
    const Scenario::ThinkTime uniform = stepOf("get: /, think: 200 ms  to 1 s 500 ms").think;
    QCOMPARE(uniform.low, 200ms);
    QCOMPARE(uniform.high, 1500ms);
    QCOMPARE(uniform.mean, 0ms);
    const Scenario::ThinkTime exponential = stepOf("get: /, think: ' exponential  200 ms'").think;
    QCOMPARE(exponential.low, 0ms);
    QCOMPARE(exponential.high, 2s); // 10 means
    QCOMPARE(exponential.mean, 200ms);
}

void StepReaderTest::readsExpectations_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<int>("low");
    QTest::addColumn<int>("high");
    QTest::newRow("code") << QByteArray("201") << 201 << 201;
    QTest::newRow("class") << QByteArray("2xx") << 200 << 299;
    QTest::newRow("class in quotes") << QByteArray("\"4XX\"") << 400 << 499;
    QTest::newRow("range") << QByteArray("200-299") << 200 << 299;
    QTest::newRow("range with blanks") << QByteArray("200 - 204") << 200 << 204;
    QTest::newRow("list") << QByteArray("[5xx]") << 500 << 599;
}

void StepReaderTest::readsExpectations()
{
    QFETCH(QByteArray, written);
    QFETCH(int, low);
    QFETCH(int, high);
    const auto expect = stepOf("get: /, expect: " + written).expect;
    QCOMPARE(expect.size(), 1u);
    QCOMPARE(expect[0].low, low);
    QCOMPARE(expect[0].high, high);
}

QTEST_GUILESS_MAIN(StepReaderTest)
#include "tst_stepreader.moc"
