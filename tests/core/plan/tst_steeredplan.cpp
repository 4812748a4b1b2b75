// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/steeredplan.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

using Pace = PlanTime::Pace;

LoadWish wish(double value) { return {value}; }

LoadWish at(const PlanTime &time, std::optional<double> value = {}) { return {value, time}; }

/// 10/s for 10 s of a weighted flow, and a second flow with 2/s of its own.
Plan openPlan()
{
    Plan plan;
    plan.isOpenModel = true;
    plan.userCap = 5;
    plan.length = 10s;
    plan.profile = LoadProfile({{10s, 10.0, 10.0}});
    plan.flows = {{QStringLiteral("mix"), 1.0, 1.0, std::nullopt, {}},
                  {QStringLiteral("own"), 1.0, 0.0, Rate::perSecond(2), {}}};
    plan.streams.push_back({{{0}}, {1.0}, ArrivalSchedule(plan.profile)});
    plan.streams.push_back({{{1}}, {1.0}, ArrivalSchedule(LoadProfile({{10s, 2.0, 2.0}}))});
    return plan;
}

Plan closedPlan()
{
    Plan plan;
    plan.userCap = 4;
    plan.length = 10s;
    plan.profile = LoadProfile({{10s, 0.0, 4.0}});
    plan.flows = {{QStringLiteral("mix"), 1.0, 1.0, std::nullopt, {}}};
    plan.streams.push_back({{{0}}, {1.0}, ArrivalSchedule(LoadProfile())});
    return plan;
}

const ArrivalSchedule &weighted(const PlanPtr &plan) { return plan->streams[0].schedule; }

const ArrivalSchedule &own(const PlanPtr &plan) { return plan->streams[1].schedule; }

} // namespace

class SteeredPlanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatWasPlannedBefore();
    void setsTheWeightedFlowsOnly();
    void standsStillAltogetherInAPause();
    void goesBackToTheWrittenPlan();
    void leavesTheRestOfThePlanAlone();
    void raisesTheCapOfUsersAndNeverLowersIt();
    void keepsAFixedCount();
    void holdsARampWhereItIs();
    void holdsAValueByHand();
    void skipsToTheNextStage();
    void endsWhenTheLastStageIsSkipped();
    void endsAPlanWithoutAnEndWhenItsStageIsSkipped();
    void makesAStageLonger();
    void sharesOutFromAnInstantOn();
    void givesAFlowWithoutWeightNothing();
    void stretchesThinkTimesFromAnInstantOn();
};

void SteeredPlanTest::keepsWhatWasPlannedBefore()
{
    // 10/s until 1.25 s: 12.5 arrivals. 40/s from then: arrival 13 half an arrival later, 12.5 ms.
    const Plan written = openPlan();
    const PlanPtr plan = steeredPlan(written, written, 1250ms, wish(40));
    for (int k = 0; k <= 12; ++k)
        QCOMPARE(weighted(plan).plannedStart(k), k * 100ms);
    QCOMPARE(weighted(plan).plannedStart(13), 1262500us);
    QCOMPARE(weighted(plan).plannedStart(14), 1287500us);
    // 12.5 + 40 x 8.75 = 362.5: arrivals 0 to 362.
    QCOMPARE(weighted(plan).countBefore(10s), 363u);
    QCOMPARE(plan->profile.valueAt(2s), 40.0);
    QCOMPARE(plan->profile.end(), 10s);
}

void SteeredPlanTest::setsTheWeightedFlowsOnly()
{
    const Plan written = openPlan();
    const PlanPtr plan = steeredPlan(written, written, 1s, wish(0));
    QCOMPARE(weighted(plan).countBefore(10s), 10u);
    QCOMPARE(own(plan).countBefore(10s), 20u);
}

void SteeredPlanTest::standsStillAltogetherInAPause()
{
    const Plan written = openPlan();
    PlanTime time;
    time.setPace(1s, Pace::Paused);
    const PlanPtr paused = steeredPlan(written, written, 1s, at(time));
    QCOMPARE(weighted(paused).countBefore(20s), 10u);
    QCOMPARE(own(paused).countBefore(20s), 2u);
    QCOMPARE(paused->length, 1h + 1s);
    // Resumed at 4 s: the numbers go on where they stood, and so does the plan, which ends 3 s later.
    time.setPace(4s, Pace::Going);
    const PlanPtr resumed = steeredPlan(*paused, written, 4s, at(time));
    QCOMPARE(weighted(resumed).plannedStart(9), 900ms);
    QCOMPARE(weighted(resumed).plannedStart(10), 4s);
    QCOMPARE(weighted(resumed).plannedStart(11), 4100ms);
    QCOMPARE(weighted(resumed).countBefore(20s), 100u);
    QCOMPARE(own(resumed).plannedStart(2), 4s);
    QCOMPARE(own(resumed).countBefore(20s), 20u);
    QCOMPARE(resumed->length, 13s);
    QCOMPARE(resumed->profile.end(), 13s);
}

void SteeredPlanTest::goesBackToTheWrittenPlan()
{
    // 0 to 100/s in 10 s; 5/s from 2 to 6 s; then what was written for 6 s and later.
    Plan written = openPlan();
    written.profile = LoadProfile({{10s, 0.0, 100.0}});
    written.streams[0].schedule = ArrivalSchedule(written.profile);
    const PlanPtr steered = steeredPlan(written, written, 2s, wish(5));
    const PlanPtr back = steeredPlan(*steered, written, 6s, {});
    QCOMPARE(back->profile.valueAt(1s), 10.0);
    QCOMPARE(back->profile.valueAt(3s), 5.0);
    QCOMPARE(back->profile.valueAt(6s), 60.0);
    QCOMPARE(back->profile.valueAt(8s), 80.0);
    // 20 until 2 s, 20 until 6 s, (60 + 100) / 2 x 4 = 320.
    QCOMPARE(weighted(back).countBefore(10s), 360u);
}

void SteeredPlanTest::leavesTheRestOfThePlanAlone()
{
    Plan written = openPlan();
    written.late = Scenario::Late::Drop;
    written.seed = 9;
    written.stages = {{QStringLiteral("all"), 0s, 10s, 10.0, 10.0, true}};
    const PlanPtr plan = steeredPlan(written, written, 1s, wish(1000));
    QCOMPARE(plan->userCap, 5);
    QCOMPARE(plan->length, 10s);
    QCOMPARE(plan->seed, 9u);
    QVERIFY(plan->late == Scenario::Late::Drop);
    QVERIFY(plan->stages[0].isWarmUp);
    QCOMPARE(plan->stages[0].to, 10.0);
}

void SteeredPlanTest::raisesTheCapOfUsersAndNeverLowersIt()
{
    const Plan written = closedPlan();
    const PlanPtr more = steeredPlan(written, written, 5s, wish(9));
    QCOMPARE(more->userCap, 9);
    QCOMPARE(more->profile.valueAt(4s), 1.6);
    QCOMPARE(more->profile.valueAt(5s), 9.0);
    const PlanPtr fewer = steeredPlan(*more, written, 6s, wish(1));
    QCOMPARE(fewer->userCap, 9); // some of the nine may still be at work
    QCOMPARE(steeredPlan(*fewer, written, 7s, {})->profile.valueAt(10s - 1ns), written.profile.valueAt(10s - 1ns));
}

void SteeredPlanTest::keepsAFixedCount()
{
    // 25 arrivals at 10/s without an end: 10 in the first second, then the other 15 at 5/s.
    Plan written = openPlan();
    written.length = 0s;
    written.iterations = 25;
    written.profile = LoadProfile({{LoadProfile::kEndless, 10.0, 10.0}});
    written.streams = {{{{0}}, {1.0}, ArrivalSchedule(written.profile, 25)}};
    const PlanPtr plan = steeredPlan(written, written, 1s, wish(5));
    QCOMPARE(weighted(plan).plannedStart(10), 1s);
    QCOMPARE(weighted(plan).plannedStart(24), 3800ms);
    QVERIFY(!weighted(plan).plannedStart(25));
    QVERIFY(weighted(plan).isBeyondCount(25) && !weighted(plan).isBeyondCount(24));
    PlanTime time;
    time.setPace(2s, Pace::Paused);
    QVERIFY(!weighted(steeredPlan(*plan, written, 2s, at(time))).plannedStart(20));
}

void SteeredPlanTest::holdsARampWhereItIs()
{
    // 0 to 4 users in 10 s, held at 5 s: two users until 8 s, then on from there.
    const Plan written = closedPlan();
    PlanTime time;
    time.setPace(5s, Pace::Held);
    const PlanPtr held = steeredPlan(written, written, 5s, at(time));
    QCOMPARE(held->profile.valueAt(100s), 2.0);
    QCOMPARE(held->length, 1h + 5s);
    time.setPace(8s, Pace::Going);
    const PlanPtr released = steeredPlan(*held, written, 8s, at(time));
    QCOMPARE(released->profile.valueAt(7s), 2.0);
    QCOMPARE(released->profile.valueAt(8s), 2.0);
    QCOMPARE(released->profile.valueAt(10500ms), 3.0); // plan time 7.5 s
    QCOMPARE(released->length, 13s);
}

void SteeredPlanTest::holdsAValueByHand()
{
    const Plan written = openPlan();
    PlanTime time;
    time.setPace(2s, Pace::Held);
    const PlanPtr plan = steeredPlan(written, written, 2s, at(time, 30.0));
    QCOMPARE(plan->profile.valueAt(60s), 30.0);
    QCOMPARE(weighted(plan).countBefore(4s), 20u + 60u);
    QCOMPARE(own(plan).countBefore(4s), 8u); // its rate is held too
}

void SteeredPlanTest::skipsToTheNextStage()
{
    // 10/s for 10 s, then 50/s for 10 s; skipped at 3.05 s: 30.5 arrivals, arrival 31 half a gap of 20 ms later.
    Plan written = openPlan();
    written.length = 20s;
    written.profile = LoadProfile({{10s, 10.0, 10.0}, {10s, 50.0, 50.0}});
    written.streams[0].schedule = ArrivalSchedule(written.profile);
    PlanTime time;
    time.jump(3050ms, 10s);
    const PlanPtr plan = steeredPlan(written, written, 3050ms, at(time));
    QCOMPARE(weighted(plan).plannedStart(30), 3s);
    QCOMPARE(weighted(plan).plannedStart(31), 3060ms);
    QCOMPARE(plan->length, 13050ms);
    QCOMPARE(weighted(plan).countBefore(1min), 531u); // 30.5 + 500
}

void SteeredPlanTest::endsWhenTheLastStageIsSkipped()
{
    const Plan written = openPlan();
    PlanTime time;
    time.jump(3s, PlanTime::kNever);
    const PlanPtr plan = steeredPlan(written, written, 3s, at(time));
    QCOMPARE(plan->length, 3s);
    QCOMPARE(weighted(plan).countBefore(1min), 30u);
    QCOMPARE(own(plan).countBefore(1min), 6u);
}

void SteeredPlanTest::endsAPlanWithoutAnEndWhenItsStageIsSkipped()
{
    Plan written = openPlan();
    written.length = 0s;
    written.iterations = 1000;
    written.profile = LoadProfile({{LoadProfile::kEndless, 10.0, 10.0}});
    written.streams = {{{{0}}, {1.0}, ArrivalSchedule(written.profile, 1000)}};
    PlanTime time;
    time.jump(3s, PlanTime::kNever);
    const PlanPtr plan = steeredPlan(written, written, 3s, at(time));
    QCOMPARE(plan->length, 3s);
    QCOMPARE(weighted(plan).countBefore(1min), 30u);
}

void SteeredPlanTest::makesAStageLonger()
{
    // 0 to 4 users in 10 s, then 1 user for 5 s; 6 s more of the ramp: its four users stay.
    Plan written = closedPlan();
    written.length = 15s;
    written.profile = LoadProfile({{10s, 0.0, 4.0}, {5s, 1.0, 1.0}});
    PlanTime time;
    time.addWait(5s, 10s, 6s);
    const PlanPtr plan = steeredPlan(written, written, 5s, at(time));
    QCOMPARE(plan->profile.valueAt(7500ms), 3.0);
    QCOMPARE(std::ceil(plan->profile.valueAt(12s)), 4.0);
    QCOMPARE(plan->profile.valueAt(16s), 1.0);
    QCOMPARE(plan->length, 21s);
    QCOMPARE(plan->profile.end(), 21s);
}

void SteeredPlanTest::sharesOutFromAnInstantOn()
{
    Plan written = openPlan();
    written.flows = {{QStringLiteral("a"), 1.0, 0.5, std::nullopt, {}}, {QStringLiteral("b"), 1.0, 0.5, std::nullopt, {}}};
    written.streams = {{{{0}, {1}}, {0.5, 1.0}, ArrivalSchedule(written.profile)}};
    const PlanPtr plan = steeredPlan(written, written, 2s, {{}, {}, {9.0, 1.0}});
    const Plan::Stream &stream = plan->streams[0];
    QCOMPARE(stream.flowAt(0.6, 2s - 1ns).value, 1); // what was planned before keeps its flow
    QCOMPARE(stream.flowAt(0.6, 2s).value, 0);
    QCOMPARE(stream.flowAt(0.95, 2s).value, 1);
    const PlanPtr back = steeredPlan(*plan, written, 5s, {});
    QCOMPARE(back->streams[0].flowAt(0.6, 4s).value, 0);
    QCOMPARE(back->streams[0].flowAt(0.6, 5s).value, 1);
    QCOMPARE(weighted(back).countBefore(10s), 100u); // when they come does not change
}

void SteeredPlanTest::givesAFlowWithoutWeightNothing()
{
    Plan written = openPlan();
    written.flows.assign(3, {QStringLiteral("flow"), 1.0, 1.0 / 3.0, std::nullopt, {}});
    written.streams = {{{{0}, {1}, {2}}, {1.0 / 3.0, 2.0 / 3.0, 1.0}, ArrivalSchedule(written.profile)}};
    const PlanPtr plan = steeredPlan(written, written, 0s, {{}, {}, {0.0, 0.1, 0.0}});
    for (const double unit : {0.0, 0.5, 0.99999999999})
        QCOMPARE(plan->streams[0].flowAt(unit, 1s).value, 1);
}

void SteeredPlanTest::stretchesThinkTimesFromAnInstantOn()
{
    const Plan written = closedPlan();
    const PlanPtr slow = steeredPlan(written, written, 2s, {{}, {}, {}, 3.0});
    QCOMPARE(slow->thinkFactorAt(2s - 1ns), 1.0);
    QCOMPARE(slow->thinkFactorAt(2s), 3.0);
    const PlanPtr back = steeredPlan(*slow, written, 4s, {});
    QCOMPARE(back->thinkFactorAt(3s), 3.0);
    QCOMPARE(back->thinkFactorAt(4s), 1.0);
}

QTEST_GUILESS_MAIN(SteeredPlanTest)
#include "tst_steeredplan.moc"
