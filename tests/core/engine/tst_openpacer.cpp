// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/openpacer.h"
#include "core/plan/steeredplan.h"

#include <QTest>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

using namespace Headroom;

namespace {

/// 30/s for 10 s over two weighted flows (3 : 1), and a third flow with 5/s of its own.
PlanPtr somePlan(bool isPoisson = false)
{
    const auto spacing = [isPoisson](std::uint64_t stream) {
        return isPoisson ? ArrivalSpacing::poisson(7, stream) : ArrivalSpacing();
    };
    auto plan = std::make_shared<Plan>();
    plan->isOpenModel = true;
    plan->seed = 7;
    plan->length = 10s;
    plan->profile = LoadProfile({{10s, 30.0, 30.0}});
    plan->flows.resize(3);
    plan->flows[2].rate = Rate::perSecond(5);
    plan->streams.push_back({{{0}, {1}}, {0.75, 1.0}, ArrivalSchedule(LoadProfile({{10s, 30.0, 30.0}}), {}, spacing(0))});
    plan->streams.push_back({{{2}}, {1.0}, ArrivalSchedule(LoadProfile({{10s, 5.0, 5.0}}), {}, spacing(1))});
    return plan;
}

using Key = std::tuple<std::int64_t, int, std::uint64_t, std::uint64_t>; // planned, flow, content, user

std::multiset<Key> arrivalsOf(int workers, const PlanPtr &plan = somePlan(), const PlanPtr &steered = {})
{
    std::multiset<Key> arrivals;
    for (int worker = 0; worker < workers; ++worker) {
        OpenPacer pacer(plan, worker, workers, SteadyTime{});
        bool isSteered = !steered;
        while (pacer.nextPlanned()) {
            if (!isSteered && *pacer.nextPlanned() >= SteadyTime{} + 3s) {
                pacer.steer(steered);
                isSteered = true;
                continue;
            }
            const Arrival arrival = pacer.take();
            arrivals.insert({arrival.planned.time_since_epoch().count(), arrival.flow.value, arrival.content,
                             arrival.values.user});
        }
    }
    return arrivals;
}

} // namespace

class OpenPacerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesTheSameTrafficWithAnyNumberOfWorkers();
    void makesTheSamePoissonTrafficWithAnyNumberOfWorkers();
    void keepsPoissonArrivalsWhenSteered();
    void givesArrivalsInOrderOfTime();
    void keepsToTheWeights();
    void everyArrivalIsAUserOfItsOwn();
};

void OpenPacerTest::makesTheSameTrafficWithAnyNumberOfWorkers()
{
    const auto one = arrivalsOf(1);
    QCOMPARE(one.size(), 350u); // 30 x 10 + 5 x 10
    QVERIFY(arrivalsOf(2) == one);
    QVERIFY(arrivalsOf(3) == one);
    QVERIFY(arrivalsOf(7) == one);
}

void OpenPacerTest::makesTheSamePoissonTrafficWithAnyNumberOfWorkers()
{
    const PlanPtr plan = somePlan(true);
    const auto one = arrivalsOf(1, plan);
    QCOMPARE(one.size(), plan->streams[0].schedule.countBefore(10s) + plan->streams[1].schedule.countBefore(10s));
    QVERIFY(one.size() > 275 && one.size() < 425); // 350, standard deviation 18.7
    QVERIFY(one != arrivalsOf(1));
    QVERIFY(arrivalsOf(2, plan) == one);
    QVERIFY(arrivalsOf(3, plan) == one);
    QVERIFY(arrivalsOf(7, plan) == one);
}

void OpenPacerTest::keepsPoissonArrivalsWhenSteered()
{
    // From 4 s on 300/s of the weighted flows; the pacers learn of it at 3 s.
    const PlanPtr plan = somePlan(true);
    const PlanPtr steered = steeredPlan(*plan, *plan, 4s, {300.0});
    const auto before = arrivalsOf(1, plan);
    const auto after = arrivalsOf(1, plan, steered);
    const auto isEarly = [](const Key &key) { return std::get<0>(key) < 4'000'000'000; };
    const auto early = [&isEarly](const std::multiset<Key> &arrivals) {
        std::multiset<Key> some;
        std::ranges::copy_if(arrivals, std::inserter(some, some.end()), isEarly);
        return some;
    };
    QVERIFY(!early(before).empty());
    QVERIFY(early(after) == early(before));
    QVERIFY(after.size() > 5 * before.size()); // (120 + 1800 + 50) of (300 + 50)
    QVERIFY(arrivalsOf(2, plan, steered) == after);
    QVERIFY(arrivalsOf(3, plan, steered) == after);
}

void OpenPacerTest::givesArrivalsInOrderOfTime()
{
    OpenPacer pacer(somePlan(), 0, 1, SteadyTime{});
    SteadyTime before{};
    while (const auto planned = pacer.nextPlanned()) {
        QVERIFY(*planned >= before);
        before = *planned;
        QCOMPARE(pacer.take().planned, before);
    }
}

void OpenPacerTest::keepsToTheWeights()
{
    // 300 draws with a share of 0.75: standard deviation sqrt(300 x 0.75 x 0.25) = 7.5; four of them are 30.
    std::map<int, int> counts;
    for (const auto &[planned, flow, content, user] : arrivalsOf(1))
        ++counts[flow];
    QVERIFY(std::abs(counts[0] - 225) < 30);
    QCOMPARE(counts[0] + counts[1], 300);
    QCOMPARE(counts[2], 50);
}

void OpenPacerTest::everyArrivalIsAUserOfItsOwn()
{
    // Two streams: arrival k of the first is user 2 k, of the second 2 k + 1; 300 and 50 of them.
    std::set<std::uint64_t> users;
    std::set<std::uint64_t> expected;
    for (const auto &[planned, flow, content, user] : arrivalsOf(3))
        users.insert(user);
    for (std::uint64_t k = 0; k < 300; ++k)
        expected.insert(2 * k);
    for (std::uint64_t k = 0; k < 50; ++k)
        expected.insert(2 * k + 1);
    QVERIFY(users == expected);
}

QTEST_GUILESS_MAIN(OpenPacerTest)
#include "tst_openpacer.moc"
