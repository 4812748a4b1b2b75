// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

namespace {

using Times = std::vector<int>;

Scenario pacedLoad(double users, Nanoseconds length, Nanoseconds pace)
{
    Scenario scenario = closedLoad(users, length);
    scenario.flows[0].pace = pace;
    return scenario;
}

} // namespace

class PacingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsAnIterationEveryPace();
    void beginsAtOnceAfterALongIteration();
    void countsThinkTimeAsPartOfTheIteration();
    void keepsToThePaceOfTheFlowThatWasWalked();
    void plansFromThePlannedStartWhenTheThreadIsLate();
    void endsWithThePlanAndNotWithThePace();
    void endsAtAFixedCountWithoutWaiting();
    void letsUnwantedUsersGoWhileTheyWait();
    void endsTheWaitInADrain();
};

void PacingTest::beginsAnIterationEveryPace()
{
    // One user, iterations of 300 ms, one every 2 s.
    DriverRig rig(pacedLoad(1, 7s, 2s), 300ms);
    rig.runUntil(8s);
    QCOMPARE(rig.sends(), (Times{0, 2000, 4000, 6000}));
    QCOMPARE(rig.iterations(), (FlowCounts{4, 4, 4, 0}));
    QCOMPARE((std::vector{rig.planned(0), rig.planned(1), rig.planned(2)}), (std::vector<std::uint64_t>{1, 0, 1}));
    QCOMPARE(rig.activeUsers(1), 1u); // it waits, but it is there
    QVERIFY(rig.isFinished());
}

void PacingTest::beginsAtOnceAfterALongIteration()
{
    DriverRig rig(pacedLoad(1, 4s, 1s), 1300ms);
    rig.runUntil(6s);
    QCOMPARE(rig.sends(), (Times{0, 1300, 2600, 3900}));
}

void PacingTest::countsThinkTimeAsPartOfTheIteration()
{
    // 200 ms of thought and 100 ms of answer: sent 200 ms after each planned start, which are 1 s apart.
    Scenario scenario = pacedLoad(1, 3s, 1s);
    scenario.flows[0].steps[0].think = {200ms, 200ms};
    DriverRig rig(scenario, 100ms);
    rig.runUntil(4s);
    QCOMPARE(rig.sends(), (Times{200, 1200, 2200}));
}

void PacingTest::keepsToThePaceOfTheFlowThatWasWalked()
{
    // Two flows of the same weight with one step each: after the first 500 ms, after the second 1 s.
    Scenario scenario = pacedLoad(1, 20s, 500ms);
    scenario.flows.push_back(scenario.flows[0]);
    scenario.flows[1].name = QStringLiteral("slow");
    scenario.flows[1].pace = 1s;
    DriverRig rig(scenario, 10ms);
    rig.runUntil(21s);
    const Times sends = rig.sends();
    std::uint64_t quick = 0;
    for (std::size_t i = 1; i < sends.size(); ++i) {
        const int gap = sends[i] - sends[i - 1];
        QVERIFY(gap == 500 || gap == 1000);
        quick += gap == 500 ? 1 : 0;
    }
    // The last iteration of all may be of the first flow as well, with nothing behind it.
    QVERIFY(quick > 0 && quick < sends.size() - 1);
    QVERIFY(rig.iterations().completed - quick <= 1);
}

void PacingTest::plansFromThePlannedStartWhenTheThreadIsLate()
{
    // The thread stands still from 0.5 s to 1.25 s: the iteration of 1 s goes out late, that of 2 s in time.
    DriverRig rig(pacedLoad(1, 3s, 1s), 100ms);
    rig.runUntil(500ms);
    rig.stallFor(750ms);
    rig.runUntil(4s);
    QCOMPARE(rig.sends(), (Times{0, 1250, 2000}));
    QCOMPARE((std::vector{rig.planned(0), rig.planned(1), rig.planned(2)}), (std::vector<std::uint64_t>{1, 1, 1}));
}

void PacingTest::endsWithThePlanAndNotWithThePace()
{
    DriverRig rig(pacedLoad(3, 2s, 1h), 100ms, 2);
    rig.runUntil(1999ms);
    QVERIFY(!rig.isFinished());
    rig.runUntil(2001ms);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 3u);
}

void PacingTest::endsAtAFixedCountWithoutWaiting()
{
    // Four users of two workers, one iteration each, then two more at 5 s; the others learn of the end at a second's
    // border at the latest.
    Scenario scenario = pacedLoad(4, 0s, 5s);
    scenario.load.iterations = 6;
    DriverRig rig(scenario, 100ms, 2);
    rig.runUntil(4900ms);
    QCOMPARE(rig.sends(), (Times{0, 0, 0, 0}));
    rig.runUntil(6001ms);
    QCOMPARE(rig.sends(), (Times{5000, 5000}));
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 6u);
}

void PacingTest::letsUnwantedUsersGoWhileTheyWait()
{
    // Of four users one is wanted from 2 s on; the others are between two iterations and leave then.
    DriverRig rig(pacedLoad(4, 20s, 10s), 100ms);
    rig.runUntil(1900ms);
    rig.steer(2s, wish(1));
    rig.runUntil(3001ms);
    QCOMPARE(rig.activeUsers(1), 4u);
    QCOMPARE(rig.activeUsers(2), 1u);
    rig.steer(4s, wish(2)); // who comes back begins at once, who stayed keeps its pace
    rig.sends();
    rig.runUntil(21s);
    QCOMPARE(rig.sends(), (Times{4000, 10000, 14000}));
    QVERIFY(rig.isFinished());
}

void PacingTest::endsTheWaitInADrain()
{
    DriverRig rig(pacedLoad(3, 1h, 1min), 100ms);
    rig.runUntil(1s);
    rig.drain();
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 3u);
}

QTEST_GUILESS_MAIN(PacingTest)
#include "tst_pacing.moc"
