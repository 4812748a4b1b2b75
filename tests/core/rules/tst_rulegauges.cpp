// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;
using Standing = RuleResult::Standing;

namespace {

RuleResult judged(const QString &text, const std::vector<MetricsFrame> &frames)
{
    RuleEvaluator evaluator({parseRule(text).value()}, std::make_shared<RunFacts>(exampleFacts()));
    for (const MetricsFrame &frame : frames)
        evaluator.add(frame);
    return evaluator.results().front();
}

/// A measured second for each number, from second 2 on, with as many requests of 10 ms.
std::vector<MetricsFrame> secondsWith(std::initializer_list<int> requests)
{
    std::vector<MetricsFrame> frames;
    for (const int count : requests)
        frames.push_back(FrameBuilder(2 + int(frames.size())).answered(0, count, 10ms));
    return frames;
}

MetricsFrame withUsers(int second, std::uint64_t users)
{
    MetricsFrame frame = FrameBuilder(second);
    frame.activeUsers = users;
    return frame;
}

/// A second of the stage with that index: 20 requests in `time`, and `failed` more that fail.
MetricsFrame staged(int second, int stage, Nanoseconds time, int failed = 0)
{
    return FrameBuilder(second).stage(stage).answered(0, 20, time).failed(0, failed);
}

/// A run with a stage behind its burst: "calm" is what the example's "steady" was before.
RuleResult judgedAfterBurst(const QString &text, const std::vector<Nanoseconds> &after, bool isLevelKnown = true)
{
    RunFacts facts = exampleFacts();
    facts.stages.push_back({QStringLiteral("calm"), 22s, 10s, 10.0, 10.0, false});
    RuleEvaluator evaluator({parseRule(text).value()}, std::make_shared<RunFacts>(facts));
    for (int second = 2; second < 12 && isLevelKnown; ++second)
        evaluator.add(staged(second, 1, 10ms));
    for (int second = 12; second < 22; ++second)
        evaluator.add(staged(second, 2, 100ms));
    for (int second = 22; const Nanoseconds time : after)
        evaluator.add(staged(second++, 3, time));
    return evaluator.results().front();
}

std::vector<MetricsFrame> seriesOf(int series, const std::vector<double> &values)
{
    std::vector<MetricsFrame> frames;
    for (const double value : values)
        frames.push_back(FrameBuilder(int(frames.size())).probe(series, value).answered(0, 10, 1ms));
    return frames;
}

std::vector<double> line(double from, double step, int count)
{
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(from + step * i);
    return values;
}

} // namespace

class RuleGaugesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sustainsTheSlowestStretch();
    void sustainsNoStretchAcrossAGap();
    void isUndecidedBeforeAWholeStretch();
    void sustainsOneStepDuringAStage();
    void reachesTheMostUsers();
    void costsProcessorTimePerRequest();
    void costsMemoryHeldForASecond();
    void costsBytesOfRequestsWithoutAProbe();
    void costsWhatACounterGrowsBy();
    void costsNothingKnownWithoutRequests();
    void costCanBeJudgedSecondBySecond();
    void recoversWithTheFirstGoodStretch();
    void recoversWithoutPausedSeconds();
    void isDrainedWhenTheTargetEndedAsItShould();
    void knowsTheTimeUntilTheTargetWasReady();
    void recoversOfErrors();
    void isNotRecoveredYet();
    void knowsNoRecoveryWithoutALevel();
    void slopeIsPerMinute();
    void slopeOfAPercentageIsInPoints();
    void leaksOnlyBeyondChance();
    void leakComparesWithNothing();
    void aLeakInDoubtKeepsABoundFarAboveIt();
    void anAscentWithoutEvidenceOfALeakIsUndecided();
    void aRestartBeginsAnew();
    void trendsNeedTwentyValues();
    void comparesMemoryWithTheMachine();
    void stopsByAGauge();
    void isTheSameLiveAndAtTheEnd();
};

void RuleGaugesTest::sustainsTheSlowestStretch()
{
    // Sums over 3 s: 10+8+6 = 24, 8+6+4 = 18, 6+4+20 = 30; the lowest is 18 requests / 3 s.
    const RuleResult result = judged(QStringLiteral("sustained(3 s) >= 7/s"), secondsWith({10, 8, 6, 4, 20}));
    QCOMPARE(result.value, std::optional(6.0));
    QCOMPARE(result.samples, 18U);
    QCOMPARE(result.standing, Standing::NotMet);
    QCOMPARE(result.windowStartSeconds, 2.0);
    QCOMPARE(result.windowEndSeconds, 7.0);
}

void RuleGaugesTest::sustainsNoStretchAcrossAGap()
{
    // Seconds 2, 3 and 5, 6: the only whole stretches of 2 s hold 10 + 10 and 4 + 8.
    std::vector<MetricsFrame> frames{FrameBuilder(2).answered(0, 10, 1ms), FrameBuilder(3).answered(0, 10, 1ms),
                                     FrameBuilder(5).answered(0, 4, 1ms), FrameBuilder(6).answered(0, 8, 1ms)};
    QCOMPARE(judged(QStringLiteral("sustained(2 s) > 1/s"), frames).value, std::optional(6.0));
    frames[3].length = 500ms; // a second that is cut short belongs to no stretch
    QCOMPARE(judged(QStringLiteral("sustained(2 s) > 1/s"), frames).value, std::optional(10.0));
}

void RuleGaugesTest::isUndecidedBeforeAWholeStretch()
{
    const RuleResult result = judged(QStringLiteral("sustained(10 s) > 1/s stop"), secondsWith({10, 8}));
    QCOMPARE(result.standing, Standing::Undecided);
    QCOMPARE(result.reason, QStringLiteral("its window has no 10.0 s without a break"));
}

void RuleGaugesTest::sustainsOneStepDuringAStage()
{
    std::vector<MetricsFrame> frames = secondsWith({1, 1});
    frames.push_back(FrameBuilder(12).stage(2).answered(0, 5, 1ms).answered(1, 90, 1ms));
    frames.push_back(FrameBuilder(13).stage(2).answered(0, 7, 1ms));
    // (5 + 7) / 2 s of "retrieve" in "burst".
    QCOMPARE(judged(QStringLiteral("sustained(retrieve, 2 s) > 1/s during burst"), frames).value, std::optional(6.0));
}

void RuleGaugesTest::reachesTheMostUsers()
{
    const RuleResult result =
        judged(QStringLiteral("reached(users) >= 12"), {withUsers(2, 3), withUsers(3, 12), withUsers(4, 7)});
    QCOMPARE(result.value, std::optional(12.0));
    QCOMPARE(result.samples, 3U);
    QCOMPARE(result.standing, Standing::Met);
}

void RuleGaugesTest::costsProcessorTimePerRequest()
{
    // 150 % and 50 % of a core for a second each are 1.5 s + 0.5 s of processor time; 40 requests: 50 ms each.
    const std::vector<MetricsFrame> frames{FrameBuilder(2).probe(1, 150.0).answered(0, 30, 1ms),
                                           FrameBuilder(3).probe(1, 50.0).answered(1, 10, 1ms),
                                           FrameBuilder(4).answered(0, 99, 1ms)}; // no value: left out, requests too
    const RuleResult result = judged(QStringLiteral("cost(cpu, api) < 60 ms"), frames);
    QCOMPARE(result.value, std::optional(50.0));
    QCOMPARE(result.samples, 40U);
    QCOMPARE(result.standing, Standing::Met);
}

void RuleGaugesTest::costsMemoryHeldForASecond()
{
    // (1000 + 3000) bytes x 1 s / (10 + 30) requests = 100 bytes for a second each.
    const std::vector<MetricsFrame> frames{FrameBuilder(2).probe(0, 1000.0).answered(0, 10, 1ms),
                                           FrameBuilder(3).probe(0, 3000.0).answered(0, 30, 1ms)};
    QCOMPARE(judged(QStringLiteral("cost(memory) < 1 KiB"), frames).value, std::optional(100.0));
}

void RuleGaugesTest::costsBytesOfRequestsWithoutAProbe()
{
    // 3,000 + 1,000 bytes of answers, 40 requests.
    const std::vector<MetricsFrame> frames{FrameBuilder(2).answered(0, 30, 1ms).bytes(0, 3000, 60),
                                           FrameBuilder(3).answered(1, 10, 1ms).bytes(1, 1000, 20)};
    QCOMPARE(judged(QStringLiteral("cost(bytes_in) < 1 KB"), frames).value, std::optional(100.0));
    QCOMPARE(judged(QStringLiteral("cost(bytes_out) < 1 KB"), frames).value, std::optional(2.0));
}

void RuleGaugesTest::costsWhatACounterGrowsBy()
{
    // Read at 500; then 300 more, 0 after a restart, 100 more: 400 bytes for the 40 requests since the first reading.
    RunFacts facts = exampleFacts();
    facts.series[0] = {QStringLiteral("api"), QStringLiteral("write_bytes"), QStringLiteral("bytes")};
    RuleEvaluator evaluator({parseRule(QStringLiteral("cost(write_bytes) < 1 KB")).value()},
                            std::make_shared<const RunFacts>(facts));
    const std::vector<std::pair<double, int>> seconds{{500.0, 99}, {800.0, 10}, {0.0, 10}, {100.0, 20}};
    for (int second = 2; const auto &[counted, requests] : seconds)
        evaluator.add(FrameBuilder(second++).probe(0, counted).answered(0, requests, 1ms));
    QCOMPARE(evaluator.results().front().value, std::optional(10.0));
}

void RuleGaugesTest::costsNothingKnownWithoutRequests()
{
    const RuleResult idle = judged(QStringLiteral("cost(cpu) < 1 ms"), {FrameBuilder(2).probe(1, 5.0)});
    QCOMPARE(idle.standing, Standing::NotRun);
    QCOMPARE(idle.reason, QStringLiteral("no requests in its window"));
    const RuleResult blind = judged(QStringLiteral("cost(cpu) < 1 ms"), secondsWith({10}));
    QCOMPARE(blind.reason, QStringLiteral("its probe had no values in its window"));
}

void RuleGaugesTest::costCanBeJudgedSecondBySecond()
{
    // 10 ms, 30 ms, 30 ms per request: two seconds in a row above 20 ms.
    std::vector<MetricsFrame> frames;
    for (const double percent : {10.0, 30.0, 30.0})
        frames.push_back(FrameBuilder(2 + int(frames.size())).probe(1, percent).answered(0, 10, 1ms));
    QCOMPARE(judged(QStringLiteral("cost(cpu) < 20 ms for 2 s"), frames).standing, Standing::NotMet);
    QCOMPARE(judged(QStringLiteral("cost(cpu) < 20 ms for 3 s"), frames).standing, Standing::Met);
}

void RuleGaugesTest::recoversWithTheFirstGoodStretch()
{
    // Level 10 ms, so back at 11 ms. After the stage 2 s at 100 ms, then 10 ms: the first 5 s whose p95 is low are the
    // seconds 24 to 28, which begin 2 s behind the end.
    const RuleResult result = judgedAfterBurst(QStringLiteral("recovery(p95, burst) < 3 s"),
                                               {100ms, 100ms, 10ms, 10ms, 10ms, 10ms, 10ms, 10ms});
    QCOMPARE(result.value, std::optional(2000.0)); // ms
    QCOMPARE(result.samples, 100U); // 5 s of 20
    QCOMPARE(result.standing, Standing::Met);
    // At once: the first 3 s are enough to tell.
    QCOMPARE(judgedAfterBurst(QStringLiteral("recovery(p95(retrieve), burst) < 1 s"), {10ms, 10ms, 10ms}).value,
             std::optional(0.0));
}

void RuleGaugesTest::isDrainedWhenTheTargetEndedAsItShould()
{
    RunFacts facts = exampleFacts();
    facts.actions = {{QStringLiteral("end"), QStringLiteral("stop the target"), {}, 5s, 30s, false}};
    facts.actions[0].stopsTarget = true;
    const auto resultOf = [&facts](const std::optional<DrainFindings> &drain, bool stopsTarget = true) {
        facts.actions[0].stopsTarget = stopsTarget;
        RuleEvaluator evaluator({parseRule(QStringLiteral("drained")).value()}, std::make_shared<RunFacts>(facts));
        evaluator.add(FrameBuilder(2).answered(0, 1, 1ms));
        MetricsFrame last = FrameBuilder(22).drain(); // after what is measured
        last.actions = {{0, 22s, 1s, true, {}, drain}};
        evaluator.add(last);
        return evaluator.results().front();
    };
    QCOMPARE(resultOf(DrainFindings{.finished = 1}).standing, Standing::Met);
    QCOMPARE(resultOf(DrainFindings{.unfinished = 1}).standing, Standing::NotMet);
    const RuleResult never = resultOf(std::nullopt);
    QCOMPARE(never.standing, Standing::Undecided);
    QVERIFY(never.reason.contains(QStringLiteral("was not stopped")));
    QCOMPARE(resultOf(std::nullopt, false).standing, Standing::NotRun); // no action can
}

void RuleGaugesTest::knowsTheTimeUntilTheTargetWasReady()
{
    RunFacts facts = exampleFacts();
    const auto resultOf = [&facts](const char *text) {
        RuleEvaluator evaluator({parseRule(QLatin1String(text)).value()}, std::make_shared<RunFacts>(facts));
        evaluator.add(FrameBuilder(2).answered(0, 1, 1ms));
        return evaluator.results().front();
    };
    QCOMPARE(resultOf("time_to_ready < 10 s").standing, Standing::NotRun);
    facts.timeToReady = 1250ms;
    QCOMPARE(resultOf("time_to_ready < 10 s").standing, Standing::Met);
    QCOMPARE(resultOf("time_to_ready < 1 s").standing, Standing::NotMet);
    QCOMPARE(resultOf("time_to_ready < 1 s").value, std::optional(1250.0));
}

void RuleGaugesTest::recoversWithoutPausedSeconds()
{
    std::vector<MetricsFrame> frames;
    for (int second = 2; second < 12; ++second)
        frames.push_back(staged(second, 1, 10ms));
    frames.push_back(staged(12, 2, 100ms));
    // Warm-up stands for a stage behind it: 1 s at 100 ms, 4 s of pause, then 5 s at 10 ms.
    frames.push_back(staged(13, 0, 100ms));
    for (int second = 14; second < 18; ++second) {
        MetricsFrame paused = FrameBuilder(second);
        paused.stage = {};
        paused.isMeasured = false;
        frames.push_back(paused);
    }
    for (int second = 18; second < 23; ++second)
        frames.push_back(staged(second, 0, 10ms));
    QCOMPARE(judged(QStringLiteral("recovery(p95, burst) < 2 s"), frames).value, std::optional(1000.0));
}

void RuleGaugesTest::recoversOfErrors()
{
    std::vector<MetricsFrame> frames;
    for (int second = 2; second < 12; ++second)
        frames.push_back(staged(second, 1, 1ms));
    frames.push_back(staged(12, 2, 1ms, 20));
    // Warm-up stands for a stage behind it. 5 of 25, then none: over 5 s 5 of 105 is above 1 %, 0 of 100 is not.
    frames.push_back(staged(13, 0, 1ms, 5));
    for (int second = 14; second < 20; ++second)
        frames.push_back(staged(second, 0, 1ms));
    QCOMPARE(judged(QStringLiteral("recovery(errors, burst) <= 1 s"), frames).value, std::optional(1000.0));
}

void RuleGaugesTest::isNotRecoveredYet()
{
    // 6 s watched: the next second could complete a stretch that began 2 s behind the end.
    const std::vector<Nanoseconds> slow(6, 100ms);
    const RuleResult open = judgedAfterBurst(QStringLiteral("recovery(p95, burst) < 5 s"), slow);
    QCOMPARE(open.standing, Standing::Undecided);
    QVERIFY(!open.value);
    QCOMPARE(open.low, std::optional(2000.0));
    QCOMPARE(open.reason, QStringLiteral("not back in the 6 s that followed stage 'burst'"));
    QCOMPARE(judgedAfterBurst(QStringLiteral("recovery(p95, burst) < 2 s"), slow).standing, Standing::NotMet);
    QCOMPARE(judgedAfterBurst(QStringLiteral("recovery(p95, burst) <= 2 s"), slow).standing, Standing::Undecided);
}

void RuleGaugesTest::knowsNoRecoveryWithoutALevel()
{
    const RuleResult result = judgedAfterBurst(QStringLiteral("recovery(p95, burst) < 5 s"), {10ms, 10ms, 10ms}, false);
    QCOMPARE(result.standing, Standing::Undecided);
    QCOMPARE(result.reason,
             QStringLiteral("fewer than 20 samples in the 10 s before stage 'burst' tell no level to return to"));
    QCOMPARE(judged(QStringLiteral("recovery(p95, burst) < 5 s"), secondsWith({5})).standing, Standing::NotRun);
}

void RuleGaugesTest::slopeIsPerMinute()
{
    // 1,000 bytes more each second are 60,000 a minute, between any two seconds; so the interval has no width.
    const RuleResult result =
        judged(QStringLiteral("slope(api.rss) < 50 KB/min surely"), seriesOf(0, line(5e6, 1000.0, 30)));
    QVERIFY(std::abs(*result.value - 60'000.0) < 1e-3);
    QVERIFY(std::abs(*result.low - 60'000.0) < 1e-3 && std::abs(*result.high - 60'000.0) < 1e-3);
    QCOMPARE(result.samples, 30U);
    QCOMPARE(result.standing, Standing::NotMet);
    QCOMPARE(formatRuleValue(*result.value, result.rule).section(u'/', 1), QStringLiteral("min"));
    QVERIFY(*judged(QStringLiteral("slope(api.rss) > -100000/min"), seriesOf(0, line(5e6, -1000.0, 30))).value < 0.0);
}

void RuleGaugesTest::slopeOfAPercentageIsInPoints()
{
    // 0.5 points a second are 30 points, as a fraction 0.3, a minute.
    const RuleResult result = judged(QStringLiteral("slope(api.cpu) < 40 %/min"), seriesOf(1, line(10.0, 0.5, 30)));
    QVERIFY(std::abs(*result.value - 0.3) < 1e-9);
    QCOMPARE(result.standing, Standing::Met);
}

void RuleGaugesTest::leaksOnlyBeyondChance()
{
    // Up and down by turns: as many pairs rise as fall, so nothing is shown.
    std::vector<double> steady;
    for (int i = 0; i < 40; ++i)
        steady.push_back(i % 2 == 0 ? 1000.0 : 1100.0);
    QCOMPARE(judged(QStringLiteral("leak(api.rss) == 0"), seriesOf(0, steady)).value, std::optional(0.0));
    QCOMPARE(judged(QStringLiteral("leak(api.rss) == 0"), seriesOf(0, line(9e6, -10.0, 40))).standing, Standing::Met);
    QVERIFY(*judged(QStringLiteral("leak(api.rss) < 1 KB/min"), seriesOf(0, line(9e6, 10.0, 40))).value > 599.0);
}

void RuleGaugesTest::leakComparesWithNothing()
{
    const RuleResult result = judged(QStringLiteral("leak(api.rss) == 0"), seriesOf(0, line(9e6, 10.0, 40)));
    QCOMPARE(result.standing, Standing::NotMet);
    QCOMPARE(result.rule.unit, Rule::Unit::Bytes); // so that people read 600 B/min
}

void RuleGaugesTest::aLeakInDoubtKeepsABoundFarAboveIt()
{
    // A saw of two teeth of 5 MB on 5 MB: nobody can tell, but 1 GB a minute it is not.
    std::vector<double> saw;
    for (int i = 0; i < 60; ++i)
        saw.push_back(5e6 + 5e6 * double(i % 30) / 30.0);
    const RuleResult strict = judged(QStringLiteral("leak(api.rss) == 0"), seriesOf(0, saw));
    QCOMPARE(strict.standing, Standing::Undecided);
    QVERIFY2(strict.reason.startsWith(u"not enough evidence of a leak or of none"), qPrintable(strict.reason));
    QCOMPARE(judged(QStringLiteral("leak(api.rss) < 1 GB/min"), seriesOf(0, saw)).standing, Standing::Met);
}

void RuleGaugesTest::anAscentWithoutEvidenceOfALeakIsUndecided()
{
    // Teeth of four seconds and 60 MB on a floor that rises by 1 MB a second: it rises for sure, a leak is not shown.
    std::vector<double> saw;
    for (int i = 0; i < 45; ++i)
        saw.push_back(1e8 + 1e6 * i + 2e7 * (i % 4));
    const RuleResult result = judged(QStringLiteral("leak(api.rss) == 0"), seriesOf(0, saw));
    QVERIFY2(result.reason.startsWith(u"not enough evidence of a leak or of none"), qPrintable(result.reason));
    QCOMPARE(result.standing, Standing::Undecided);
}

void RuleGaugesTest::aRestartBeginsAnew()
{
    // 30 s of a leak, then the process is another one, whose memory stays.
    RunFacts facts = exampleFacts();
    facts.series[1] = {QStringLiteral("api"), QStringLiteral("cpu_seconds"), QStringLiteral("seconds")};
    RuleEvaluator evaluator({parseRule(QStringLiteral("leak(api.rss) == 0")).value()},
                            std::make_shared<const RunFacts>(facts));
    for (int i = 0; i < 60; ++i)
        evaluator.add(FrameBuilder(2 + i).probe(0, i < 30 ? 1e6 * (i + 1) : 1e6).probe(1, double(i % 30)));
    QCOMPARE(evaluator.results().front().standing, Standing::Met);
    QCOMPARE(evaluator.results().front().samples, 30U);
}

void RuleGaugesTest::trendsNeedTwentyValues()
{
    const RuleResult few = judged(QStringLiteral("leak(api.rss) < 1 KB/min"), seriesOf(0, line(9e6, 10.0, 19)));
    QCOMPARE(few.standing, Standing::Undecided);
    QCOMPARE(few.reason, QStringLiteral("leak needs 20 values, there are 19"));
    QCOMPARE(judged(QStringLiteral("slope(api.rss) < 1 KB/min"), seriesOf(0, line(9e6, 10.0, 20))).standing,
             Standing::Met);
}

void RuleGaugesTest::comparesMemoryWithTheMachine()
{
    RunFacts facts = exampleFacts();
    facts.machineMemoryBytes = 1000;
    const Rule rule = parseRule(QStringLiteral("max(api.rss) < 90 % of machine")).value();
    QVERIFY(!checkRule(rule, facts));
    RuleEvaluator evaluator({rule}, std::make_shared<RunFacts>(facts));
    evaluator.add(FrameBuilder(2).probe(0, 901.0));
    const RuleResult result = evaluator.results().front();
    QCOMPARE(result.rule.bound, 900.0);
    QCOMPARE(result.rule.unit, Rule::Unit::Bytes);
    QCOMPARE(result.standing, Standing::NotMet);
}

void RuleGaugesTest::stopsByAGauge()
{
    RuleEvaluator evaluator({parseRule(QStringLiteral("sustained(2 s) > 5/s stop")).value()},
                            std::make_shared<RunFacts>(exampleFacts()));
    for (const MetricsFrame &frame : secondsWith({10, 10, 1}))
        evaluator.add(frame);
    QVERIFY(!evaluator.stopReason()); // 10 + 1 in 2 s
    evaluator.add(FrameBuilder(5).answered(0, 1, 1ms));
    QVERIFY(evaluator.stopReason()); // 1 + 1
}

void RuleGaugesTest::isTheSameLiveAndAtTheEnd()
{
    const std::vector<Rule> rules{parseRule(QStringLiteral("sustained(2 s) > 5/s")).value(),
                                  parseRule(QStringLiteral("slope(api.rss) < 1 MB/min")).value()};
    const auto facts = std::make_shared<RunFacts>(exampleFacts());
    RuleEvaluator live(rules, facts);
    RuleEvaluator atTheEnd(rules, facts);
    for (const MetricsFrame &frame : seriesOf(0, line(1.0, 1.0, 25))) {
        live.add(frame);
        (void)live.results();
        atTheEnd.add(frame);
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        QCOMPARE(live.results()[i].value, atTheEnd.results()[i].value);
        QCOMPARE(live.results()[i].standing, atTheEnd.results()[i].standing);
    }
}

QTEST_GUILESS_MAIN(RuleGaugesTest)
#include "tst_rulegauges.moc"
