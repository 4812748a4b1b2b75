// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/steeredplan.h"

#include <QTest>

using namespace Headroom;

namespace {

constexpr LoadWish kPause{std::nullopt, true};

LoadWish wish(double value) { return {value, false}; }

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
    const PlanPtr paused = steeredPlan(written, written, 1s, kPause);
    QCOMPARE(weighted(paused).countBefore(10s), 10u);
    QCOMPARE(own(paused).countBefore(10s), 2u);
    // Resumed at 4 s: the numbers go on where they stood, the arrivals of three seconds are never made up for.
    const PlanPtr resumed = steeredPlan(*paused, written, 4s, {});
    QCOMPARE(weighted(resumed).plannedStart(9), 900ms);
    QCOMPARE(weighted(resumed).plannedStart(10), 4s);
    QCOMPARE(weighted(resumed).plannedStart(11), 4100ms);
    QCOMPARE(weighted(resumed).countBefore(10s), 70u);
    QCOMPARE(own(resumed).plannedStart(2), 4s);
    QCOMPARE(own(resumed).countBefore(10s), 14u);
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
    QVERIFY(!weighted(steeredPlan(*plan, written, 2s, kPause)).plannedStart(20));
}

QTEST_GUILESS_MAIN(SteeredPlanTest)
#include "tst_steeredplan.moc"
