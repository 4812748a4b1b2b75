// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

using Kind = Scenario::Observation::Kind;
using Place = AnswerPlace::Kind;

ScenarioReading readObserving(const QByteArray &observe, const QByteArray &serverTime = {})
{
    return readScenario("headroom: 1\ntarget: { url: http://127.0.0.1:1" + serverTime + " }\nobserve: " + observe
                        + "\nflows: [ { steps: [ { get: / } ] } ]\nload: { users: 1, for: 1 s }\n");
}

} // namespace

class ObservationReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHits();
    void readsValuesAndParts();
    void readsRejectionsAndExpectedShares();
    void putsTheServersTimeFirst();
    void observesNothingByDefault();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void ObservationReaderTest::readsHits()
{
    const ScenarioReading reading = readObserving("{ cache: { hit: 'header X-Cache == HIT', of: /a* } }");
    QVERIFY2(reading.diagnostics.empty(),
             reading.diagnostics.empty() ? "" : qPrintable(reading.diagnostics[0].message));
    QCOMPARE(reading.scenario.observations.size(), 1u);
    const Scenario::Observation &cache = reading.scenario.observations[0];
    QCOMPARE(cache.name, QStringLiteral("cache"));
    QCOMPARE(cache.kind, Kind::Hit);
    QCOMPARE(cache.of, QStringLiteral("/a*"));
    QCOMPARE(cache.hit.place, (AnswerPlace{Place::Header, QStringLiteral("X-Cache")}));
    QCOMPARE(cache.hit.comparison, Comparison::Equal);
    QCOMPARE(cache.hit.value.constant(), QStringLiteral("HIT"));
    QVERIFY(cache.unit.isEmpty());
}

void ObservationReaderTest::readsValuesAndParts()
{
    const ScenarioReading reading =
        readObserving("{ tokens: { value: $.usage.tokens, unit: tokens }, OCR: { part: server-timing ocr } }");
    QVERIFY(reading.diagnostics.empty());
    QCOMPARE(reading.scenario.observations.size(), 2u);
    const Scenario::Observation &tokens = reading.scenario.observations[0];
    QCOMPARE(tokens.kind, Kind::Value);
    QCOMPARE(tokens.place, (AnswerPlace{Place::Json, QStringLiteral("$.usage.tokens")}));
    QCOMPARE(tokens.unit, QStringLiteral("tokens"));
    const Scenario::Observation &ocr = reading.scenario.observations[1];
    QCOMPARE(ocr.name, QStringLiteral("OCR"));
    QCOMPARE(ocr.kind, Kind::Part);
    QCOMPARE(ocr.place, (AnswerPlace{Place::ServerTiming, QStringLiteral("ocr")}));
    QCOMPARE(ocr.unit, QStringLiteral("ms"));
}

void ObservationReaderTest::readsRejectionsAndExpectedShares()
{
    const ScenarioReading reading = readObserving(
        "{ wait: { value: header Retry-After, on: rejections }, db: { part: $.db, expected: 62.5 % }, cpu: { part: $.cpu } }");
    QVERIFY(reading.diagnostics.empty());
    const std::vector<Scenario::Observation> &observations = reading.scenario.observations;
    QVERIFY(observations[0].isOfRejections);
    QVERIFY(!observations[1].isOfRejections);
    QCOMPARE(observations[1].expectedShare, std::optional(0.625));
    QVERIFY(!observations[2].expectedShare);
}

void ObservationReaderTest::putsTheServersTimeFirst()
{
    const ScenarioReading reading =
        readObserving("{ rows: { value: header X-Rows } }", ", server_time: header X-Request-Latency-Ms");
    QVERIFY(reading.diagnostics.empty());
    QVERIFY((reading.scenario.target.serverTime == AnswerPlace{Place::Header, QStringLiteral("X-Request-Latency-Ms")}));
    QCOMPARE(reading.scenario.observations.size(), 2u);
    QCOMPARE(reading.scenario.observations[0].name, QStringLiteral("server_time"));
    QCOMPARE(reading.scenario.observations[0].kind, Kind::ServerTime);
    QCOMPARE(reading.scenario.observations[0].unit, QStringLiteral("ms"));
    QCOMPARE(reading.scenario.observations[1].name, QStringLiteral("rows"));
}

void ObservationReaderTest::observesNothingByDefault()
{
    const ScenarioReading reading = readScenario(
        "headroom: 1\ntarget: { practice: {} }\nflows: [ { steps: [ { get: / } ] } ]\nload: { users: 1, for: 1 s }\n");
    QVERIFY(reading.diagnostics.empty());
    QVERIFY(reading.scenario.observations.empty());
    QVERIFY(!reading.scenario.target.serverTime);
}

void ObservationReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("observe");
    QTest::addColumn<QByteArray>("serverTime");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const char *observe, const char *serverTime, const char *problem) {
        QTest::newRow(name) << QByteArray(observe) << QByteArray(serverTime) << QString::fromUtf8(problem);
    };
    row("nothing", "{ a: {} }", "", "needs one of: hit, value, part");
    row("two things", "{ a: { hit: status == 200, value: $.x } }", "", "exclude each other");
    row("no check", "{ a: { hit: header } }", "", "");
    row("no place", "{ a: { value: tokens } }", "", "");
    row("a unit of hits", "{ a: { hit: status == 200, unit: ms } }", "", "'unit' makes no sense without 'value'");
    row("a name for a rule to stumble over", "{ 'a b': { value: $.x } }", "",
        "'a b' cannot be the name of an observation");
    row("the name of the whole", "{ server_time: { value: $.x } }", "", "write target.server_time for it");
    row("our own time as a part", "{ a: { part: time } }", "", "'time' is no time of the server's");
    row("our own time as the server's", "{ a: { value: $.x } }", ", server_time: first_byte",
        "'first_byte' is no time of the server's");
    row("an expected value", "{ a: { value: $.x, expected: 5 % } }", "", "'expected' makes no sense without 'part'");
    row("more than all", "{ a: { part: $.x, expected: 101 % } }", "", "must be from 0 % to 100 %");
    row("on something else", "{ a: { value: $.x, on: errors } }", "", "cannot be 'errors'");
    row("an empty steps", "{ a: { value: $.x, of: '' } }", "", "");
    row("no mapping", "[ a ]", "", "");
}

void ObservationReaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, observe);
    QFETCH(QByteArray, serverTime);
    QFETCH(QString, problem);
    QStringList messages;
    for (const Diagnostic &diagnostic : readObserving(observe, serverTime).diagnostics) {
        messages += diagnostic.message;
        QVERIFY(diagnostic.range.start.line >= 1);
    }
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages[0].contains(problem), qPrintable(messages[0]));
}

QTEST_GUILESS_MAIN(ObservationReaderTest)
#include "tst_observationreader.moc"
