// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/workerpool.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <vector>

using namespace Headroom;

class WorkerPoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finishesWorkAfterItsServiceTime();
    void neverFinishesWithinSubmit();
    void queuesInOrderOfArrival();
    void sharesTheQueueAmongWorkers();
    void refusesWhenTheQueueIsFull();
    void hasNoQueueWhenItsLimitIsZero();
    void freesAWorkerBeforeItsAlarmRings();
    void startsQueuedWorkOnTimeThoughTheAlarmIsLate();
    void finishesEqualEndsInOrderOfStart();
    void takesWorkFromWithinDone();
    void abandonsEverything();
    void keepsAWorkerThatHolds();
};

namespace {

/// A pool, and what became of the work given to it; times count from the beginning.
struct Bench
{
    struct Outcome
    {
        int name;
        Nanoseconds started;
        Nanoseconds finished;
        bool isFinished = true;
        bool operator==(const Outcome &) const = default;
    };

    Bench(int workers, int queueLimit)
        : pool(clock, workers, queueLimit)
    {
    }

    bool submit(int name, Nanoseconds serviceTime, bool holds = false)
    {
        return pool.submit(clock.now(), serviceTime, [this, name](const WorkerPool::Work &work) {
            outcomes.push_back({name, work.started - begin, clock.now() - begin, work.isFinished});
        }, holds);
    }

    ManualClock clock;
    const SteadyTime begin = clock.now();
    WorkerPool pool;
    std::vector<Outcome> outcomes;
};

using Outcomes = std::vector<Bench::Outcome>;

} // namespace

void WorkerPoolTest::finishesWorkAfterItsServiceTime()
{
    Bench bench(1, 0);
    QVERIFY(bench.submit(1, 5ms));
    QCOMPARE(bench.pool.inUse(), 1);
    bench.clock.advance(5ms - 1ns);
    QVERIFY(bench.outcomes.empty());
    bench.clock.advance(1ns);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}}));
    QCOMPARE(bench.pool.inUse(), 0);
}

void WorkerPoolTest::neverFinishesWithinSubmit()
{
    Bench bench(1, 0);
    QVERIFY(bench.submit(1, 0ms));
    QVERIFY(bench.outcomes.empty());
    bench.clock.advance(0ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 0ms}}));
}

void WorkerPoolTest::queuesInOrderOfArrival()
{
    // One worker: 1 until 5, 2 until 5 + 1, 3 until 6 + 3 ms.
    Bench bench(1, 10);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(bench.submit(2, 1ms));
    QVERIFY(bench.submit(3, 3ms));
    QCOMPARE(bench.pool.inUse(), 1);
    QCOMPARE(bench.pool.queueDepth(), 2);
    bench.clock.advance(5ms);
    QCOMPARE(bench.pool.queueDepth(), 1);
    bench.clock.advance(10ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}, {2, 5ms, 6ms}, {3, 6ms, 9ms}}));
    QCOMPARE(bench.pool.queueDepth(), 0);
}

void WorkerPoolTest::sharesTheQueueAmongWorkers()
{
    // Two workers: 1 until 4, 2 until 2; 3 takes the second until 2 + 3 = 5, 4 the first until 4 + 3 = 7 ms.
    Bench bench(2, 10);
    QVERIFY(bench.submit(1, 4ms));
    QVERIFY(bench.submit(2, 2ms));
    QVERIFY(bench.submit(3, 3ms));
    QVERIFY(bench.submit(4, 3ms));
    QCOMPARE(bench.pool.inUse(), 2);
    bench.clock.advance(10ms);
    QVERIFY(bench.outcomes == (Outcomes{{2, 0ms, 2ms}, {1, 0ms, 4ms}, {3, 2ms, 5ms}, {4, 4ms, 7ms}}));
}

void WorkerPoolTest::refusesWhenTheQueueIsFull()
{
    // One works, two wait, the fourth is refused; once the first has gone there is room again.
    Bench bench(1, 2);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(bench.submit(2, 5ms));
    QVERIFY(bench.submit(3, 5ms));
    QVERIFY(!bench.submit(4, 5ms));
    bench.clock.advance(5ms);
    QVERIFY(bench.submit(5, 5ms));
    QVERIFY(!bench.submit(6, 5ms));
    bench.clock.advance(100ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}, {2, 5ms, 10ms}, {3, 10ms, 15ms}, {5, 15ms, 20ms}}));
}

void WorkerPoolTest::hasNoQueueWhenItsLimitIsZero()
{
    Bench bench(1, 0);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(!bench.submit(2, 5ms));
    QCOMPARE(bench.pool.queueDepth(), 0);
}

void WorkerPoolTest::freesAWorkerBeforeItsAlarmRings()
{
    // Arrived at 6 ms while the alarm of 5 ms has not come through yet: the worker is free all the same.
    Bench bench(1, 0);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(bench.pool.submit(bench.begin + 6ms, 1ms, [&](const WorkerPool::Work &work) {
        bench.outcomes.push_back({2, work.started - bench.begin, bench.clock.now() - bench.begin});
    }));
    bench.clock.advance(7ms);
    // The clock stood still when the first was settled.
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 0ms}, {2, 6ms, 7ms}}));
}

void WorkerPoolTest::startsQueuedWorkOnTimeThoughTheAlarmIsLate()
{
    // Work 1 until 5, 2 until 8. Work 3 arrives at 20 ms, before the loop came round to ring any alarm.
    Bench bench(1, 1);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(bench.submit(2, 3ms));
    std::vector<Nanoseconds> started;
    QVERIFY(bench.pool.submit(bench.begin + 20ms, 1ms,
                              [&](const WorkerPool::Work &work) { started.push_back(work.started - bench.begin); }));
    bench.clock.advance(30ms);
    QCOMPARE(bench.outcomes.size(), 2u);
    QCOMPARE(bench.outcomes[1].started, 5ms);
    QCOMPARE(started, std::vector<Nanoseconds>{20ms});
}

void WorkerPoolTest::finishesEqualEndsInOrderOfStart()
{
    Bench bench(4, 0);
    for (int name = 1; name <= 4; ++name)
        QVERIFY(bench.submit(name, 5ms));
    bench.clock.advance(5ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}, {2, 0ms, 5ms}, {3, 0ms, 5ms}, {4, 0ms, 5ms}}));
}

void WorkerPoolTest::takesWorkFromWithinDone()
{
    Bench bench(1, 0);
    QVERIFY(bench.pool.submit(bench.begin, 5ms, [&](const WorkerPool::Work &) { QVERIFY(bench.submit(2, 1ms)); }));
    bench.clock.advance(10ms);
    QVERIFY(bench.outcomes == (Outcomes{{2, 5ms, 6ms}}));
}

void WorkerPoolTest::abandonsEverything()
{
    Bench bench(1, 1);
    QVERIFY(bench.submit(1, 5ms));
    QVERIFY(bench.submit(2, 5ms));
    bench.clock.advance(2ms);
    bench.pool.abandonAll();
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 2ms, false}, {2, 2ms, 2ms, false}}));
    QCOMPARE(bench.pool.inUse(), 0);
    QCOMPARE(bench.pool.queueDepth(), 0);
    QVERIFY(!bench.clock.advanceToNextAlarm());
}

void WorkerPoolTest::keepsAWorkerThatHolds()
{
    // The first works until 5 ms and holds its worker until 12 ms; the second starts then.
    Bench bench(1, 2);
    QVERIFY(bench.submit(1, 5ms, true));
    QVERIFY(bench.submit(2, 3ms));
    bench.clock.advance(12ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}}));
    QCOMPARE(bench.pool.inUse(), 1);
    QCOMPARE(bench.pool.queueDepth(), 1);
    bench.pool.release(bench.clock.now());
    QCOMPARE(bench.pool.queueDepth(), 0);
    bench.clock.advance(3ms);
    QVERIFY(bench.outcomes == (Outcomes{{1, 0ms, 5ms}, {2, 12ms, 15ms}}));
    QCOMPARE(bench.pool.inUse(), 0);
}

QTEST_GUILESS_MAIN(WorkerPoolTest)
#include "tst_workerpool.moc"
