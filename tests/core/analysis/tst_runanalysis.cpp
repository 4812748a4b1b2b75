// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/runanalysis.h"
#include "core/base/random.h"
#include "core/stats/histogramcodec.h"
#include "tests/support/framebuilder.h"

#include <QElapsedTimer>
#include <QTest>

#include <climits>
#include <functional>

using namespace Headroom;

namespace {

/// Closed model, one stage "climb" of 100 s from 0 to 100 users, with the example's steps.
RunFacts climbFacts(const QStringList &rules)
{
    RunFacts facts = exampleFacts();
    facts.isOpenModel = false;
    facts.stages = {{QStringLiteral("climb"), 0s, 100s, 0.0, 100.0, false}};
    facts.plannedLength = 100s;
    facts.rules = rules;
    return facts;
}

void feed(RunAnalysis &analysis, const MetricsFrame &frame)
{
    LatencySet all;
    HdrHistogram sendLag;
    for (std::size_t step = 0; step < frame.steps.size(); ++step) {
        LatencySet set;
        QVERIFY(mergeInto(set, frame.steps[step]));
        analysis.addStep(step, set);
        QVERIFY(mergeInto(all, frame.steps[step]));
    }
    QVERIFY(mergeEncodedHistogram(frame.sendLag, sendLag));
    analysis.endSecond(frame, all, sendLag);
}

/// 100 s of the climb, a user more each second; `step` 0 answers 20 times a second in the time that `responseAt` says.
std::vector<Crossing> climb(const QStringList &rules, const std::function<Nanoseconds(int)> &responseAt)
{
    RunAnalysis analysis(std::make_shared<RunFacts>(climbFacts(rules)));
    for (int second = 0; second < 100; ++second) {
        MetricsFrame frame = FrameBuilder(second).stage(0).answered(0, 20, responseAt(second)).iterations(20, 20);
        frame.plannedUsers = second + 1;
        frame.activeUsers = std::uint64_t(second) + 1;
        feed(analysis, frame);
    }
    return analysis.crossings();
}

} // namespace

class RunAnalysisTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRampTellsWhereItsRuleBroke();
    void aRampTellsUpToWhereItsRuleHeld();
    void twoBrokenSecondsAreNoCrossing();
    void whatIsMetAgainIsNoCrossing();
    void sharesCrossToo();
    void rulesThatTenSecondsCannotJudgeAreLeftOut();
    void anEvenLoadHasNoCrossings();
    void anOverloadByARuleIsFollowedByItsRecovery();
    void aRuleThatStillSeesTheOverloadMakesNoSecondOne();
    void aChangeOfRulesCutsNothing();
    void aRuleThatStandsTwiceIsOne();
    void aSearchForTheLimitBreaksItsRulesOnPurpose();
    void damagedNumbersDoNoHarm();
    void eightHoursCostLittle();
};

void RunAnalysisTest::aRampTellsWhereItsRuleBroke()
{
    // 2 ms a user. In 10 s x 20 requests p95 is rank 190, which lies in the last second, whose requests are the
    // slowest: 100 ms are reached in second 49, with 50 users.
    const auto found = climb({QStringLiteral("p95 < 100 ms")}, [](int second) { return (second + 1) * 2ms; });
    QCOMPARE(found.size(), 1u);
    QVERIFY(found[0].isCrossed);
    QCOMPARE(found[0].second, 49);
    QCOMPARE(found[0].load, 50.0);
    QCOMPARE(found[0].users, 50u);
    QCOMPARE(found[0].startedPerSecond, 20.0);
    QCOMPARE(found[0].value, 100.0);
    QCOMPARE(found[0].rule.bound, 100.0);
}

void RunAnalysisTest::aRampTellsUpToWhereItsRuleHeld()
{
    const auto found = climb({QStringLiteral("p95 < 100 ms")}, [](int) { return 10ms; });
    QCOMPARE(found.size(), 1u);
    QVERIFY(!found[0].isCrossed);
    QCOMPARE(found[0].second, 99);
    QCOMPARE(found[0].load, 100.0);
    QCOMPARE(found[0].value, 10.0);
}

void RunAnalysisTest::twoBrokenSecondsAreNoCrossing()
{
    // The climb ends with two slow seconds, or with three.
    const auto found = climb({QStringLiteral("max < 100 ms")}, [](int second) { return second >= 98 ? 200ms : 10ms; });
    QVERIFY(!found.at(0).isCrossed);
    const auto three = climb({QStringLiteral("max < 100 ms")}, [](int second) { return second >= 97 ? 200ms : 10ms; });
    QVERIFY(three.at(0).isCrossed);
    QCOMPARE(three[0].second, 97);
}

void RunAnalysisTest::whatIsMetAgainIsNoCrossing()
{
    // Slow from 30 s to 35 s only: the maximum of 10 s is met again from 45 s on.
    const auto found =
        climb({QStringLiteral("max < 100 ms")}, [](int second) { return second >= 30 && second < 35 ? 200ms : 10ms; });
    QVERIFY(!found.at(0).isCrossed);
    QCOMPARE(found[0].second, 99);
}

void RunAnalysisTest::sharesCrossToo()
{
    // From 50 s on 2 of 20 requests a second fail. In 10 s: 2 k of 200 after k seconds; 4 % is passed with k = 5 (5 %).
    RunAnalysis analysis(std::make_shared<RunFacts>(climbFacts({QStringLiteral("errors <= 4 %")})));
    for (int second = 0; second < 100; ++second)
        feed(analysis,
             FrameBuilder(second).stage(0).answered(0, second < 50 ? 20 : 18, 10ms).failed(0, second < 50 ? 0 : 2));
    const auto found = analysis.crossings();
    QVERIFY(found.at(0).isCrossed);
    QCOMPARE(found[0].second, 54);
    QCOMPARE(found[0].value, 0.05);
}

void RunAnalysisTest::rulesThatTenSecondsCannotJudgeAreLeftOut()
{
    // p99 needs 368 samples and 10 s hold 200; the others are no percentile, mean, maximum or share with an upper
    // bound.
    const QStringList rules{QStringLiteral("p99 < 1 s"),           QStringLiteral("p95 > 1 ms"),
                            QStringLiteral("count > 5"),           QStringLiteral("throughput > 1/s"),
                            QStringLiteral("max(api.cpu) < 70 %"), QStringLiteral("not a rule"),
                            QStringLiteral("p95(nobody) < 1 s")};
    QVERIFY(climb(rules, [](int) { return 10ms; }).empty());
}

void RunAnalysisTest::anEvenLoadHasNoCrossings()
{
    RunFacts facts = climbFacts({QStringLiteral("p95 < 100 ms")});
    facts.stages[0].from = 100.0;
    RunAnalysis analysis(std::make_shared<RunFacts>(facts));
    for (int second = 0; second < 60; ++second)
        feed(analysis, FrameBuilder(second).stage(0).answered(0, 20, 200ms));
    QVERIFY(analysis.crossings().empty());
}

void RunAnalysisTest::anOverloadByARuleIsFollowedByItsRecovery()
{
    RunFacts facts = climbFacts({QStringLiteral("p95 < 100 ms")});
    facts.stages = {{QStringLiteral("calm"), 0s, 40s, 10, 10, false},
                    {QStringLiteral("burst"), 40s, 20s, 90, 90, false},
                    {QStringLiteral("calm again"), 60s, 40s, 10, 10, false}};
    RunAnalysis analysis(std::make_shared<RunFacts>(facts));
    for (int second = 0; second < 100; ++second) {
        const int stage = second < 40 ? 0 : second < 60 ? 1 : 2;
        // Slow to the end of the burst and 6 s longer.
        MetricsFrame frame =
            FrameBuilder(second).stage(stage).answered(0, 20, second >= 40 && second < 66 ? 300ms : 10ms);
        frame.plannedUsers = stage == 1 ? 90 : 10;
        frame.inFlightSeconds = second >= 40 && second < 66 ? 6.0 : 0.2; // 20/s x 0.3 s, 20/s x 0.01 s
        feed(analysis, frame);
    }
    const auto found = analysis.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].end, 60);
    QCOMPARE(found[0].seconds, 6.0);
    QCOMPARE(found[0].levelMs, 10.0);

    const auto segments = analysis.segments();
    QCOMPARE(segments.size(), 2u); // 5 to 40 and 65 to 100; the burst is too short
    QCOMPARE(segments[0].service.expected, 0.2);
    QVERIFY(brokenLawsOf(segments[0]).empty());
}

void RunAnalysisTest::aRuleThatStillSeesTheOverloadMakesNoSecondOne()
{
    // 50/s, 200/s in 300 ms, 50/s that is back after 3 s, 20/s. p95 of the last 10 s of the rest is slow as long as more
    // than 5 % of them are: to second 52.
    RunFacts facts = climbFacts({QStringLiteral("p95 < 100 ms")});
    facts.isOpenModel = true;
    facts.stages = {{QStringLiteral("day"), 0s, 30s, 50, 50, false},
                    {QStringLiteral("burst"), 30s, 10s, 200, 200, false},
                    {QStringLiteral("rest"), 40s, 30s, 50, 50, false},
                    {QStringLiteral("night"), 70s, 30s, 20, 20, false}};
    RunAnalysis analysis(std::make_shared<RunFacts>(facts));
    for (int second = 0; second < 100; ++second) {
        const int stage = second < 30 ? 0 : second < 40 ? 1 : second < 70 ? 2 : 3;
        const int rate = int(facts.stages[std::size_t(stage)].from);
        const Nanoseconds response = second >= 30 && second < 43 ? 300ms : 10ms;
        MetricsFrame frame = FrameBuilder(second).stage(stage).answered(0, rate, response);
        frame.offeredPerSecond = rate;
        feed(analysis, frame);
    }
    const auto found = analysis.recoveries();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].from, 30);
    QCOMPARE(found[0].end, 40);
    QCOMPARE(found[0].seconds, 3.0);
}

void RunAnalysisTest::aChangeOfRulesCutsNothing()
{
    // 60 s of 20/s; in second 32 the load is changed by hand, or the rules are. Cut there, 27 s are left in front and
    // 22 s behind, and both are too short.
    const auto segmentsWith = [](const char *kind) {
        RunFacts facts = climbFacts({});
        facts.isOpenModel = true;
        facts.stages = {{QStringLiteral("even"), 0s, 60s, 20, 20, false}};
        RunAnalysis analysis(std::make_shared<RunFacts>(facts));
        for (int second = 0; second < 60; ++second) {
            MetricsFrame frame = FrameBuilder(second).stage(0).answered(0, 20, 10ms);
            frame.offeredPerSecond = 20;
            if (second == 32)
                frame.events = {{32s, QString::fromLatin1(kind), QStringLiteral("something by hand")}};
            feed(analysis, frame);
        }
        return analysis.segments();
    };
    QVERIFY(segmentsWith("steer").empty());
    const auto whole = segmentsWith("rule");
    QCOMPARE(whole.size(), 1u);
    QCOMPARE(whole[0].from, 5);
    QCOMPARE(whole[0].end, 60);
}

void RunAnalysisTest::aRuleThatStandsTwiceIsOne()
{
    // Two slow seconds at the end: four, if both counted.
    const QString rule = QStringLiteral("max < 100 ms");
    const auto found =
        climb({rule, QStringLiteral("p95 < 1 s"), rule}, [](int second) { return second >= 98 ? 200ms : 10ms; });
    QCOMPARE(found.size(), 2u);
    QVERIFY(!found[0].isCrossed);
    QCOMPARE(found[0].rule.text, rule);
}

void RunAnalysisTest::aSearchForTheLimitBreaksItsRulesOnPurpose()
{
    RunFacts facts = climbFacts({QStringLiteral("p95 < 100 ms")});
    facts.limitSearch = RunFacts::LimitSearch{10.0, 100.0, 30s, 60s, 0.05};
    RunAnalysis analysis(std::make_shared<RunFacts>(facts));
    for (int second = 0; second < 60; ++second)
        feed(analysis, FrameBuilder(second).stage(0).answered(0, 20, 200ms));
    QVERIFY(analysis.crossings().empty());
    QVERIFY(analysis.recoveries().empty());
}

void RunAnalysisTest::damagedNumbersDoNoHarm()
{
    // Whatever a session may hold within its limits: wild stages, counts, lengths and events, seconds that jump.
    constexpr std::uint64_t kHighest = (1ULL << 53) - 1;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const auto random = [&](std::uint64_t a, std::uint64_t b) { return randomAt(seed, a, b); };
        RunFacts facts = climbFacts({QStringLiteral("p95 < 100 ms"), QStringLiteral("errors < 1 %")});
        facts.isOpenModel = seed % 2 == 0;
        facts.stages.push_back({QString(), 0s, 0s, 0.0, 1e300, false});
        RunAnalysis analysis(std::make_shared<RunFacts>(facts));
        int second = 0;
        for (std::uint64_t i = 0; i < 200; ++i) {
            MetricsFrame frame = FrameBuilder(second).answered(0, int(random(i, 0) % 100),
                                                               Nanoseconds(random(i, 1) % 1'000'000'000'000));
            frame.stage = StageIndex{int(random(i, 2) % 5) - 1};
            frame.length = Nanoseconds(std::int64_t(random(i, 3) % 4) * 500'000'000);
            frame.isDrain = random(i, 4) % 50 == 0;
            frame.isMeasured = random(i, 5) % 10 != 0;
            frame.offeredPerSecond = frame.plannedUsers = random(i, 6) % 3 == 0 ? 1e300 : 10.0;
            frame.inFlightSeconds = random(i, 7) % 3 == 0 ? 1e308 : 1.0;
            frame.backlog = random(i, 8) % 3 == 0 ? kHighest : 0;
            frame.steps[0].counts.requests = random(i, 9) % 3 == 0 ? kHighest : 1;
            frame.steps[0].counts.errors = random(i, 10) % 3 == 0 ? kHighest : 0;
            frame.events = {{Nanoseconds(std::int64_t(random(i, 11)) / 4), QStringLiteral("steer"), {}},
                            {Nanoseconds(INT64_MIN / 4), QStringLiteral("search"), {}}};
            feed(analysis, frame);
            second += random(i, 12) % 20 == 0 ? 10'000'000 : 1;
        }
        (void)analysis.segments();
        QVERIFY(analysis.crossings().size() <= CrossingFinder::kMaxCrossings);
        QVERIFY(analysis.recoveries().size() <= RecoveryFinder::kMaxRecoveries);
    }
}

/// No bound on the time, which depends on the machine: a cost that grows with the square of the length would hit the
/// limit of the whole test.
void RunAnalysisTest::eightHoursCostLittle()
{
    RunFacts facts = climbFacts({QStringLiteral("p95 < 1 s"), QStringLiteral("p99(retrieve) < 1 s"),
                                 QStringLiteral("mean(document) < 1 s"), QStringLiteral("errors < 1 %")});
    facts.stages[0].length = 28'800s;
    RunAnalysis analysis(std::make_shared<RunFacts>(facts));
    LatencySet set;
    for (int i = 1; i <= 300; ++i)
        set[LatencyKind::Response].record(i * 1ms);
    set.counts.requests = set.counts.answered = 300;
    set[LatencyKind::Service] = set[LatencyKind::Response];
    MetricsFrame frame = FrameBuilder(0).stage(0);
    const HdrHistogram noLag;
    QElapsedTimer timer;
    timer.start();
    for (int second = 0; second < 28'800; ++second) {
        frame.second = second;
        // Every event is still ahead: the worst of what they can cost.
        frame.events = {{28'800s, QStringLiteral("steer"), {}}};
        analysis.addStep(0, set);
        analysis.addStep(1, set);
        analysis.endSecond(frame, set, noLag);
    }
    const qint64 added = timer.restart();
    QCOMPARE(analysis.crossings().size(), 4u);
    (void)analysis.segments();
    qInfo("28,800 seconds: %lld ms to add, %lld ms to judge", added, timer.elapsed());
}

QTEST_GUILESS_MAIN(RunAnalysisTest)
#include "tst_runanalysis.moc"
