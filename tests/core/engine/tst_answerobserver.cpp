// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/answerobserver.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

namespace {

PlanPtr planOf(const QByteArray &observe)
{
    const ScenarioReading reading =
        readScenario("headroom: 1\ntarget: { url: http://127.0.0.1:1, server_time: header X-Ms }\nobserve: " + observe
                     + "\nflows: [ { steps: [ { get: /a }, { get: /b } ] } ]\nload: { users: 1, for: 1 s }\n");
    const auto plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
    return hasErrors(reading.diagnostics) || !plan ? nullptr : *plan;
}

Exchange answer(std::vector<std::pair<QByteArray, QByteArray>> headers, const QByteArray &body = "{}")
{
    Exchange exchange;
    exchange.status = 200;
    exchange.headers = std::move(headers);
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    return exchange;
}

/// What is recorded of these answers to a step.
std::vector<ObservationCounts> observed(const PlanPtr &plan, std::size_t step, const std::vector<Exchange> &exchanges)
{
    ObservationRecorder recorder(AnswerObserver::kindsOf(*plan));
    const AnswerObserver observer(*plan);
    for (const Exchange &exchange : exchanges) {
        Answer one(exchange);
        observer.observe(plan->steps[step].observations, one, {}, recorder);
    }
    return recorder.takeInterval();
}

} // namespace

class AnswerObserverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsTimesAndValues();
    void recordsHits();
    void asksWhetherSomethingIsThere();
    void looksOnlyAtItsSteps();
    void takesTextsForMissing();
    void observesAnswersAsExpectedOnly();
};

void AnswerObserverTest::recordsTimesAndValues()
{
    const PlanPtr plan = planOf("{ tokens: { value: $.n }, db: { part: server-timing db } }");
    QVERIFY(plan);
    const auto counts =
        observed(plan, 0,
                 {answer({{"X-Ms", "12.34"}, {"Server-Timing", "total;dur=12.34, db;dur=3.5"}}, "{\"n\": 7}"),
                  answer({{"x-ms", "2"}}, "{\"n\": -1}")});
    QCOMPARE(counts.size(), 3u);
    QCOMPARE(counts[0].count, 2u); // the server's time comes first
    QCOMPARE(counts[0].sum, 14.34);
    QCOMPARE(counts[1].sum, 6.0);
    QCOMPARE(counts[1].min, -1.0);
    QCOMPARE(counts[2].sum, 3.5);
    QCOMPARE(counts[2].missing, 1u);
}

void AnswerObserverTest::recordsHits()
{
    const PlanPtr plan = planOf("{ cache: { hit: header X-Cache == HIT } }");
    QVERIFY(plan);
    const auto counts = observed(plan, 0, {answer({{"X-Cache", "HIT"}}), answer({{"X-Cache", "MISS"}}), answer({})});
    // Of an answer without the header nobody knows.
    QCOMPARE(counts[1], (ObservationCounts{.count = 2, .missing = 1, .hits = 1}));
}

void AnswerObserverTest::asksWhetherSomethingIsThere()
{
    const PlanPtr plan = planOf("{ cached: { hit: header Age exists }, fresh: { hit: header Age missing } }");
    QVERIFY(plan);
    const auto counts = observed(plan, 0, {answer({{"Age", "3"}}), answer({}), answer({})});
    QCOMPARE(counts[1], (ObservationCounts{.count = 3, .hits = 1}));
    QCOMPARE(counts[2], (ObservationCounts{.count = 3, .hits = 2}));
}

void AnswerObserverTest::looksOnlyAtItsSteps()
{
    const PlanPtr plan = planOf("{ rows: { value: header X-Rows, of: /b } }");
    QVERIFY(plan);
    const Exchange exchange = answer({{"X-Ms", "1"}, {"X-Rows", "5"}});
    QCOMPARE(observed(plan, 0, {exchange})[1], ObservationCounts{});
    QCOMPARE(observed(plan, 1, {exchange})[1].sum, 5.0);
    QCOMPARE(observed(plan, 1, {exchange})[0].sum, 1.0);
}

void AnswerObserverTest::takesTextsForMissing()
{
    const PlanPtr plan = planOf("{ n: { value: $.n } }");
    QVERIFY(plan);
    const auto counts = observed(
        plan, 0, {answer({}, "{\"n\": \"many\"}"), answer({}, "no JSON"), answer({}, "{\"n\": null}"), answer({}, "")});
    QCOMPARE(counts[1], (ObservationCounts{.missing = 4}));
}

void AnswerObserverTest::observesAnswersAsExpectedOnly()
{
    // The rig's answers have status 200, no header and no body: every one misses the header; none does when 200 is an
    // error.
    for (const bool isExpected : {true, false}) {
        Scenario scenario = openLoad(10.0, 1s);
        Scenario::Observation rows;
        rows.name = QStringLiteral("rows");
        rows.place = {AnswerPlace::Kind::Header, QStringLiteral("X-Rows")};
        scenario.observations = {rows};
        if (!isExpected)
            scenario.flows[0].steps[0].expect = {{404, 404}};
        DriverRig rig(scenario, 10ms);
        rig.runUntil(3s);
        std::uint64_t missing = 0;
        for (const auto &second : rig.seconds(0))
            missing += second->observations.at(0).missing;
        QCOMPARE(missing, isExpected ? 10u : 0u);
    }
}

QTEST_GUILESS_MAIN(AnswerObserverTest)
#include "tst_answerobserver.moc"
