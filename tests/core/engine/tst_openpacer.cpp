// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/openpacer.h"

#include <QTest>

#include <map>
#include <set>

using namespace Headroom;

namespace {

/// 30/s for 10 s over two weighted flows (3 : 1), and a third flow with 5/s of its own.
PlanPtr somePlan()
{
    auto plan = std::make_shared<Plan>();
    plan->isOpenModel = true;
    plan->seed = 7;
    plan->length = 10s;
    plan->streams.push_back({{{0}, {1}}, {0.75, 1.0}, ArrivalSchedule(LoadProfile({{10s, 30.0, 30.0}}))});
    plan->streams.push_back({{{2}}, {1.0}, ArrivalSchedule(LoadProfile({{10s, 5.0, 5.0}}))});
    return plan;
}

using Key = std::tuple<std::int64_t, int, std::uint64_t>; // planned, flow, content

std::multiset<Key> arrivalsOf(int workers)
{
    std::multiset<Key> arrivals;
    for (int worker = 0; worker < workers; ++worker) {
        OpenPacer pacer(somePlan(), worker, workers, SteadyTime{});
        while (pacer.nextPlanned()) {
            const Arrival arrival = pacer.take();
            arrivals.insert({arrival.planned.time_since_epoch().count(), arrival.flow.value, arrival.content});
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
    void givesArrivalsInOrderOfTime();
    void keepsToTheWeights();
};

void OpenPacerTest::makesTheSameTrafficWithAnyNumberOfWorkers()
{
    const auto one = arrivalsOf(1);
    QCOMPARE(one.size(), 350u); // 30 x 10 + 5 x 10
    QVERIFY(arrivalsOf(2) == one);
    QVERIFY(arrivalsOf(3) == one);
    QVERIFY(arrivalsOf(7) == one);
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
    for (const auto &[planned, flow, content] : arrivalsOf(1))
        ++counts[flow];
    QVERIFY(std::abs(counts[0] - 225) < 30);
    QCOMPARE(counts[0] + counts[1], 300);
    QCOMPARE(counts[2], 50);
}

QTEST_GUILESS_MAIN(OpenPacerTest)
#include "tst_openpacer.moc"
