// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

class ReportModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEverythingInTheTotals();
    void measuresWithoutWarmUpAndDrain();
    void keepsStepsToTheMeasuredWindow();
    void addsStagesUpToMeasured();
    void comparesFlowsWithTheirShares();
    void makesOneRowEachSecond();
    void listsFailuresWithFirstAndLastSecond();
    void keepsTheFirstExampleOfAFailure();
    void foldsEndlessFailureTexts();
    void tellsTheGeneratorsHealth();
    void tellsTheGeneratorsUseOfTheMachine();
    void judgesTheRulesOverMeasuredFrames();
    void measuresProbesAsTheRulesDo();
    void leavesUnreadableRulesUndecided();
    void readsEventsOfFramesAndOfNone();
    void reportsASessionWithoutFrames();
    void reportsASessionThatWasKilled();
};

void ReportModelTest::countsEverythingInTheTotals()
{
    const ReportModel model = smallReport();
    // Requests: 2 warm-up, 4 + 1 + 1 in second 1, 3 + 1 in second 2, 1 in the drain.
    const RequestCounts &counts = model.totals.latencies.counts;
    QCOMPARE(counts.requests, 13u);
    QCOMPARE(counts.answered, 2u + 5u + 2u + 1u);
    QCOMPARE(counts.rejected, 1u);
    QCOMPARE(counts.errors, 2u);
    QCOMPARE(counts.censored, 1u);
    QCOMPARE(model.totals.lengthSeconds, 3.5);
    QCOMPARE(model.totals.ratePerSecond(), 13 / 3.5);
    QCOMPARE(model.totals.iterations, (FlowCounts{14, 12, 13, 2}));
    QCOMPARE(model.totals.latencies[LatencyKind::Response].max(), 60ms);
    QCOMPARE(model.lengthSeconds, 3.5);
    QVERIFY(model.wasClosedCleanly);
    QCOMPARE(model.endedAtMs, 1'700'000'003'500);
}

void ReportModelTest::measuresWithoutWarmUpAndDrain()
{
    const ReportModel model = smallReport();
    const LatencySet &set = model.measured.latencies;
    QCOMPARE(set.counts.requests, 10u);
    QCOMPARE(model.measured.lengthSeconds, 2.0);
    QCOMPARE(model.measured.ratePerSecond(), 5.0);
    // Answered: list 10 10 10 20, tick 1, list 10 10; censored: 40 ms. Eight values in order: 1 10 10 10 10 10 20 40.
    QCOMPARE(set[LatencyKind::Response].count(), 8u);
    QCOMPARE(set[LatencyKind::Response].min(), 1ms);
    QCOMPARE(set[LatencyKind::Response].max(), 40ms);
    // Rank ceil(0.5 x 8) = 4: 10 ms, whose bucket is 8 us wide: 10,000 to 10,007 us.
    QCOMPARE(set[LatencyKind::Response].valueAtQuantile(0.5), 10'007us);
    QCOMPARE(set[LatencyKind::Rejected].max(), 30ms);
    QCOMPARE(set[LatencyKind::Failed].max(), 5ms);
    QCOMPARE(set.counts.byStatus, (std::map<int, std::uint64_t>{{200, 7}, {429, 1}, {500, 1}}));
}

void ReportModelTest::keepsStepsToTheMeasuredWindow()
{
    const ReportModel model = smallReport();
    QCOMPARE(model.steps.size(), 3u);
    QCOMPARE(model.steps[0].name, QStringLiteral("list"));
    QCOMPARE(model.steps[0].block.latencies.counts.requests, 7u); // 4 and 3; not the 2 of the warm-up
    QCOMPARE(model.steps[0].block.ratePerSecond(), 3.5);
    QCOMPARE(model.steps[0].block.iterations, (FlowCounts{8, 6, 7, 2}));
    QCOMPARE(model.steps[2].block.latencies.counts.requests, 1u); // not the one of the drain
}

void ReportModelTest::addsStagesUpToMeasured()
{
    const ReportModel model = smallReport();
    QCOMPARE(model.stages.size(), 3u);
    QCOMPARE(model.stages[0].block.latencies.counts.requests, 2u);
    QCOMPARE(model.stages[1].block.latencies.counts.requests, 6u);
    QCOMPARE(model.stages[2].block.latencies.counts.requests, 4u); // the drain's request is in none
    QCOMPARE(model.stages[2].block.lengthSeconds, 1.0);
    QCOMPARE(model.stages[1].block.latencies.counts.requests + model.stages[2].block.latencies.counts.requests,
             model.measured.latencies.counts.requests);
}

void ReportModelTest::comparesFlowsWithTheirShares()
{
    const ReportModel model = smallReport();
    QCOMPARE(model.flows.size(), 3u);
    // Started and measured: browse 4 + 2 = 6, order 1 + 1 = 2; tick has a rate of its own and is left out.
    QCOMPARE(model.flows[0].counts.started, 6u);
    QCOMPARE(model.flows[0].intendedShare, 0.75);
    QCOMPARE(model.flows[0].achievedShare, 6.0 / 8.0);
    QCOMPARE(model.flows[1].achievedShare, 2.0 / 8.0);
    QCOMPARE(model.flows[2].intendedShare, std::nullopt);
    QCOMPARE(model.flows[2].achievedShare, std::nullopt);
    QCOMPARE(model.flows[2].ownRatePerSecond, 1.0);
}

void ReportModelTest::makesOneRowEachSecond()
{
    const ReportModel model = smallReport();
    QCOMPARE(model.series.size(), 4u);
    const ReportModel::SeriesRow &row = model.series[2];
    QCOMPARE(row.second, 2);
    QCOMPARE(row.offered, 6.0);
    QCOMPARE(row.achieved, 4.0); // 2 + 1 + 1
    QCOMPARE(row.requests, 4.0);
    QCOMPARE(row.errors, 2.0);
    QCOMPARE(row.dropped, 2.0);
    QCOMPARE(row.backlog, 1u);
    QCOMPARE(row.inFlight, 1u);
    QCOMPARE(row.users, 8u);
    // 10 10 40 ms: rank ceil(0.95 x 3) = 3.
    QCOMPARE(row.p95Ms, 40.0);
    QCOMPARE(row.serviceP95Ms, 39.0); // each was sent 1 ms after its plan
    QCOMPARE(row.probes, std::vector<std::optional<double>>{std::nullopt});
    // The drain lasts half a second: one request is two a second.
    QCOMPARE(model.series[3].requests, 2.0);
    QCOMPARE(model.series[3].probes, std::vector<std::optional<double>>{2000.0});
}

void ReportModelTest::listsFailuresWithFirstAndLastSecond()
{
    std::vector<MetricsFrame> frames = smallFrames();
    frames[0].failures = {{StepIndex{1}, FailureKind::Status, 500, QStringLiteral("status 500 is not expected"), 4}};
    const ReportModel model = reportOf(smallHead(), frames);
    QCOMPARE(model.failures.size(), 2u);
    QCOMPARE(model.failures[0].step, QStringLiteral("/orders"));
    QCOMPARE(model.failures[0].kind, FailureKind::Status);
    QCOMPARE(model.failures[0].status, 500);
    QCOMPARE(model.failures[0].count, 5u);
    QCOMPARE(model.failures[0].firstSecond, 0);
    QCOMPARE(model.failures[0].lastSecond, 2);
    QCOMPARE(model.failures[1].kind, FailureKind::Timeout);
    QCOMPARE(model.failures[1].firstSecond, 2);
}

void ReportModelTest::keepsTheFirstExampleOfAFailure()
{
    std::vector<MetricsFrame> frames = smallFrames(); // the failure with status 500 of second 2 has an example
    FailureCount later = frames[2].failures[1];
    later.example = std::make_shared<const FailureExample>(FailureExample{.url = QStringLiteral("http://later")});
    FailureCount earlier = later;
    earlier.example = nullptr;
    frames[0].failures = {earlier};
    frames[3].failures = {later};
    const ReportModel model = reportOf(smallHead(), frames);
    QCOMPARE(model.failures[0].count, 3u);
    QCOMPARE(*model.failures[0].example, *smallFrames()[2].failures[1].example);
    QVERIFY(!model.failures[1].example);
}

void ReportModelTest::foldsEndlessFailureTexts()
{
    // 1,005 texts of the same kind: 1,000 rows of their own, the other five in one.
    std::vector<MetricsFrame> frames = smallFrames();
    for (int i = 0; i < 1005; ++i)
        frames[1].failures.push_back({StepIndex{0}, FailureKind::Check, 200, QStringLiteral("text %1").arg(i), 1});
    frames[2].failures.clear();
    const ReportModel model = reportOf(smallHead(), frames);
    QCOMPARE(model.failures.size(), kMaxFailureRows + 1);
    QCOMPARE(model.failures[0].message, QStringLiteral("further failures"));
    QCOMPARE(model.failures[0].count, 5u);
}

void ReportModelTest::tellsTheGeneratorsHealth()
{
    const ReportModel model = smallReport();
    // Two measured seconds with 2 ms of processor time each, over 10 requests.
    QCOMPARE(model.health.cpuMicrosecondsPerRequest, 400.0);
    QCOMPARE(model.health.sendLag.count(), 8u);
    QCOMPARE(model.health.loopLag.count(), 20u);
    QCOMPARE(model.validity.measuredSeconds, 2);
    // Two late sends of four in second 2.
    QCOMPARE(model.validity.generatorLimitedSeconds, 1);
    QCOMPARE(model.health.generatorLimitedShare, 0.5);
    QVERIFY(model.validity.isValid);
}

void ReportModelTest::tellsTheGeneratorsUseOfTheMachine()
{
    std::vector<MetricsFrame> frames = smallFrames();
    for (MetricsFrame &frame : frames)
        frame.process = {.busySeconds = 0.125, .waitSeconds = 0.25, .connections = 7, .descriptors = 40, .descriptorLimit = 1024};
    frames[1].process.connections = 9;
    frames[0].process.descriptors = 99; // warm-up
    frames[2].workers = {{3ms, 0.5, 0.75}};
    const ReportModel model = reportOf(smallHead(), frames);
    QCOMPARE(model.health.waitSeconds, 0.5); // two measured seconds
    QCOMPARE(model.health.mostConnections, 9u);
    QCOMPARE(model.health.mostDescriptors, 40u);
    QCOMPARE(model.health.descriptorLimit, 1024u);
    QCOMPARE(model.health.ceilingPerSecond, 40.0); // 10 requests in 0.25 s
    // The drain is half a second long.
    QCOMPARE(model.series[3].busyPercent, 25.0);
    QCOMPARE(model.series[3].waitPercent, 50.0);
    QCOMPARE(model.series[2].workers, frames[2].workers);
    QCOMPARE(model.series[2].sends, 4u);
    QCOMPARE(model.series[2].lateSends, 2u);
    QVERIFY(model.series[2].sendLagP99Ms.value() >= 0.1 && model.series[2].sendLagP99Ms.value() < 0.101);
    QCOMPARE(model.series[2].limitedBy, LimitedBy::Generator);
    QCOMPARE(model.series[1].limitedBy, LimitedBy::Nothing);
    QCOMPARE(model.validity.limitedSeconds, (std::array{1, 1, 0, 0}));
}

void ReportModelTest::judgesTheRulesOverMeasuredFrames()
{
    const ReportModel model = smallReport();
    QCOMPARE(model.rules.size(), 3u);
    // list: 10 10 10 20 10 10 and 40 censored; rank ceil(0.95 x 7) = 7: 40 ms.
    // That would meet the rule, but 2 of 12 planned iterations were dropped, and no rule allows it.
    QCOMPARE(model.rules[0].standing, RuleResult::Standing::Undecided);
    QCOMPARE(model.rules[0].value, 40.0);
    // Two errors of ten requests.
    QCOMPARE(model.rules[1].standing, RuleResult::Standing::NotMet);
    QCOMPARE(model.rules[1].value, 0.2);
    // Started 10 of 12 planned.
    QCOMPARE(model.rules[2].standing, RuleResult::Standing::NotMet);
    QCOMPARE(model.verdict.result, Verdict::Result::NotMet);
    QCOMPARE(model.verdict.exitCode, 4);
}

void ReportModelTest::measuresProbesAsTheRulesDo()
{
    SessionHead head = smallHead();
    const QString series = head.facts.series.at(0).name();
    head.facts.rules = {QStringLiteral("mean(%1) < 1").arg(series), QStringLiteral("max(%1) < 1").arg(series),
                        QStringLiteral("min(%1) < 1").arg(series), QStringLiteral("last(%1) < 1").arg(series)};
    std::vector<MetricsFrame> frames = smallFrames(); // 1,000 in the warm-up, 3,000 measured, 2,000 in the drain
    frames[2].probes[0] = 5000.0;
    const ReportModel model = reportOf(head, frames);
    const SeriesFigure &figure = model.probes.at(0);
    QCOMPARE(figure.values, 2u);
    QCOMPARE(model.rules.at(0).value, std::optional(4000.0));
    QCOMPARE(model.rules[0].value, std::optional(figure.mean()));
    QCOMPARE(model.rules[1].value, std::optional(figure.highest));
    QCOMPARE(model.rules[2].value, std::optional(figure.lowest));
    QCOMPARE(model.rules[3].value, std::optional(figure.last));
}

void ReportModelTest::leavesUnreadableRulesUndecided()
{
    SessionHead head = smallHead();
    head.facts.rules = {QStringLiteral("p95(list) < 50 ms"), QStringLiteral("magic(list) > 1"),
                        QStringLiteral("errors < 50 %")};
    const ReportModel model = reportOf(head, {smallFrames()[1]});
    QCOMPARE(model.rules.size(), 3u);
    QCOMPARE(model.rules[0].standing, RuleResult::Standing::Met);
    QCOMPARE(model.rules[1].standing, RuleResult::Standing::Undecided);
    QCOMPARE(model.rules[1].rule.text, QStringLiteral("magic(list) > 1"));
    QCOMPARE(model.rules[2].rule.text, QStringLiteral("errors < 50 %"));
    QCOMPARE(model.rules[2].standing, RuleResult::Standing::Met);
    QCOMPARE(model.verdict.result, Verdict::Result::Undecided);
}

void ReportModelTest::readsEventsOfFramesAndOfNone()
{
    const RunEvent before{-100ms, QStringLiteral("note"), QStringLiteral("waited for the target")};
    const ReportModel model = reportOf(smallHead(), smallFrames(), {RunEnding{}, {before}});
    QCOMPARE(model.events.size(), 2u);
    QCOMPARE(model.events[0], before);
    QCOMPARE(model.events[1].text, QStringLiteral("warm up begins"));
}

void ReportModelTest::reportsASessionWithoutFrames()
{
    const ReportModel model = reportOf(smallHead(), {});
    QCOMPARE(model.totals.latencies.counts.requests, 0u);
    QCOMPARE(model.totals.ratePerSecond(), 0.0);
    QCOMPARE(model.lengthSeconds, 0.0);
    QCOMPARE(model.health.cpuMicrosecondsPerRequest, std::nullopt);
    QVERIFY(model.validity.isValid);
    QVERIFY(model.verdict.result == Verdict::Result::Undecided || model.verdict.result == Verdict::Result::None);
    QCOMPARE(model.verdict.exitCode, 0);
    QVERIFY(model.verdict.reasons.back().startsWith(QStringLiteral("No request was finished")));
}

void ReportModelTest::reportsASessionThatWasKilled()
{
    std::vector<MetricsFrame> frames = smallFrames();
    frames.pop_back();
    const ReportModel model = reportOf(smallHead(), frames, {std::nullopt, {}});
    QVERIFY(!model.wasClosedCleanly);
    QCOMPARE(model.ending, std::nullopt);
    QCOMPARE(model.totals.latencies.counts.requests, 12u);
    QVERIFY(model.verdict.reasons.front().startsWith(QStringLiteral("The session was not closed")));
}

QTEST_GUILESS_MAIN(ReportModelTest)
#include "tst_reportmodel.moc"
