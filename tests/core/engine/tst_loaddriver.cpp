// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"
#include "core/plan/planner.h"
#include "core/stats/histogramcodec.h"
#include "tests/support/faketransport.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

Scenario oneStep()
{
    Scenario scenario;
    Scenario::Flow flow;
    flow.name = QStringLiteral("flow");
    flow.steps.resize(1);
    flow.steps[0].method = "GET";
    flow.steps[0].path = QStringLiteral("/");
    scenario.flows = {flow};
    return scenario;
}

Scenario openLoad(double rate, Nanoseconds length, int cap)
{
    Scenario scenario = oneStep();
    Scenario::Stage stage;
    stage.rate = std::pair(Rate::perSecond(rate), Rate::perSecond(rate));
    stage.length = length;
    scenario.load.stages = {stage};
    scenario.load.users = cap;
    return scenario;
}

Scenario closedRamp(double from, double to, Nanoseconds length)
{
    Scenario scenario = oneStep();
    Scenario::Stage stage;
    stage.users = std::pair(from, to);
    stage.length = length;
    scenario.load.stages = {stage};
    return scenario;
}

/// A driver on a clock that is moved by hand, and what it reported.
struct Rig
{
    ManualClock clock;
    FakeTransport *transport = nullptr;
    std::unique_ptr<LoadDriver> driver;
    std::vector<IntervalSnapshotPtr> seconds;
    std::optional<std::uint64_t> unfinished;
    SteadyTime start = clock.now() + 1s;

    Rig(const Scenario &scenario, FakeTransport::Script script)
    {
        const auto plan = compilePlan(scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
        Q_ASSERT(plan);
        WorkerSetup setup{*plan, 0, 1, {}};
        setup.makeTransport = [this, script](int capacity, const Clock &workerClock, AlarmQueue &alarms) {
            auto made = std::make_unique<FakeTransport>(capacity, workerClock, alarms, script);
            transport = made.get();
            return made;
        };
        driver = std::make_unique<LoadDriver>(setup, clock, start, LoadDriver::Reports{
            [this](const IntervalSnapshotPtr &second) { seconds.push_back(second); },
            [this](std::uint64_t count) { unfinished = count; }});
    }

    void runFor(Nanoseconds duration) { clock.advance(1s + duration); } // it starts a second after it was made

    FlowCounts iterations() const
    {
        FlowCounts sum;
        for (const auto &second : seconds)
            sum += second->flows[0];
        return sum;
    }
    LatencySet latencies() const
    {
        LatencySet sum;
        for (const auto &second : seconds) {
            const auto merged = mergeInto(sum, second->steps[0]);
            Q_ASSERT(merged);
        }
        return sum;
    }
};

FakeTransport::Script always(Nanoseconds after, int status = 200)
{
    return [=](std::uint64_t, Nanoseconds) { return FakeTransport::Answer{after, status}; };
}

/// Bucketed times are exact to three digits.
bool isAbout(Nanoseconds value, Nanoseconds expected)
{
    return std::abs((value - expected).count()) <= expected.count() / 1000 + 1000;
}

} // namespace

class LoadDriverTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsExactlyWhatThePlanSays();
    void keepsThePlannedStartWhenTheTargetStalls();
    void dropsAndCountsAtTheCap();
    void neverExceedsTheCap();
    void countsAnArrivalInTheSecondItWasPlannedIn();
    void missedBeatsCountInTheirSeconds();
    void waitingForAFreeUserMakesNoSendLate();
    void sumsWhatIsInFlightOverTime();
    void sumsTheBacklogOverTime();
    void startsUsersAlongARampAndStopsThem();
    void sharesAFixedCountOverUsers();
    void endsOpenLoadAtAFixedCount();
    void thinksBetweenSteps();
    void keepsOneExampleOfEachKindOfFailure();
    void drainFinishesWhatIsUnderWay();
    void drainEndsPauses();
    void cutAbortsWhatIsUnderWay();
    void cutsWhatOutlivesTheGraceTime();
    void recordsErrorsWithTheirText();
    void lastsAsLongAsThePlan();
    void handsOnOpeningsAndFirstBytes();
};

void LoadDriverTest::sendsExactlyWhatThePlanSays()
{
    // 50/s for 3 s, 5 ms each: 150 iterations, all done; seconds 0 to 2 and a last one with the rest.
    Rig rig(openLoad(50, 3s, 10), always(5ms));
    rig.runFor(5s);
    QVERIFY(rig.unfinished);
    QCOMPARE(rig.iterations(), (FlowCounts{150, 150, 150, 0}));
    const LatencySet latencies = rig.latencies();
    QCOMPARE(latencies.counts.answered, 150u);
    QVERIFY(isAbout(latencies[LatencyKind::Response].valueAtQuantile(0.5), 5ms));
    QCOMPARE(latencies[LatencyKind::Response].max(), 5ms);
    QVERIFY(rig.seconds.back()->isLast);
}

void LoadDriverTest::keepsThePlannedStartWhenTheTargetStalls()
{
    // One user, 10/s for 1 s. The first answer comes after 0.5 s, the others after 1 ms. Arrival 1 was planned at 0.1 s
    // and could be sent at 0.5 s: response time 401 ms, service time 1 ms.
    Rig rig(openLoad(10, 1s, 1), [](std::uint64_t request, Nanoseconds) {
        return FakeTransport::Answer{request == 0 ? Nanoseconds(500ms) : Nanoseconds(1ms)};
    });
    rig.runFor(2s);
    const LatencySet latencies = rig.latencies();
    QCOMPARE(latencies.counts.answered, 10u);
    QCOMPARE(latencies[LatencyKind::Response].max(), 500ms);
    // Sorted: 1 ms five or more times, then 104, 203, 302, 401, 500 ms.
    QVERIFY(isAbout(latencies[LatencyKind::Response].valueAtRank(9), 401ms));
    QVERIFY(isAbout(latencies[LatencyKind::Response].valueAtRank(8), 302ms));
    QVERIFY(isAbout(latencies[LatencyKind::Service].valueAtRank(9), 1ms));
    QCOMPARE(rig.seconds[0]->flows[0].planned, 10u);
}

void LoadDriverTest::dropsAndCountsAtTheCap()
{
    // Two users and answers after 1 s: of 10 arrivals a second two are started, eight dropped.
    Scenario scenario = openLoad(10, 1s, 2);
    scenario.load.late = Scenario::Late::Drop;
    Rig rig(scenario, always(990ms));
    rig.runFor(5s);
    QCOMPARE(rig.iterations(), (FlowCounts{10, 2, 2, 8}));
}

void LoadDriverTest::neverExceedsTheCap()
{
    Rig rig(openLoad(100, 2s, 3), always(100ms));
    rig.runFor(60s);
    QCOMPARE(rig.transport->mostInFlight(), 3);
    QCOMPARE(rig.iterations().completed, 200u);
    // The users begin at 0, 10 and 20 ms and answer every 100 ms: nine answers each before the border at 1 s.
    QCOMPARE(rig.seconds[0]->inFlight, 3u);
    QCOMPARE(rig.seconds[0]->backlog, 100u - 3u * 9u - 3u);
}

void LoadDriverTest::countsAnArrivalInTheSecondItWasPlannedIn()
{
    // The thread stands still from 0.45 s to 1.45 s: the arrivals of 0.5 to 0.9 s are started late, and belong to second 0.
    Rig rig(openLoad(10, 3s, 100), always(1ms));
    rig.runFor(450ms);
    rig.clock.stall(1s);
    rig.clock.advance(5s);
    for (int second = 0; second < 3; ++second)
        QCOMPARE(rig.seconds[second]->flows[0].planned, 10u);
}

void LoadDriverTest::missedBeatsCountInTheirSeconds()
{
    // The loop is looked at every 2 ms: 500 times a second. It stands still from 0.9 s to 1.4 s: the 50 beats from 0.9 s
    // to 0.998 s met it late by 500 to 402 ms, the 200 from 1 s to 1.398 s by 400 to 2 ms, and the one at 1.4 s in time.
    Rig rig(openLoad(10, 3s, 100), always(1ms));
    rig.runFor(899ms);
    rig.clock.advance(1ms - 1ns);
    rig.clock.stall(500ms + 1ns);
    rig.clock.advance(4s);
    const auto lags = [&](std::size_t second) { return *decodeHistogram(rig.seconds[second]->loopLag); };
    QCOMPARE(lags(0).count(), 500u);
    QCOMPARE(lags(0).max(), 500ms);
    QCOMPARE(lags(0).count() - lags(0).countAtOrBelow(1ms), 50u);
    QCOMPARE(lags(1).count(), 500u);
    QCOMPARE(lags(1).max(), 400ms);
    QCOMPARE(lags(1).count() - lags(1).countAtOrBelow(1ms), 200u);
    QCOMPARE(lags(2).max(), 0ns);
    QVERIFY(isAbout(rig.seconds[0]->loopLagP99, 490ms)); // of rank 495: 492, 494, 496, 498 and 500 ms are above it
}

void LoadDriverTest::waitingForAFreeUserMakesNoSendLate()
{
    // One user, 10 a second, 200 ms each: from the second one on all wait for it, and none is the generator's fault.
    Rig rig(openLoad(10, 1s, 1), always(200ms));
    rig.runFor(4s);
    std::uint64_t late = 0;
    std::uint64_t sends = 0;
    HdrHistogram lag;
    for (const auto &second : rig.seconds) {
        late += second->lateSends;
        sends += second->sends;
        QVERIFY(mergeEncodedHistogram(second->sendLag, lag));
    }
    QCOMPARE(sends, 10u);
    QCOMPARE(late, 0u);
    QCOMPARE(lag.max(), 900ms); // the last: planned at 0.9 s, sent at 1.8 s
}

void LoadDriverTest::sumsWhatIsInFlightOverTime()
{
    // 10 a second, each under way for 250 ms: 2.5 at any time, but for the first quarter of a second.
    Rig rig(openLoad(10, 3s, 100), always(250ms));
    rig.runFor(5s);
    QVERIFY(qAbs(rig.seconds[1]->inFlightSeconds - 2.5) < 1e-6);
    QVERIFY(qAbs(rig.seconds[2]->inFlightSeconds - 2.5) < 1e-6);
    double sum = 0.0;
    for (const auto &second : rig.seconds)
        sum += second->inFlightSeconds;
    QVERIFY(qAbs(sum - 30 * 0.25) < 1e-6);
    QCOMPARE(rig.seconds[1]->backlogSeconds, 0.0);
}

void LoadDriverTest::sumsTheBacklogOverTime()
{
    // 10 arrivals 100 ms apart for one user that takes 200 ms: arrival k waits k x 100 ms, 4.5 s in all, and the user is
    // at work for 2 s.
    Rig rig(openLoad(10, 1s, 1), always(200ms));
    rig.runFor(5s);
    double inFlight = 0.0;
    double backlog = 0.0;
    for (const auto &second : rig.seconds) {
        inFlight += second->inFlightSeconds;
        backlog += second->backlogSeconds;
    }
    QVERIFY(qAbs(inFlight - 2.0) < 1e-6);
    QVERIFY(qAbs(backlog - 4.5) < 1e-6);
}

void LoadDriverTest::startsUsersAlongARampAndStopsThem()
{
    // 0 to 4 users over 4 s: just before 2 s two users are at work, just before 4 s four.
    Rig rig(closedRamp(0, 4, 4s), always(100ms));
    rig.runFor(6s);
    QCOMPARE(rig.seconds[0]->activeUsers, 1u);
    QCOMPARE(rig.seconds[1]->activeUsers, 2u);
    QCOMPARE(rig.seconds[3]->activeUsers, 4u);
    // User u works from u to 4 s, ten iterations a second: 40 + 30 + 20 + 10.
    QCOMPARE(rig.iterations().completed, 100u);
    QVERIFY(rig.unfinished);

    Rig falling(closedRamp(4, 0, 4s), always(100ms));
    falling.runFor(6s);
    // User 3 is wanted until 1 s, user 2 until 2 s ...; what was begun before is finished.
    QVERIFY(falling.iterations().completed >= 100 && falling.iterations().completed <= 104);
    QCOMPARE(falling.seconds[2]->activeUsers, 2u - 1u + (falling.seconds[2]->inFlight - 1));
}

void LoadDriverTest::sharesAFixedCountOverUsers()
{
    Scenario scenario = closedRamp(4, 4, 0ns);
    scenario.load.iterations = 37;
    Rig rig(scenario, always(10ms));
    rig.runFor(10s);
    QVERIFY(rig.unfinished);
    QCOMPARE(rig.iterations().completed, 37u);
    QCOMPARE(rig.transport->mostInFlight(), 4);
}

void LoadDriverTest::endsOpenLoadAtAFixedCount()
{
    Scenario scenario = openLoad(100, 0ns, 10);
    scenario.load.iterations = 25;
    Rig rig(scenario, always(10ms));
    rig.runFor(10s);
    QVERIFY(rig.unfinished);
    QCOMPARE(rig.iterations().completed, 25u);
    QCOMPARE(rig.seconds.size(), 1u); // done after 0.25 s
}

void LoadDriverTest::thinksBetweenSteps()
{
    // One user: a request of 10 ms, 90 ms of thought, a request of 10 ms, 90 ms of thought: five rounds a second.
    Scenario scenario = closedRamp(1, 1, 1s);
    scenario.flows[0].steps[0].think = {90ms, 90ms};
    scenario.flows[0].steps.push_back(scenario.flows[0].steps[0]);
    Rig rig(scenario, always(10ms));
    rig.runFor(3s);
    QCOMPARE(rig.iterations().completed, 5u);
    // Thought is no delay: a step is planned when it is over.
    QCOMPARE(rig.latencies()[LatencyKind::Response].max(), 10ms);
}

void LoadDriverTest::drainFinishesWhatIsUnderWay()
{
    Rig rig(openLoad(10, 60s, 100), always(500ms));
    rig.runFor(2s);
    QVERIFY(!rig.unfinished);
    rig.driver->drain();
    rig.clock.advance(1s);
    QCOMPARE(rig.unfinished, 0u);
    QCOMPARE(rig.iterations().completed, rig.iterations().started);
    QCOMPARE(rig.iterations().started, 21u); // planned at 0, 0.1 ... 2.0 s
}

void LoadDriverTest::drainEndsPauses()
{
    Scenario scenario = closedRamp(5, 5, 60s);
    scenario.flows[0].steps[0].think = {30s, 30s};
    Rig rig(scenario, always(1ms));
    rig.runFor(1s);
    rig.driver->drain();
    QCOMPARE(rig.unfinished, 0u); // at once, not after half a minute of thought
    QCOMPARE(rig.latencies().counts.requests, 0u);
}

void LoadDriverTest::cutAbortsWhatIsUnderWay()
{
    Rig rig(openLoad(10, 60s, 100), always(30s));
    rig.runFor(2s);
    rig.driver->cut();
    QCOMPARE(rig.unfinished, 21u);
    QCOMPARE(rig.latencies().counts.byFailure[std::size_t(FailureKind::Aborted)], 21u);
}

void LoadDriverTest::cutsWhatOutlivesTheGraceTime()
{
    Scenario scenario = openLoad(10, 1s, 100);
    scenario.load.grace = 2s;
    Rig rig(scenario, always(30s));
    rig.runFor(1s + 1999ms);
    QVERIFY(!rig.unfinished);
    rig.clock.advance(2ms);
    QCOMPARE(rig.unfinished, 10u);
}

void LoadDriverTest::recordsErrorsWithTheirText()
{
    Rig rig(openLoad(10, 1s, 10), [](std::uint64_t request, Nanoseconds) {
        return request < 3 ? FakeTransport::Answer{1ms, 500}
                           : FakeTransport::Answer{1ms, 0, FailureKind::ConnectRefused};
    });
    rig.runFor(2s);
    const LatencySet latencies = rig.latencies();
    QCOMPARE(latencies.counts.errors, 10u);
    QCOMPARE(latencies.counts.byFailure[std::size_t(FailureKind::Status)], 3u);
    QCOMPARE(latencies.counts.byFailure[std::size_t(FailureKind::ConnectRefused)], 7u);
    QCOMPARE(rig.seconds[0]->failures.size(), 2u);
    QVERIFY(rig.seconds[0]->failures[0].message.contains(QStringLiteral("500")));
}

void LoadDriverTest::lastsAsLongAsThePlan()
{
    // The only arrival comes at once; the load lasts ten seconds all the same.
    Rig rig(openLoad(0.1, 10s, 10), always(1ms));
    rig.runFor(9999ms);
    QVERIFY(!rig.unfinished);
    rig.clock.advance(2ms);
    QVERIFY(rig.unfinished);
}

void LoadDriverTest::keepsOneExampleOfEachKindOfFailure()
{
    // 10 a second for 3 s: every fifth is refused (429, expected), every other odd one fails with 500.
    Scenario scenario = openLoad(10, 3s, 5);
    scenario.flows[0].steps[0].expect = {{200, 200}, {429, 429}};
    Rig rig(scenario, [](std::uint64_t request, Nanoseconds) {
        const int status = request % 5 == 0 ? 429 : request % 2 == 1 ? 500 : 200;
        return FakeTransport::Answer{.after = 1ms, .status = status, .body = "answer " + QByteArray::number(request)};
    });
    rig.runFor(4s);
    std::vector<std::shared_ptr<const FailureExample>> examples;
    std::uint64_t failures = 0;
    for (const auto &second : rig.seconds) {
        for (const FailureCount &failure : second->failures) {
            QCOMPARE(failure.status, 500);
            failures += failure.count;
            if (failure.example)
                examples.push_back(failure.example);
        }
    }
    QCOMPARE(failures, 12u); // 15 odd ones but for 5, 15 and 25
    QCOMPARE(examples.size(), 1u);
    QCOMPARE(*examples[0],
             (FailureExample{QStringLiteral("GET"), QStringLiteral("http://127.0.0.1:1/"), QStringLiteral("text/plain"),
                             "answer 1", 8}));
}

void LoadDriverTest::handsOnOpeningsAndFirstBytes()
{
    // 10/s for 1 s, 20 ms each with the first byte after 15 ms; every fifth has a connection opened for it.
    Rig rig(openLoad(10, 1s, 2), [](std::uint64_t request, Nanoseconds) {
        FakeTransport::Answer answer{.after = 20ms, .firstByteAfter = 15ms};
        if (request % 5 == 0)
            answer.opening = ConnectionOpening{1ms, 2ms, 3ms, request > 0};
        return answer;
    });
    rig.runFor(2s);
    OpeningSet openings;
    HdrHistogram firstByte;
    for (const auto &second : rig.seconds) {
        QVERIFY(openings.merge(second->openings));
        QVERIFY(mergeEncodedHistogram(second->firstByteTimes, firstByte));
    }
    QCOMPARE(openings.opened(), 2u);
    QCOMPARE(openings.resumed(), 1u);
    QCOMPARE(openings[OpeningPart::Resolve].max(), Nanoseconds(1ms));
    QCOMPARE(openings[OpeningPart::Connect].max(), Nanoseconds(2ms));
    QCOMPARE(openings[OpeningPart::Tls].max(), Nanoseconds(3ms));
    QCOMPARE(firstByte.count(), 10u);
    QCOMPARE(firstByte.min(), Nanoseconds(15ms));
    QCOMPARE(firstByte.max(), Nanoseconds(15ms));
}

QTEST_GUILESS_MAIN(LoadDriverTest)
#include "tst_loaddriver.moc"
