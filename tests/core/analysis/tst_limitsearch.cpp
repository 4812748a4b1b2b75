// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitsearch.h"
#include "core/rules/ruleparser.h"
#include "core/stats/histogramcodec.h"
#include "queuemodel.h"

#include <QTest>

#include <map>

using namespace Headroom;

using Ending = LimitFinding::Ending;
using Verdict = LimitProbe::Verdict;
/// The frame of a second at a rate.
using Target = std::function<MetricsFrame(int second, double rate)>;

namespace {

RunFactsPtr factsFor(const RunFacts::LimitSearch &search, const QStringList &rules)
{
    RunFacts facts = exampleFacts();
    facts.limitSearch = search;
    facts.stages = {{QStringLiteral("search"), 0s, 0s, search.plannedPerSecond, search.plannedPerSecond, false}};
    facts.plannedLength = 0s;
    facts.rules = rules;
    return std::make_shared<const RunFacts>(facts);
}

struct SearchRun
{
    LimitFinding finding;
    std::vector<RuleResult> judged;
    std::vector<RunEvent> events;
    std::vector<MetricsFrame> frames;
    std::vector<std::pair<int, double>> changes; ///< From which second on which rate.
    int seconds = 0;
    bool wasTimely = true; ///< No change was asked for earlier than two seconds after the frame.
    double highest = 0.0;
};

/// Steers a target as the search advises.
SearchRun searched(const RunFactsPtr &facts, const Target &target)
{
    SearchRun run;
    LimitSearch search(facts);
    std::map<int, double> rates{{0, facts->limitSearch->plannedPerSecond}};
    run.events.push_back(search.begin());
    for (bool isOver = false; !isOver && run.seconds < 5000; ++run.seconds) {
        const double rate = std::prev(rates.upper_bound(run.seconds))->second;
        run.highest = std::max(run.highest, rate);
        run.frames.push_back(target(run.seconds, rate));
        const LimitSearch::Advice advice = search.add(run.frames.back());
        run.events.insert(run.events.end(), advice.events.begin(), advice.events.end());
        if (advice.ratePerSecond) {
            run.wasTimely = run.wasTimely && advice.fromSecond >= run.seconds + 2;
            rates[advice.fromSecond] = *advice.ratePerSecond;
            run.changes.emplace_back(advice.fromSecond, *advice.ratePerSecond);
        }
        isOver = advice.isOver;
    }
    run.finding = search.finding();
    run.judged = search.judged();
    return run;
}

SearchRun searched(const RunFactsPtr &facts, QueueModel model)
{
    return searched(facts, [&model](int, double rate) { return model.nextSecond(rate); });
}

/// A second in which every arrival is answered at once, in the same time.
MetricsFrame steadySecond(int second, double rate, Nanoseconds response)
{
    const int count = int(std::lround(rate));
    FrameBuilder builder(second);
    if (count > 0)
        builder.answered(0, count, response);
    builder.iterations(std::uint64_t(count), std::uint64_t(count)).sends(std::uint64_t(count), 0);
    return builder.frame();
}

const RunFacts::LimitSearch kSearch{100.0, 5000.0, 10s, 30s, 0.05};
const QStringList kP95{QStringLiteral("p95 < 60 ms")};

QStringList textsOf(const std::vector<RunEvent> &events)
{
    QStringList texts;
    for (const RunEvent &event : events)
        texts += event.text;
    return texts;
}

} // namespace

class LimitSearchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesItsTimeSecondBySecond();
    void findsTheCapacityOfAQueue_data();
    void findsTheCapacityOfAQueue();
    void toldAgainTheFramesSayTheSame();
    void goesNoFurtherThanAllowed();
    void searchesDownwardsWhenThePlannedRateBreaks();
    void saysWhenNothingHolds();
    void saysWhenTheGeneratorIsTheLimit();
    void aLateGeneratorThatHoldsIsNoObjection();
    void triesAgainWhenTheGeneratorWasLateOnce();
    void aLateGeneratorOverrunsARateBeforeItHasSettled();
    void aSecondIsLateByTheTimesOfThatSecond();
    void whatCannotBeShownIsNotConfirmed();
    void whatCannotBeShownAtFirstMayBeShownLonger();
    void saysWhenNothingCanBeConfirmed();
    void saysWhenTheTargetDoesNotRecover();
    void leavesAHopelessRateEarly();
    void leavesARateThatCannotHoldAnyMoreAtHalfTime();
    void lostArrivalsBreakARate();
    void waitsForAWholeSecondAtItsRate();
    void endsAfterAnHour();
    void judgesAllRulesWhereItCameToRest();
    void whatARateLeavesOpenIsNoBreak();
    void rulesThatLoadDoesNotBreakDoNotEndIt();
    void tellsEveryStepAsAnEvent();
};

void LimitSearchTest::takesItsTimeSecondBySecond()
{
    // Judged for 10 s: a fifth of it to settle, a second more at the start: seconds 3 to 12. Second 12 decides, and 14
    // is the first at half as much again; 14 and 15 settle, 16 to 25 are judged.
    LimitSearch search(factsFor(kSearch, kP95));
    for (int second = 0; second < 12; ++second)
        QVERIFY(!search.add(steadySecond(second, 100.0, 10ms)).ratePerSecond);
    LimitSearch::Advice advice = search.add(steadySecond(12, 100.0, 10ms));
    QCOMPARE(advice.ratePerSecond, 150.0);
    QCOMPARE(advice.fromSecond, 14);
    for (int second = 13; second < 25; ++second)
        QVERIFY(!search.add(steadySecond(second, second < 14 ? 100.0 : 150.0, 10ms)).ratePerSecond);
    advice = search.add(steadySecond(25, 150.0, 10ms));
    QCOMPARE(advice.ratePerSecond, 225.0);
    QCOMPARE(advice.fromSecond, 27);
    const LimitFinding finding = search.finding();
    QCOMPARE(finding.probes.size(), 3u);
    QCOMPARE(finding.probes[0].from, 3);
    QCOMPARE(finding.probes[0].to, 13);
    QCOMPARE(finding.probes[1].start, 14);
    QCOMPARE(finding.probes[1].from, 16);
    QCOMPARE(finding.probes[1].to, 26);
    QCOMPARE(finding.probes[1].p95Ms, 10.0);
    QCOMPARE(finding.probes[2].verdict, Verdict::Running);
    QCOMPARE(finding.sustainablePerSecond, 150.0);
    QVERIFY(!finding.isConfirmed());
}

void LimitSearchTest::findsTheCapacityOfAQueue_data()
{
    QTest::addColumn<int>("workers");
    QTest::addColumn<int>("service");
    QTest::addColumn<double>("planned");
    QTest::addColumn<quint64>("seed");
    const std::pair<int, int> kTargets[] = {{1, 50}, {2, 10}, {4, 20}, {8, 35}, {16, 40}};
    quint64 seed = 1;
    for (const auto &[workers, service] : kTargets) {
        for (const double share : {0.11, 0.5, 0.93, 2.3}) { // of the capacity
            const double planned = share * workers * 1000.0 / service;
            QTest::addRow("%d x %d ms from %g/s", workers, service, planned) << workers << service << planned << seed++;
        }
    }
}

void LimitSearchTest::findsTheCapacityOfAQueue()
{
    QFETCH(int, workers);
    QFETCH(int, service);
    QFETCH(double, planned);
    QFETCH(quint64, seed);
    const QueueModel model({workers, service * Nanoseconds(1ms), 0.05, 500, seed});
    const RunFacts::LimitSearch wanted{planned, 100.0 * model.capacity(), 10s, 30s, 0.05};
    const SearchRun run = searched(
        factsFor(wanted, {QStringLiteral("p95 < %1 ms").arg(3 * service), QStringLiteral("achieved >= 99 %")}), model);
    QCOMPARE(run.finding.ending, Ending::Found);
    const double held = *run.finding.sustainablePerSecond;
    const double broken = *run.finding.brokenPerSecond;
    // A queue that grows by 2 % of the arrivals needs 10 s for its p95 to grow by two tenths of a second.
    QVERIFY2(held <= 1.02 * model.capacity(), qPrintable(QString::number(held)));
    QVERIFY2(broken >= 0.98 * model.capacity(), qPrintable(QString::number(broken)));
    QVERIFY(broken - held <= 0.05 * held * 1.000001);
    QVERIFY(run.wasTimely);
    QVERIFY2(run.seconds < 400, qPrintable(QString::number(run.seconds)));
    QCOMPARE(run.finding.headroom(), held / planned);
    QVERIFY(run.finding.brokeFirst);
    for (const RuleResult &rule : run.judged)
        QCOMPARE(rule.standing, RuleResult::Standing::Met);
}

void LimitSearchTest::toldAgainTheFramesSayTheSame()
{
    const RunFactsPtr facts = factsFor(kSearch, kP95);
    const SearchRun run = searched(facts, QueueModel({4, 20ms, 0.3, 500, 3}));
    LimitSearch again(facts);
    for (const MetricsFrame &frame : run.frames)
        again.add(frame);
    const LimitFinding finding = again.finding();
    QCOMPARE(headline(finding), headline(run.finding));
    QCOMPARE(remarks(finding), remarks(run.finding));
    QCOMPARE(finding.probes.size(), run.finding.probes.size());
    for (std::size_t i = 0; i < finding.probes.size(); ++i) {
        QCOMPARE(finding.probes[i].from, run.finding.probes[i].from);
        QCOMPARE(probeText(finding.probes[i]), probeText(run.finding.probes[i]));
    }
}

void LimitSearchTest::goesNoFurtherThanAllowed()
{
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 170.0;
    const SearchRun run = searched(factsFor(search, kP95), QueueModel({4, 20ms}));
    QCOMPARE(run.finding.ending, Ending::AtLeast);
    QCOMPARE(run.highest, 170.0);
    QCOMPARE(run.finding.sustainablePerSecond, 170.0);
    QVERIFY(!run.finding.brokenPerSecond);
    QCOMPARE(headline(run.finding),
             QStringLiteral("at least 170/s sustainable, headroom 1.70 or more of the planned 100/s"));
}

void LimitSearchTest::searchesDownwardsWhenThePlannedRateBreaks()
{
    RunFacts::LimitSearch search = kSearch;
    search.plannedPerSecond = 1000.0;
    const SearchRun run = searched(factsFor(search, kP95), QueueModel({4, 20ms}));
    QCOMPARE(run.finding.ending, Ending::Found);
    QVERIFY(std::abs(*run.finding.sustainablePerSecond - 200.0) <= 10.0);
    QVERIFY(*run.finding.headroom() < 0.21);
    QCOMPARE(run.highest, 1000.0);
}

void LimitSearchTest::saysWhenNothingHolds()
{
    // Every answer takes 20 ms, whatever the rate.
    const SearchRun run = searched(factsFor(kSearch, {QStringLiteral("p95 < 10 ms"), QStringLiteral("headroom >= 1")}),
                                   QueueModel({400, 20ms}));
    QCOMPARE(run.finding.ending, Ending::NothingHeld);
    QVERIFY(!run.finding.headroom());
    QCOMPARE(run.judged[0].standing, RuleResult::Standing::NotMet);
    QCOMPARE(run.judged[1].standing, RuleResult::Standing::NotMet);
    QVERIFY(run.seconds < 150);
}

void LimitSearchTest::saysWhenTheGeneratorIsTheLimit()
{
    // From 200/s on the generator sends a tenth late, and its answers are late as well.
    const auto target = [](int second, double rate) {
        MetricsFrame frame = steadySecond(second, rate, rate > 200.0 ? 100ms : 10ms);
        frame.lateSends = rate > 200.0 ? frame.sends / 10 : 0;
        return frame;
    };
    const SearchRun run =
        searched(factsFor(kSearch, {QStringLiteral("p95 < 60 ms"), QStringLiteral("headroom >= 1")}), target);
    QCOMPARE(run.finding.ending, Ending::GeneratorLimit);
    QCOMPARE(run.finding.generatorPerSecond, 225.0);
    QCOMPARE(run.finding.sustainablePerSecond, 150.0);
    QVERIFY(!run.finding.brokenPerSecond); // nothing is said against the target
    QVERIFY(!run.finding.isConfirmed());
    QCOMPARE(std::ranges::count(run.finding.probes, Verdict::GeneratorLimited, &LimitProbe::verdict), 3);
    QCOMPARE(run.judged[0].standing, RuleResult::Standing::Met); // at 150/s
    QCOMPARE(run.judged[1].standing, RuleResult::Standing::Undecided);
}

void LimitSearchTest::aLateGeneratorThatHoldsIsNoObjection()
{
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 150.0;
    const auto target = [](int second, double rate) {
        MetricsFrame frame = steadySecond(second, rate, 10ms);
        frame.lateSends = frame.sends / 2;
        return frame;
    };
    QCOMPARE(searched(factsFor(search, kP95), target).finding.ending, Ending::AtLeast);
}

void LimitSearchTest::triesAgainWhenTheGeneratorWasLateOnce()
{
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 150.0;
    const auto target = [](int second, double rate) {
        const bool isRobbed = second < 13;
        MetricsFrame frame = steadySecond(second, rate, isRobbed ? 100ms : 10ms);
        frame.lateSends = isRobbed ? frame.sends / 2 : 0;
        return frame;
    };
    const SearchRun run = searched(factsFor(search, kP95), target);
    QCOMPARE(run.finding.ending, Ending::AtLeast);
    QCOMPARE(run.finding.probes[0].verdict, Verdict::GeneratorLimited);
    QCOMPARE(run.finding.probes[1].ratePerSecond, 100.0);
    QCOMPARE(run.finding.probes[1].verdict, Verdict::Held);
}

void LimitSearchTest::aLateGeneratorOverrunsARateBeforeItHasSettled()
{
    // At 150/s, from second 14 on, a late generator leaves 301 arrivals waiting, more than 2 s of them: before second
    // 16, the first that would be judged.
    const auto target = [](int second, double rate) {
        MetricsFrame frame = steadySecond(second, rate, 10ms);
        if (rate > 100.0) {
            frame.lateSends = frame.sends / 2;
            frame.backlog = 301;
        }
        return frame;
    };
    const SearchRun run = searched(factsFor(kSearch, kP95), target);
    QVERIFY(run.finding.probes[1].isHopeless);
    QCOMPARE(run.finding.probes[1].to, 15);
    QCOMPARE(run.finding.probes[1].verdict, Verdict::GeneratorLimited);
    QCOMPARE(run.finding.ending, Ending::GeneratorLimit);
    QVERIFY(!run.finding.brokenPerSecond);
}

void LimitSearchTest::aSecondIsLateByTheTimesOfThatSecond()
{
    // Loops late by 5 ms are late next to 1 ms of service, limit 1 ms, and not next to 100 ms, limit 10 ms. The first
    // four of the judged seconds are slow, so the median of all that was seen stays at 100 ms for four more.
    LimitWindow window({*parseRule(QStringLiteral("p95 < 60 ms"))}, factsFor(kSearch, kP95), 10);
    HdrHistogram lag;
    lag.record(5ms, 100);
    for (int second = 0; second < 8; ++second) {
        MetricsFrame frame = steadySecond(second, 100.0, second < 4 ? 100ms : 1ms);
        frame.loopLag = encodeHistogram(lag);
        window.watch(frame);
        window.add(frame);
    }
    QVERIFY(window.isGeneratorLimited());
}

void LimitSearchTest::whatCannotBeShownIsNotConfirmed()
{
    // 30 s at up to 6/s are at most 180 samples: nobody can be sure of a 99th percentile.
    RunFacts::LimitSearch search = kSearch;
    search.plannedPerSecond = 3.0;
    search.upToPerSecond = 6.0;
    const auto target = [](int second, double rate) { return steadySecond(second, rate, 10ms); };
    const SearchRun run =
        searched(factsFor(search, {QStringLiteral("p99 < 60 ms surely"), QStringLiteral("headroom >= 1")}), target);
    QVERIFY(!run.finding.isConfirmed());
    QCOMPARE(run.finding.ending, Ending::Unstable);
    QVERIFY(
        std::ranges::none_of(run.finding.probes, [](const LimitProbe &one) { return one.verdict == Verdict::Broke; }));
    const auto refused = std::ranges::find(run.finding.probes, Verdict::NotShown, &LimitProbe::verdict);
    QVERIFY(refused != run.finding.probes.end());
    QVERIFY(refused->isConfirming);
    QVERIFY(!refused->broken);
    QVERIFY(probeText(*refused).startsWith(
        QStringLiteral("6/s could not be shown to hold: p99 < 60 ms surely: too few samples")));
    QVERIFY(remarks(run.finding)[0].contains(QStringLiteral("nothing broke, but it could not be shown")));
    QVERIFY(whyItEnded(run.finding).endsWith(QStringLiteral("let the search confirm for longer")));
    QCOMPARE(run.judged[1].standing, RuleResult::Standing::Undecided);
    QCOMPARE(verdictName(Verdict::NotShown), QLatin1String("not_shown"));
}

void LimitSearchTest::whatCannotBeShownAtFirstMayBeShownLonger()
{
    // 95th percentile: closed from 73 samples on. 10 s at 6/s are 60, 30 s are 180.
    RunFacts::LimitSearch search = kSearch;
    search.plannedPerSecond = 6.0;
    search.upToPerSecond = 7.0;
    const auto target = [](int second, double rate) { return steadySecond(second, rate, 10ms); };
    const SearchRun run = searched(factsFor(search, {QStringLiteral("p95 < 60 ms surely")}), target);
    QCOMPARE(run.finding.ending, Ending::AtLeast);
    QCOMPARE(run.finding.sustainablePerSecond, 7.0);
}

void LimitSearchTest::saysWhenNothingCanBeConfirmed()
{
    // A target that tires: 20 s after the last rest of load its answers are slow.
    int sinceChange = 0;
    double before = 0.0;
    const auto target = [&](int second, double rate) {
        sinceChange = rate == before ? sinceChange + 1 : 0;
        before = rate;
        return steadySecond(second, rate, sinceChange > 20 ? 100ms : 10ms);
    };
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 300.0;
    const SearchRun run = searched(factsFor(search, kP95), target);
    QCOMPARE(run.finding.ending, Ending::Unstable);
    QVERIFY(!run.finding.isConfirmed());
}

void LimitSearchTest::saysWhenTheTargetDoesNotRecover()
{
    const auto target = [](int second, double rate) {
        MetricsFrame frame = steadySecond(second, rate, second < 14 ? 10ms : 100ms);
        frame.inFlight = second < 14 ? 0 : 7;
        return frame;
    };
    const SearchRun run = searched(factsFor(kSearch, kP95), target);
    QCOMPARE(run.finding.ending, Ending::NotRecovered);
    QCOMPARE(run.changes.back().second, 0.0); // nothing was sent any more
    QVERIFY(run.seconds < 14 + 12 + 2 + 62);
}

void LimitSearchTest::leavesAHopelessRateEarly()
{
    // 20 users and a capacity of 200/s: at 1,000/s 800 more wait every second, and 2,000 are too many: in the third
    // second, which is still settling. Nothing is sent from two seconds later on.
    RunFacts::LimitSearch search = kSearch;
    search.plannedPerSecond = 1000.0;
    const SearchRun run = searched(factsFor(search, kP95), QueueModel({4, 20ms, 0.0, 20}));
    QVERIFY(run.finding.probes[0].isHopeless);
    QVERIFY(run.finding.probes[0].isAtCap);
    QCOMPARE(run.finding.probes[0].verdict, Verdict::Broke);
    QCOMPARE(run.finding.probes[0].to, 3);
    QCOMPARE(run.changes.front(), (std::pair(4, 0.0)));
}

void LimitSearchTest::leavesARateThatCannotHoldAnyMoreAtHalfTime()
{
    // 10 % of the answers are slow: 5 % of the whole window in its first half already. 5 % are allowed, so the last of
    // the first five seconds decides.
    const auto target = [](int second, double rate) {
        const int count = int(std::lround(rate));
        FrameBuilder builder(second);
        if (count > 0)
            builder.answered(0, count - count / 9, 10ms).answered(0, count / 9, 100ms);
        return builder.iterations(std::uint64_t(count), std::uint64_t(count)).sends(std::uint64_t(count), 0).frame();
    };
    const SearchRun run = searched(factsFor(kSearch, kP95), target);
    QCOMPARE(run.finding.probes[0].from, 3);
    QCOMPARE(run.finding.probes[0].to, 8);
    QCOMPARE(run.finding.probes[0].verdict, Verdict::Broke);
    QVERIFY(run.finding.probes[0].broken);
}

void LimitSearchTest::lostArrivalsBreakARate()
{
    // From 200/s on a tenth is dropped; those that are let through are quick.
    const auto target = [](int second, double rate) {
        MetricsFrame frame = steadySecond(second, rate, 10ms);
        if (rate > 200.0) {
            frame.flows[0].dropped = frame.flows[0].planned / 10;
            frame.flows[0].started -= frame.flows[0].dropped;
        }
        return frame;
    };
    SearchRun run = searched(factsFor(kSearch, kP95), target);
    QCOMPARE(run.finding.ending, Ending::Found);
    QVERIFY(*run.finding.sustainablePerSecond <= 200.0);
    QVERIFY(run.finding.brokeAtCap);
    QVERIFY(!run.finding.brokeFirst);
    QCOMPARE(remarks(run.finding)[0].first(20), QStringLiteral("At 207/s arrivals fo"));
    // A rule that allows them makes them part of the bargain.
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 300.0;
    run = searched(factsFor(search, {QStringLiteral("dropped < 20 %"), QStringLiteral("p95 < 60 ms")}), target);
    QCOMPARE(run.finding.ending, Ending::AtLeast);
}

void LimitSearchTest::waitsForAWholeSecondAtItsRate()
{
    // The change to 150/s comes in the middle of second 16, two later than it was asked for.
    LimitSearch search(factsFor(kSearch, kP95));
    int decided = -1;
    for (int second = 0; second < 40 && decided < 0; ++second) {
        const double rate = second < 16 ? 100.0 : second == 16 ? 125.0 : 150.0;
        if (search.add(steadySecond(second, rate, 10ms)).ratePerSecond == 225.0)
            decided = second;
    }
    QCOMPARE(search.finding().probes[1].from, 17);
    QCOMPARE(decided, 26);
}

void LimitSearchTest::endsAfterAnHour()
{
    const auto target = [](int second, double) {
        return steadySecond(second, 5000.0, 10ms);
    }; // never what was asked for
    const SearchRun run = searched(factsFor(kSearch, kP95), target);
    QCOMPARE(run.finding.ending, Ending::OutOfTime);
    QCOMPARE(run.seconds, 3601);
}

void LimitSearchTest::judgesAllRulesWhereItCameToRest()
{
    const QStringList rules{QStringLiteral("p95 < 60 ms"), QStringLiteral("throughput > 1000/s"),
                            QStringLiteral("headroom >= 1.8"), QStringLiteral("headroom >= 2.2"),
                            QStringLiteral("headroom < 2.5")};
    const SearchRun run = searched(factsFor(kSearch, rules), QueueModel({4, 20ms}));
    QCOMPARE(run.finding.ending, Ending::Found);
    QCOMPARE(run.judged.size(), 5u);
    QCOMPARE(run.judged[0].standing, RuleResult::Standing::Met);
    const LimitProbe &confirmed = run.finding.probes.back();
    QVERIFY(confirmed.isConfirming);
    QCOMPARE(confirmed.to - confirmed.from, 30);
    QCOMPARE(run.judged[0].windowStartSeconds, double(confirmed.from));
    QCOMPARE(run.judged[0].windowEndSeconds, double(confirmed.to));
    QCOMPARE(run.judged[1].standing, RuleResult::Standing::NotMet);
    QCOMPARE(run.judged[2].standing, RuleResult::Standing::Met);
    QCOMPARE(run.judged[2].value, run.finding.headroom());
    QCOMPARE(run.judged[2].high, *run.finding.brokenPerSecond / 100.0);
    QCOMPARE(run.judged[3].standing, RuleResult::Standing::NotMet);
    QCOMPARE(run.judged[4].standing, RuleResult::Standing::Met);
}

void LimitSearchTest::whatARateLeavesOpenIsNoBreak()
{
    // No second step was ever called: its rule is not run.
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 120.0;
    const SearchRun run =
        searched(factsFor(search, {QStringLiteral("p95(document) < 1 ms"), QStringLiteral("p95 < 60 ms")}),
                 QueueModel({4, 20ms}));
    QCOMPARE(run.finding.ending, Ending::AtLeast);
    QCOMPARE(run.judged[0].standing, RuleResult::Standing::NotRun);
}

void LimitSearchTest::rulesThatLoadDoesNotBreakDoNotEndIt()
{
    RunFacts::LimitSearch search = kSearch;
    search.upToPerSecond = 120.0;
    const SearchRun run = searched(
        factsFor(search, {QStringLiteral("count >= 1000000"), QStringLiteral("p95 < 60 ms")}), QueueModel({4, 20ms}));
    QCOMPARE(run.finding.ending, Ending::AtLeast);
    QVERIFY(run.finding.probes[0].verdict == Verdict::Held);
}

void LimitSearchTest::tellsEveryStepAsAnEvent()
{
    RunFacts::LimitSearch search = kSearch;
    search.within = 0.5;
    // Holds to 200/s, at 10 ms; slower than 60 ms above.
    const auto target = [](int second, double rate) { return steadySecond(second, rate, rate > 200.0 ? 80ms : 10ms); };
    const SearchRun run = searched(factsFor(search, kP95), target);
    QCOMPARE(
        textsOf(run.events),
        (QStringList{QStringLiteral("probe 1 tries 100/s"), QStringLiteral("probe 1 at 100/s held"),
                     QStringLiteral("probe 2 tries 150/s"), QStringLiteral("probe 2 at 150/s held"),
                     QStringLiteral("probe 3 tries 225/s"),
                     QStringLiteral("probe 3 at 225/s broke p95 < 60 ms (80.0 ms); bracket 150/s to 225/s"),
                     QStringLiteral("nothing is sent until the target has recovered"),
                     QStringLiteral("probe 4 confirms 150/s"),
                     QStringLiteral("probe 4 at 150/s held again: confirmed; bracket 150/s to 225/s"),
                     QStringLiteral("limit: 150/s sustainable (between 150/s and 225/s), headroom 1.50 of the planned "
                                    "100/s")}));
    for (const RunEvent &event : run.events)
        QCOMPARE(event.kind, QStringLiteral("search"));
    QCOMPARE(run.events[2].at, 14s); // from when on the rate holds
    QCOMPARE(run.events[1].at, 13s); // when its judging was over
}

QTEST_GUILESS_MAIN(LimitSearchTest)
#include "tst_limitsearch.moc"
