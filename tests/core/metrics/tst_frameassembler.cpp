// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frameassembler.h"
#include "core/stats/histogramcodec.h"
#include "tests/support/framebuilder.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

/// Facts with a warm-up of 2 s and 20 s of load, for so many workers.
RunFactsPtr factsFor(int workers, const std::function<void(RunFacts &)> &change = {})
{
    RunFacts facts = exampleFacts();
    facts.workers = workers;
    if (change)
        change(facts);
    return std::make_shared<RunFacts>(std::move(facts));
}

IntervalSnapshot snapshot(int worker, int second, bool isLast = false)
{
    IntervalSnapshot snapshot;
    snapshot.worker = worker;
    snapshot.second = second;
    snapshot.isLast = isLast;
    snapshot.length = 1s;
    snapshot.steps.resize(3);
    snapshot.flows.resize(1);
    return snapshot;
}

IntervalSnapshotPtr shared(IntervalSnapshot snapshot)
{
    return std::make_shared<IntervalSnapshot>(std::move(snapshot));
}

/// A snapshot of one answered request of step 0.
IntervalSnapshot answering(int worker, int second, Nanoseconds time)
{
    IntervalSnapshot made = snapshot(worker, second);
    made.steps = FrameBuilder(second).answered(0, 1, time).frame().steps;
    return made;
}

std::vector<int> secondsOf(const std::vector<FramePtr> &frames)
{
    std::vector<int> seconds;
    for (const FramePtr &frame : frames)
        seconds.push_back(frame->second);
    return seconds;
}

using Seconds = std::vector<int>;

} // namespace

class FrameAssemblerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void measuresNothingOnceTheTargetWasToldToEnd();
    void waitsForEveryWorker();
    void givesFramesInOrderWhoeverIsAhead();
    void doesNotWaitForAWorkerThatIsDone();
    void takesLeftOutSecondsAsEmpty();
    void countsALateSnapshotInTheNextFrame();
    void finishGivesWhatStillWaits();
    void mergesHistogramsOfTheWorkers();
    void reusesTheBytesOfAnOnlyWorker();
    void sumsCounters();
    void sumsOpeningsAndFirstBytes();
    void keepsWhatEachWorkerUsed();
    void givesWhatTheProcessUsedToTheNextFrame();
    void sumsEqualFailures();
    void keepsOneExampleOfEqualFailures();
    void doesNotDependOnTheOrderOfArrival();
    void placesFramesInThePlan_data();
    void placesFramesInThePlan();
    void hasNoDrainWhenTheLastStageIsEndless();
    void offersThePlannedArrivalsPerSecond();
    void wantsUsersAlongTheRamp_data();
    void wantsUsersAlongTheRamp();
    void wantsUsersAsSteered();
    void wantsNoUsersInAPause();
    void putsFramesWhereThePlanIs();
    void measuresNoPausedSecond();
    void carriesProbesEventsAndCpu();
    void putsLateProbeValuesIntoTheNextFrame();
};

void FrameAssemblerTest::measuresNothingOnceTheTargetWasToldToEnd()
{
    FrameAssembler assembler(factsFor(1));
    std::vector<FramePtr> frames;
    for (int second = 0; second < 7; ++second) {
        if (second == 4)
            assembler.endMeasuring(4500ms);
        for (const FramePtr &frame : assembler.add(shared(snapshot(0, second, second == 6))))
            frames.push_back(frame);
    }
    QCOMPARE(frames.size(), 7u);
    for (const FramePtr &frame : frames) { // 2 s of warm-up; the second of the signal counts no more
        QCOMPARE(frame->isMeasured, frame->second == 2 || frame->second == 3);
        QCOMPARE(frame->isDrain, frame->second >= 4);
    }
}

void FrameAssemblerTest::waitsForEveryWorker()
{
    FrameAssembler assembler(factsFor(2));
    QVERIFY(assembler.add(shared(snapshot(0, 0))).empty());
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(1, 0)))), Seconds{0});
}

void FrameAssemblerTest::givesFramesInOrderWhoeverIsAhead()
{
    FrameAssembler assembler(factsFor(2));
    QVERIFY(assembler.add(shared(snapshot(1, 0))).empty());
    QVERIFY(assembler.add(shared(snapshot(1, 1))).empty());
    QVERIFY(assembler.add(shared(snapshot(1, 2))).empty());
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(0, 0)))), Seconds{0});
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(0, 2)))), (Seconds{1, 2})); // worker 0 did nothing in second 1
}

void FrameAssemblerTest::doesNotWaitForAWorkerThatIsDone()
{
    FrameAssembler assembler(factsFor(2));
    QVERIFY(assembler.add(shared(snapshot(0, 0, true))).empty());
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(1, 0)))), Seconds{0});
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(1, 1)))), Seconds{1});
    QCOMPARE(secondsOf(assembler.add(shared(snapshot(1, 2, true)))), Seconds{2});
}

void FrameAssemblerTest::takesLeftOutSecondsAsEmpty()
{
    FrameAssembler assembler(factsFor(1));
    const auto frames = assembler.add(shared(answering(0, 2, 5ms)));
    QCOMPARE(secondsOf(frames), (Seconds{0, 1, 2}));
    QCOMPARE(frames[0]->requests().requests, 0U);
    QCOMPARE(frames[0]->steps.size(), 3U);
    QCOMPARE(frames[0]->length, Nanoseconds(1s));
    QCOMPARE(frames[2]->requests().requests, 1U);
}

void FrameAssemblerTest::countsALateSnapshotInTheNextFrame()
{
    FrameAssembler assembler(factsFor(1));
    QCOMPARE(assembler.add(shared(answering(0, 0, 5ms))).size(), 1U);
    QVERIFY(assembler.add(shared(answering(0, 0, 7ms))).empty()); // second 0 once more: it is out
    const auto frames = assembler.add(shared(answering(0, 1, 9ms)));
    QCOMPARE(frames.size(), 1U);
    QCOMPARE(frames[0]->requests().requests, 2U);
}

void FrameAssemblerTest::finishGivesWhatStillWaits()
{
    FrameAssembler assembler(factsFor(2));
    assembler.add(shared(answering(0, 0, 5ms)));
    assembler.add(shared(answering(0, 2, 5ms)));
    const auto frames = assembler.finish();
    QCOMPARE(secondsOf(frames), (Seconds{0, 1, 2}));
    QVERIFY(assembler.finish().empty());
}

void FrameAssemblerTest::mergesHistogramsOfTheWorkers()
{
    FrameAssembler assembler(factsFor(2));
    assembler.add(shared(answering(0, 0, 2ms)));
    const auto frames = assembler.add(shared(answering(1, 0, 4ms)));
    const auto merged = decodeHistogram(frames[0]->steps[0].histograms[std::size_t(LatencyKind::Response)]);
    QVERIFY(merged);
    QCOMPARE(merged->count(), 2U);
    QCOMPARE(merged->min(), Nanoseconds(2ms));
    QCOMPARE(merged->max(), Nanoseconds(4ms));
    QCOMPARE(frames[0]->steps[0].counts.answered, 2U);
    QCOMPARE(frames[0]->steps[0].counts.byStatus, (std::map<int, std::uint64_t>{{200, 2}}));
    QVERIFY(frames[0]->steps[1].histograms[0].isEmpty());
}

void FrameAssemblerTest::reusesTheBytesOfAnOnlyWorker()
{
    FrameAssembler assembler(factsFor(2));
    const IntervalSnapshotPtr only = shared(answering(1, 0, 2ms));
    assembler.add(only);
    const auto frames = assembler.add(shared(snapshot(0, 0)));
    // The same bytes, not an equal copy of them.
    QVERIFY(frames[0]->steps[0].histograms[0].isSharedWith(only->steps[0].histograms[0]));
}

void FrameAssemblerTest::keepsWhatEachWorkerUsed()
{
    FrameAssembler assembler(factsFor(3));
    IntervalSnapshot first = snapshot(1, 0);
    first.loopLagP99 = 3ms;
    first.threadCpuSeconds = 0.5;
    first.threadWaitSeconds = 0.125;
    assembler.add(shared(first));
    assembler.add(shared(snapshot(0, 0, true)));
    const auto frames = assembler.add(shared(snapshot(2, 0)));
    QCOMPARE(frames.size(), std::size_t(1));
    QCOMPARE(frames[0]->workers, (std::vector<WorkerUse>{{}, {3ms, 0.5, 0.125}, {}}));
}

void FrameAssemblerTest::givesWhatTheProcessUsedToTheNextFrame()
{
    FrameAssembler assembler(factsFor(1));
    assembler.addProcessUse({0.5, 0.25, 0.125, 7, 40, 1024});
    assembler.addProcessUse({0.25, 0.25, 0.25, 8, 41, 1024});
    // What was used adds up; what is there is as it was seen last, also in a frame that nobody looked for.
    QCOMPARE(assembler.add(shared(snapshot(0, 0)))[0]->process, (ProcessUse{0.75, 0.5, 0.375, 8, 41, 1024}));
    QCOMPARE(assembler.add(shared(snapshot(0, 1)))[0]->process, (ProcessUse{0.0, 0.0, 0.0, 8, 41, 1024}));
}

void FrameAssemblerTest::sumsCounters()
{
    FrameAssembler assembler(factsFor(2));
    for (int worker = 0; worker < 2; ++worker) {
        IntervalSnapshot part = snapshot(worker, 0);
        HdrHistogram lag;
        lag.record((worker + 1) * 1ms);
        part.sendLag = encodeHistogram(lag);
        part.loopLag = encodeHistogram(lag);
        part.sends = 10;
        part.lateSends = 1;
        part.backlog = 2;
        part.inFlight = 3;
        part.activeUsers = 4;
        part.threadCpuSeconds = 0.25;
        part.flows[0] = {.planned = 5, .started = 6, .completed = 7, .dropped = 8};
        const auto frames = assembler.add(shared(part));
        if (frames.empty())
            continue;
        const MetricsFrame &frame = *frames[0];
        QCOMPARE(frame.sends, 20U);
        QCOMPARE(frame.lateSends, 2U);
        QCOMPARE(frame.backlog, 4U);
        QCOMPARE(frame.inFlight, 6U);
        QCOMPARE(frame.activeUsers, 8U);
        QCOMPARE(frame.workerCpuSeconds, 0.5);
        QCOMPARE(frame.flows[0], (FlowCounts{.planned = 10, .started = 12, .completed = 14, .dropped = 16}));
        QCOMPARE(decodeHistogram(frame.sendLag)->max(), Nanoseconds(2ms));
        QCOMPARE(decodeHistogram(frame.loopLag)->count(), 2U);
        return;
    }
    QFAIL("no frame");
}

void FrameAssemblerTest::sumsOpeningsAndFirstBytes()
{
    // Each worker: two connections in 1 ms each, one of them resumed; first bytes after 2 and 4 ms.
    FrameAssembler assembler(factsFor(2));
    std::vector<FramePtr> frames;
    for (int worker = 0; worker < 2; ++worker) {
        OpeningSet openings;
        openings.record({0ns, 1ms, 5ms, false});
        openings.record({0ns, 1ms, 3ms, true});
        HdrHistogram firstByte;
        firstByte.record((worker + 1) * 2ms);
        IntervalSnapshot part = snapshot(worker, 0);
        part.openings = openings.take();
        part.firstByteTimes = encodeHistogram(firstByte);
        frames = assembler.add(shared(part));
    }
    QCOMPARE(frames.size(), std::size_t(1));
    const EncodedOpenings &openings = frames[0]->openings;
    QCOMPARE(openings.opened, 4U);
    QCOMPARE(openings.resumed, 2U);
    QVERIFY(openings[OpeningPart::Resolve].isEmpty());
    QCOMPARE(decodeHistogram(openings[OpeningPart::Connect])->count(), 4U);
    QCOMPARE(decodeHistogram(openings[OpeningPart::Tls])->meanNanoseconds(), 4e6); // 5, 3, 5 and 3 ms
    QCOMPARE(decodeHistogram(frames[0]->firstByteTimes)->meanNanoseconds(), 3e6);
}

void FrameAssemblerTest::sumsEqualFailures()
{
    const auto refused = [](std::uint64_t count) {
        return FailureCount{{0}, FailureKind::ConnectRefused, 0, QStringLiteral("nobody listens"), count};
    };
    IntervalSnapshot first = snapshot(0, 0);
    first.failures = {refused(2), {{1}, FailureKind::Status, 500, QStringLiteral("status 500"), 1}};
    IntervalSnapshot second = snapshot(1, 0);
    second.failures = {refused(3), {{1}, FailureKind::Status, 404, QStringLiteral("status 404"), 1}};
    FrameAssembler assembler(factsFor(2));
    assembler.add(shared(first));
    const auto frames = assembler.add(shared(second));
    const auto &failures = frames[0]->failures;
    QCOMPARE(failures.size(), 3U);
    QCOMPARE(failures[0].message, QStringLiteral("nobody listens"));
    QCOMPARE(failures[0].count, 5U);
    QCOMPARE(failures[1].status, 404);
    QCOMPARE(failures[2].status, 500);
    QCOMPARE(failures[2].count, 1U);
}

void FrameAssemblerTest::keepsOneExampleOfEqualFailures()
{
    const auto exampleOf = [](const char *url) {
        return std::make_shared<const FailureExample>(FailureExample{.url = QString::fromLatin1(url)});
    };
    const auto failed = [](int status, std::shared_ptr<const FailureExample> example) {
        return FailureCount{{0}, FailureKind::Status, status, QStringLiteral("status"), 1, std::move(example)};
    };
    IntervalSnapshot first = snapshot(0, 0);
    first.failures = {failed(500, exampleOf("http://a")), failed(404, nullptr)};
    IntervalSnapshot second = snapshot(1, 0);
    second.failures = {failed(500, exampleOf("http://b")), failed(404, exampleOf("http://c"))};
    FrameAssembler assembler(factsFor(2));
    assembler.add(shared(second));
    const auto frames = assembler.add(shared(first));
    const auto &failures = frames[0]->failures;
    QCOMPARE(failures.size(), 2u);
    QCOMPARE(failures[0].example->url, QStringLiteral("http://c")); // 404: only the second worker had one
    QCOMPARE(failures[1].example->url, QStringLiteral("http://a")); // 500: that of the first worker
    QCOMPARE(failures[1].count, 2u);
}

void FrameAssemblerTest::doesNotDependOnTheOrderOfArrival()
{
    const std::array parts{shared(answering(0, 0, 2ms)), shared(answering(1, 0, 3ms)), shared(answering(2, 0, 4ms))};
    const auto framed = [&](std::array<std::size_t, 3> order) {
        FrameAssembler assembler(factsFor(3));
        assembler.add(parts[order[0]]);
        assembler.add(parts[order[1]]);
        return assembler.add(parts[order[2]]).front();
    };
    const FramePtr forwards = framed({0, 1, 2});
    const FramePtr backwards = framed({2, 1, 0});
    QCOMPARE(forwards->steps[0].histograms, backwards->steps[0].histograms);
    QCOMPARE(forwards->steps[0].counts, backwards->steps[0].counts);
}

void FrameAssemblerTest::placesFramesInThePlan_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<int>("stage");
    QTest::addColumn<bool>("isMeasured");
    QTest::addColumn<bool>("isDrain");
    QTest::newRow("warm-up") << 1 << 0 << false << false;
    QTest::newRow("first measured") << 2 << 1 << true << false;
    QTest::newRow("last measured") << 21 << 2 << true << false;
    QTest::newRow("drain") << 22 << 2 << false << true;
}

void FrameAssemblerTest::placesFramesInThePlan()
{
    QFETCH(int, second);
    FrameAssembler assembler(factsFor(1));
    const FramePtr frame = assembler.add(shared(snapshot(0, second))).back();
    QTEST(frame->stage.value, "stage");
    QTEST(frame->isMeasured, "isMeasured");
    QTEST(frame->isDrain, "isDrain");
}

void FrameAssemblerTest::hasNoDrainWhenTheLastStageIsEndless()
{
    // A fixed count of iterations in one stage without end: its length is 0, and so is the plan's.
    const auto endless = [](RunFacts &facts) {
        facts.stages = {{QStringLiteral("all"), 0s, 0s, 5.0, 5.0, false}};
        facts.plannedLength = 0s;
        facts.iterations = 500;
        facts.isOpenModel = false;
    };
    FrameAssembler assembler(factsFor(1, endless));
    const FramePtr frame = assembler.add(shared(snapshot(0, 100))).back();
    QVERIFY(!frame->isDrain);
    QVERIFY(frame->isMeasured);
    QCOMPARE(frame->plannedUsers, 5.0);
}

void FrameAssemblerTest::offersThePlannedArrivalsPerSecond()
{
    FrameAssembler assembler(factsFor(1));
    IntervalSnapshot part = snapshot(0, 0, true);
    part.length = 500ms;
    part.flows[0].planned = 10;
    // 10 arrivals in half a second.
    QCOMPARE(assembler.add(shared(part))[0]->offeredPerSecond, 20.0);
}

void FrameAssemblerTest::wantsUsersAlongTheRamp_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<double>("users");
    // Users 0 to 100 in 10 s, then 50 for 5.5 s.
    QTest::newRow("first second") << 0 << 10.0;
    QTest::newRow("top of the ramp") << 9 << 100.0;
    QTest::newRow("held") << 10 << 50.0;
    QTest::newRow("over at the border") << 15 << 0.0;
    QTest::newRow("drain") << 16 << 0.0;
}

void FrameAssemblerTest::wantsUsersAlongTheRamp()
{
    QFETCH(int, second);
    const auto closed = [](RunFacts &facts) {
        facts.isOpenModel = false;
        facts.stages = {{QStringLiteral("up"), 0s, 10s, 0.0, 100.0, false},
                        {QStringLiteral("hold"), 10s, 5500ms, 50.0, 50.0, false}};
        facts.plannedLength = 15500ms;
    };
    FrameAssembler assembler(factsFor(1, closed));
    QTEST(assembler.add(shared(snapshot(0, second))).back()->plannedUsers, "users");
}

void FrameAssemblerTest::wantsUsersAsSteered()
{
    // 10 users for 8 s; 25 from 1.5 s, none from 3 s, as planned from 5 s, 40 from 7 s.
    const auto closed = [](RunFacts &facts) {
        facts.isOpenModel = false;
        facts.stages = {{QStringLiteral("hold"), 0s, 8s, 10.0, 10.0, false}};
        facts.plannedLength = 8s;
    };
    FrameAssembler assembler(factsFor(1, closed));
    assembler.steerUsers(1500ms, 25.0);
    assembler.steerUsers(3s, 0.0);
    assembler.steerUsers(5s, std::nullopt);
    assembler.steerUsers(7s, 40.0);
    std::vector<double> users;
    for (const FramePtr &frame : assembler.add(shared(snapshot(0, 8))))
        users.push_back(frame->plannedUsers);
    // Just before 1, 2 ... 9 s; nothing is wanted behind the planned end.
    QCOMPARE(users, (std::vector<double>{10, 25, 25, 0, 0, 10, 10, 40, 0}));
}

void FrameAssemblerTest::wantsNoUsersInAPause()
{
    // 0 to 8 users in 8 s, held at 2 s, paused from 4 to 6 s, 5 users by hand in it, as planned from 8 s.
    const auto closed = [](RunFacts &facts) {
        facts.isOpenModel = false;
        facts.stages = {{QStringLiteral("up"), 0s, 8s, 0.0, 8.0, false}};
        facts.plannedLength = 8s;
    };
    FrameAssembler assembler(factsFor(1, closed));
    PlanTime time;
    time.setPace(2s, PlanTime::Pace::Held);
    time.setPace(4s, PlanTime::Pace::Paused);
    time.setPace(6s, PlanTime::Pace::Held);
    time.setPace(8s, PlanTime::Pace::Going);
    assembler.setPlanTime(time);
    assembler.steerUsers(5s, 5.0);
    assembler.steerUsers(8s, std::nullopt);
    std::vector<double> users;
    for (const FramePtr &frame : assembler.add(shared(snapshot(0, 14))))
        users.push_back(std::round(frame->plannedUsers * 1e6) / 1e6);
    QCOMPARE(users, (std::vector<double>{1, 2, 2, 2, 0, 0, 5, 5, 3, 4, 5, 6, 7, 8, 0}));
}

void FrameAssemblerTest::putsFramesWhereThePlanIs()
{
    // Two stages of 3 s; the first is held from 1 to 3 s and skipped at 4.5 s, the second made 1 s longer.
    const auto twoStages = [](RunFacts &facts) {
        facts.stages = {{QStringLiteral("a"), 0s, 3s, 1.0, 1.0, false}, {QStringLiteral("b"), 3s, 3s, 1.0, 1.0, false}};
        facts.plannedLength = 6s;
    };
    FrameAssembler assembler(factsFor(1, twoStages));
    PlanTime time;
    time.setPace(1s, PlanTime::Pace::Held);
    time.setPace(3s, PlanTime::Pace::Going);
    time.jump(4500ms, 3s);
    time.addWait(5s, 6s, 1s);
    assembler.setPlanTime(time);
    std::vector<int> stages;
    std::vector<bool> isDrain;
    for (const FramePtr &frame : assembler.add(shared(snapshot(0, 9)))) {
        stages.push_back(frame->stage.value);
        isDrain.push_back(frame->isDrain);
        QCOMPARE(frame->isMeasured, !frame->isDrain);
        QVERIFY(!frame->isPaused());
    }
    // The load ends at 4.5 + 3 + 1 s.
    QCOMPARE(stages, (std::vector{0, 0, 0, 0, 0, 1, 1, 1, 1, 1}));
    QCOMPARE(isDrain, (std::vector{false, false, false, false, false, false, false, false, false, true}));
}

void FrameAssemblerTest::measuresNoPausedSecond()
{
    FrameAssembler assembler(factsFor(1));
    PlanTime time;
    time.setPace(3500ms, PlanTime::Pace::Paused);
    time.setPace(6s, PlanTime::Pace::Going);
    assembler.setPlanTime(time);
    std::vector<bool> isPaused;
    for (const FramePtr &frame : assembler.add(shared(snapshot(0, 7)))) {
        isPaused.push_back(frame->isPaused());
        QCOMPARE(frame->stage.isValid(), !frame->isPaused());
    }
    QCOMPARE(isPaused, (std::vector{false, false, false, true, true, true, false, false}));
}

void FrameAssemblerTest::carriesProbesEventsAndCpu()
{
    FrameAssembler assembler(factsFor(1));
    assembler.setProbes(0, {1000.0, std::nullopt});
    assembler.setProbes(0, {std::nullopt, 70.0, std::nullopt});
    assembler.addEvent({0s, QStringLiteral("stage"), QStringLiteral("stage 'warm up' began")});
    assembler.setProcessCpu(0.5);
    const FramePtr first = assembler.add(shared(snapshot(0, 0)))[0];
    QCOMPARE(first->probes, (std::vector<std::optional<double>>{1000.0, 70.0, std::nullopt}));
    QCOMPARE(first->events.size(), 1U);
    QCOMPARE(first->processCpuSeconds, 0.5);

    assembler.setProcessCpu(0.75);
    const FramePtr second = assembler.add(shared(snapshot(0, 1)))[0];
    QCOMPARE(second->probes, (std::vector<std::optional<double>>(3)));
    QVERIFY(second->events.empty());
    QCOMPARE(second->processCpuSeconds, 0.25); // 0.75 s so far, 0.5 s of them in the frame before

    assembler.addEvent({2s, QStringLiteral("note"), QStringLiteral("after the last frame")});
    QVERIFY(assembler.finish().empty());
    QCOMPARE(assembler.takeEvents().size(), 1U);
    QVERIFY(assembler.takeEvents().empty());
}

void FrameAssemblerTest::putsLateProbeValuesIntoTheNextFrame()
{
    FrameAssembler assembler(factsFor(1));
    assembler.add(shared(snapshot(0, 0)));
    assembler.setProbes(0, {1.0, std::nullopt, std::nullopt});
    QCOMPARE(assembler.add(shared(snapshot(0, 1)))[0]->probes[0], std::optional(1.0));
}

QTEST_GUILESS_MAIN(FrameAssemblerTest)
#include "tst_frameassembler.moc"
