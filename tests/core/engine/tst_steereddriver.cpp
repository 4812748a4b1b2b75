// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

namespace {

const LoadWish kAsWritten{};
using Pace = PlanTime::Pace;

using Times = std::vector<int>;

} // namespace

class SteeredDriverTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void raisesTheRateInTheMiddleOfASecond();
    void lowersTheRateInTheMiddleOfASecond();
    void standsStillInAPauseAndGoesOn();
    void goesBackToThePlan();
    void takesTwoChangesBeforeTheFirstOneCounts();
    void sharesTheSameArrivalsAmongWorkers();
    void startsNothingTwiceWhenToldLate();
    void keepsPlannedStartsWhenTheThreadStoodStill();
    void bringsUsersAboveThePlanAndTakesThemAway();
    void pausesUsersBetweenIterations();
    void startsUsersAtOnceWhenToldLate();
    void endsAtAFixedCountOfArrivals();
    void doesNotEndInAPauseBeforeTheCount();
    void endsAtAFixedCountOfIterations();
    void endsWithThePlanWhateverIsWanted();
    void ignoresChangesAfterItsEnd();
    void holdsARampAndGoesOn();
    void beginsTheNextStageAtOnce();
    void endsWhenTheLastStageIsSkipped();
    void goesOnWhenItsEndMovesAwayAfterItHasPassed();
    void endsAnHourAfterItWasLeftInAPause();
    void sharesOutByHandFromAnInstantOn();
    void stretchesThinkTimes();
    void stretchesPaces();
};

void SteeredDriverTest::raisesTheRateInTheMiddleOfASecond()
{
    // 10/s until 0.45 s: 4.5 arrivals. 40/s from then: arrival 5 half a gap later, 12.5 ms, then every 25 ms.
    DriverRig rig(openLoad(10, 3s), 1ms);
    rig.runUntil(400ms);
    rig.steer(450ms, wish(40));
    rig.runUntil(550ms);
    QCOMPARE(rig.sends(), (Times{0, 100, 200, 300, 400, 462, 487, 512, 537}));
    rig.runUntil(4s);
    QVERIFY(rig.isFinished());
    // 4.5 + 40 x 0.55 = 26.5: arrivals 0 to 26 in second 0; 40 in each of the others.
    QCOMPARE(rig.planned(0), 27u);
    QCOMPARE(rig.planned(1), 40u);
    QCOMPARE(rig.planned(2), 40u);
    QCOMPARE(rig.iterations().completed, 107u);
}

void SteeredDriverTest::lowersTheRateInTheMiddleOfASecond()
{
    // 100/s until 0.5 s: 50 arrivals, 0 to 49. 4/s from then: 0.5, 0.75, 1.0 s ...
    DriverRig rig(openLoad(100, 2s), 1ms);
    rig.runUntil(450ms);
    rig.steer(500ms, wish(4));
    rig.runUntil(499ms);
    QCOMPARE(rig.sends().back(), 490);
    rig.runUntil(3s);
    QCOMPARE(rig.sends(), (Times{500, 750, 1000, 1250, 1500, 1750}));
    QCOMPARE(rig.planned(0), 52u);
}

void SteeredDriverTest::standsStillInAPauseAndGoesOn()
{
    // 10/s, still from 0.25 to 2.1 s: 2.5 arrivals before, so arrival 3 comes half a gap after the pause.
    DriverRig rig(openLoad(10, 4s), 1ms);
    rig.runUntil(200ms);
    rig.setPace(250ms, Pace::Paused);
    rig.runUntil(2s);
    QCOMPARE(rig.sends(), (Times{0, 100, 200}));
    rig.setPace(2100ms, Pace::Going);
    rig.runUntil(2400ms);
    QCOMPARE(rig.sends(), (Times{2150, 2250, 2350}));
    rig.runUntil(5800ms);
    QVERIFY(!rig.isFinished());
    rig.runUntil(6s);
    QCOMPARE(rig.planned(1), 0u);
    // The end has moved by 1.85 s to 5.85 s: all 40 of the plan.
    QCOMPARE(rig.iterations(), (FlowCounts{40, 40, 40, 0}));
    QVERIFY(rig.isFinished());
}

void SteeredDriverTest::goesBackToThePlan()
{
    // 10/s, 50/s from 1 to 2 s, 10/s again.
    DriverRig rig(openLoad(10, 3s), 1ms);
    rig.runUntil(950ms);
    rig.steer(1s, wish(50));
    rig.runUntil(1950ms);
    rig.steer(2s, kAsWritten);
    rig.sends();
    rig.runUntil(2250ms);
    QCOMPARE(rig.sends(), (Times{1960, 1980, 2000, 2100, 2200}));
    rig.runUntil(4s);
    QCOMPARE((std::vector{rig.planned(0), rig.planned(1), rig.planned(2)}), (std::vector<std::uint64_t>{10, 50, 10}));
}

void SteeredDriverTest::takesTwoChangesBeforeTheFirstOneCounts()
{
    // 100/s from 0.45 s and 20/s from 0.5 s, both told at 0.4 s: 4.5 + 5 = 9.5 arrivals, then one every 50 ms.
    DriverRig rig(openLoad(10, 2s), 1ms);
    rig.runUntil(400ms);
    rig.steer(450ms, wish(100));
    rig.steer(500ms, wish(20));
    rig.sends();
    rig.runUntil(600ms);
    QCOMPARE(rig.sends(), (Times{455, 465, 475, 485, 495, 525, 575}));
    rig.steer(700ms, wish(1000));
    rig.steer(700ms, wish(10)); // the same instant: the last one counts
    rig.runUntil(1s);
    // 625, 675; at 700 ms 13.5 arrivals: 750, 850, 950.
    QCOMPARE(rig.sends(), (Times{625, 675, 750, 850, 950}));
}

void SteeredDriverTest::sharesTheSameArrivalsAmongWorkers()
{
    const auto sendsOf = [](int workers) {
        DriverRig rig(openLoad(30, 4s), 1ms, workers);
        rig.runUntil(700ms);
        rig.steer(733ms, wish(77));
        rig.runUntil(1500ms);
        rig.setPace(1555ms, Pace::Paused);
        rig.runUntil(2100ms);
        rig.setPace(2222ms, Pace::Going);
        rig.steer(2222ms, wish(13));
        rig.runUntil(3s);
        rig.steer(3050ms, kAsWritten);
        rig.runUntil(6s);
        return rig.sends();
    };
    const Times one = sendsOf(1);
    // 30 x 0.733 = 21.99; + 77 x 0.822 = 85.284; + 13 x 0.828 = 96.048; the plan's time is then 3.05 - 0.667 s, so
    // + 30 x 1.617 = 144.558: 0 to 144.
    QCOMPARE(one.size(), 145u);
    QCOMPARE(sendsOf(2), one);
    QCOMPARE(sendsOf(3), one);
}

void SteeredDriverTest::startsNothingTwiceWhenToldLate()
{
    // 100/s; told at 0.5 s that 10/s has held since 0.4 s: arrivals 0 to 50 are out, and the new plan wants arrival 50
    // at 1.4 s. The next is 51, at 1.5 s.
    DriverRig rig(openLoad(100, 3s), 1ms);
    rig.runUntil(500ms);
    QCOMPARE(rig.sends().size(), 51u);
    rig.steer(400ms, wish(10));
    rig.runUntil(1650ms);
    QCOMPARE(rig.sends(), (Times{1500, 1600}));
    rig.runUntil(4s);
    QCOMPARE(rig.iterations().completed, 40u + 26u); // 40 until 0.4 s and 10 x 2.6, as if it had been told in time
}

void SteeredDriverTest::keepsPlannedStartsWhenTheThreadStoodStill()
{
    // 10/s; the thread stands still from 0.35 s to 1.35 s, then learns that 20/s has held since 0.5 s. What was due
    // meanwhile is started at once, with its planned start: 0.4; 0.5, 0.55 ... 0.95 s in second 0, and 1.0 to 1.35 s.
    DriverRig rig(openLoad(10, 2s), 1ms);
    rig.runUntil(350ms);
    rig.stallFor(1s);
    rig.steer(500ms, wish(20));
    QCOMPARE(rig.sends().size(), 4u + 1u + 10u + 8u);
    rig.runUntil(3s);
    QCOMPARE(rig.planned(0), 15u);
    QCOMPARE(rig.planned(1), 20u);
}

void SteeredDriverTest::bringsUsersAboveThePlanAndTakesThemAway()
{
    // 2 users, then 300 from 1 s, then 1 from 2 s; answers take 100 ms.
    DriverRig rig(closedLoad(2, 4s), 100ms);
    rig.runUntil(950ms);
    rig.steer(1s, wish(300));
    rig.runUntil(1050ms);
    QCOMPARE(rig.transport().inFlight(), 300);
    rig.runUntil(1950ms);
    rig.steer(2s, wish(1));
    rig.runUntil(2150ms);
    QCOMPARE(rig.transport().inFlight(), 1);
    rig.runUntil(5s);
    QCOMPARE(rig.transport().mostInFlight(), 300);
    QCOMPARE(rig.activeUsers(0), 2u);
    QCOMPARE(rig.activeUsers(2), 1u);
    // Ten iterations a second each: 2 x 10 + 300 x 10 + 1 x 20.
    QCOMPARE(rig.iterations().completed, 20u + 3000u + 20u);
    QVERIFY(rig.isFinished());
}

void SteeredDriverTest::pausesUsersBetweenIterations()
{
    DriverRig rig(closedLoad(3, 3s), 100ms);
    rig.runUntil(900ms);
    rig.setPace(950ms, Pace::Paused); // the iterations begun at 0.9 s are finished at 1 s
    rig.runUntil(1900ms);
    QCOMPARE(rig.transport().inFlight(), 0);
    QVERIFY(!rig.isFinished());
    rig.sends();
    rig.setPace(2s, Pace::Going);
    rig.runUntil(5s);
    QCOMPARE(rig.sends().front(), 2000);
    // Until 4.05 s, which is the plan's end: 0.0 to 0.9 s, and 2.0 to 4.0 s.
    QCOMPARE(rig.iterations().completed, 3u * 10u + 3u * 21u);
    QVERIFY(rig.isFinished());
}

void SteeredDriverTest::startsUsersAtOnceWhenToldLate()
{
    DriverRig rig(closedLoad(1, 3s), 100ms);
    rig.runUntil(530ms);
    rig.steer(500ms, wish(4));
    QCOMPARE(rig.transport().inFlight(), 4);
}

void SteeredDriverTest::endsAtAFixedCountOfArrivals()
{
    // 25 arrivals: 10 in the first second, the others at 50/s within 0.3 s.
    Scenario scenario = openLoad(10, 0s);
    scenario.load.iterations = 25;
    DriverRig rig(scenario, 1ms, 2);
    rig.runUntil(900ms);
    rig.steer(1s, wish(50));
    rig.runUntil(2s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.sends().back(), 1280);
    QCOMPARE(rig.iterations().completed, 25u);
}

void SteeredDriverTest::doesNotEndInAPauseBeforeTheCount()
{
    Scenario scenario = openLoad(10, 0s);
    scenario.load.iterations = 25;
    DriverRig rig(scenario, 1ms);
    rig.runUntil(900ms);
    rig.setPace(1s, Pace::Paused);
    rig.runUntil(60s);
    QVERIFY(!rig.isFinished());
    rig.setPace(61s, Pace::Going);
    rig.runUntil(63s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 25u);
}

void SteeredDriverTest::endsAtAFixedCountOfIterations()
{
    // Four users of two workers, then one: the worker that has no user left ends as well.
    Scenario scenario = closedLoad(4, 0s);
    scenario.load.iterations = 50;
    DriverRig rig(scenario, 100ms, 2);
    rig.runUntil(950ms);
    rig.steer(1s, wish(1));
    rig.runUntil(20s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 50u); // 40 of four users in 1 s, the others of one by 2 s
    QCOMPARE(rig.sends().back(), 1900);
}

void SteeredDriverTest::endsWithThePlanWhateverIsWanted()
{
    DriverRig rig(openLoad(10, 2s), 1ms);
    rig.runUntil(1900ms);
    rig.steer(1950ms, wish(1000));
    rig.runUntil(3s);
    QVERIFY(rig.isFinished());
    QVERIFY(rig.sends().back() < 2000);
}

void SteeredDriverTest::ignoresChangesAfterItsEnd()
{
    DriverRig rig(openLoad(10, 2s), 1ms);
    rig.runUntil(3s);
    QVERIFY(rig.isFinished());
    rig.steer(1s, wish(1000)); // the finished driver is told, as when the order crosses its last report
    rig.runUntil(4s);
    QCOMPARE(rig.iterations().completed, 20u);
}

void SteeredDriverTest::holdsARampAndGoesOn()
{
    // 0 to 10 users in 10 s; held at 3 s with three users until 8 s; the last one comes at 9 s of the plan, 14 s.
    Scenario scenario = closedLoad(10, 10s);
    scenario.load.stages[0].users = std::pair(0.0, 10.0);
    DriverRig rig(scenario, 100ms, 2);
    rig.runUntil(2900ms);
    rig.setPace(3s, Pace::Held);
    rig.runUntil(7900ms);
    QCOMPARE(rig.inFlight(), 3);
    rig.setPace(8s, Pace::Going);
    rig.runUntil(8950ms);
    QCOMPARE(rig.inFlight(), 4);
    rig.runUntil(14950ms);
    QCOMPARE(rig.inFlight(), 10);
    rig.runUntil(16s);
    QVERIFY(rig.isFinished());
}

void SteeredDriverTest::beginsTheNextStageAtOnce()
{
    // 10/s for 5 s, then 100/s for 1 s; skipped at 2 s: 20 and 100 arrivals, the end is at 3 s.
    Scenario scenario = openLoad(10, 5s);
    scenario.load.stages.push_back(openLoad(100, 1s).load.stages[0]);
    DriverRig rig(scenario, 1ms, 2);
    rig.runUntil(1950ms);
    rig.jump(2s, 5s);
    rig.runUntil(3100ms);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.planned(1), 10u);
    QCOMPARE(rig.planned(2), 100u);
    QCOMPARE(rig.iterations(), (FlowCounts{120, 120, 120, 0}));
}

void SteeredDriverTest::endsWhenTheLastStageIsSkipped()
{
    // Answers take 300 ms: those of 1.8 s and 1.9 s end after the load, and are waited for.
    DriverRig rig(openLoad(10, 5s), 300ms);
    rig.runUntil(1900ms);
    rig.jump(2s, PlanTime::kNever);
    rig.runUntil(2150ms);
    QVERIFY(!rig.isFinished());
    rig.runUntil(2250ms);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations(), (FlowCounts{20, 20, 20, 0}));
}

void SteeredDriverTest::goesOnWhenItsEndMovesAwayAfterItHasPassed()
{
    // The plan ends at 2 s with answers of 1.9 s and 1.5 s still to come; told at 2.1 s that it was held since 1.99 s.
    DriverRig rig(openLoad(10, 2s), 500ms);
    rig.runUntil(2100ms);
    QVERIFY(!rig.isFinished());
    rig.setPace(1990ms, Pace::Held);
    rig.runUntil(60s);
    QVERIFY(!rig.isFinished());
    QCOMPARE(rig.iterations().dropped, 0u);
    rig.setPace(61s, Pace::Going); // 10 ms of the plan are left
    rig.runUntil(62s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().planned, 611u); // 10/s for 61.01 s: 610.1
}

void SteeredDriverTest::endsAnHourAfterItWasLeftInAPause()
{
    DriverRig rig(openLoad(10, 5s), 1ms);
    rig.runUntil(900ms);
    rig.setPace(1s, Pace::Paused);
    rig.runUntil(1h);
    QVERIFY(!rig.isFinished());
    rig.runUntil(1h + 1s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 10u);
}

void SteeredDriverTest::sharesOutByHandFromAnInstantOn()
{
    // Two flows of the same weight; from 1 s on the first has all, from 2 s on the second. What was planned before the
    // instant keeps its flow.
    for (const bool isOpen : {true, false}) {
        Scenario scenario = isOpen ? openLoad(100, 3s) : closedLoad(1, 3s);
        scenario.flows.push_back(scenario.flows[0]);
        scenario.flows[1].name = QStringLiteral("other");
        DriverRig rig(scenario, 10ms);
        rig.runUntil(950ms);
        rig.steer(1s, {{}, {}, {1.0, 0.0}});
        rig.runUntil(1950ms);
        rig.steer(2s, {{}, {}, {0.0, 1.0}});
        rig.runUntil(4s);
        QVERIFY(rig.planned(0, 0) > 0 && rig.planned(0, 1) > 0);
        QCOMPARE(rig.planned(0, 0) + rig.planned(0, 1), 100u);
        QCOMPARE(rig.planned(1, 0), 100u);
        QCOMPARE(rig.planned(1, 1), 0u);
        QCOMPARE(rig.planned(2, 0), 0u);
        QCOMPARE(rig.planned(2, 1), 100u);
    }
}

void SteeredDriverTest::stretchesThinkTimes()
{
    // One user that thinks 400 ms before its step, which takes 100 ms: every 500 ms. Factor 0.25 from 1 s: every 200 ms.
    Scenario scenario = closedLoad(1, 3s);
    scenario.flows[0].steps[0].think = {400ms, 400ms};
    DriverRig rig(scenario, 100ms);
    rig.runUntil(990ms);
    rig.steer(1s, {{}, {}, {}, 0.25});
    rig.runUntil(1650ms);
    QCOMPARE(rig.sends(), (Times{400, 900, 1100, 1300, 1500}));
    rig.steer(1700ms, {{}, {}, {}, 0.0});
    rig.runUntil(2s - 1ns);
    // The think time from 1.6 s to 1.7 s had begun.
    QCOMPARE(rig.sends(), (Times{1700, 1800, 1900}));
}

void SteeredDriverTest::stretchesPaces()
{
    // Every 500 ms; from 1 s on every 1 s.
    Scenario scenario = closedLoad(1, 5s);
    scenario.flows[0].pace = 500ms;
    DriverRig rig(scenario, 100ms);
    rig.runUntil(950ms);
    rig.steer(1s, {{}, {}, {}, 2.0});
    rig.runUntil(6s);
    QCOMPARE(rig.sends(), (Times{0, 500, 1000, 2000, 3000, 4000}));
}

QTEST_GUILESS_MAIN(SteeredDriverTest)
#include "tst_steereddriver.moc"
