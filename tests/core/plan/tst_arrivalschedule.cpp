// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/arrivalschedule.h"

#include <QTest>

using namespace Headroom;

class ArrivalScheduleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spacesArrivalsEvenly();
    void plansExactlyRateTimesLength_data();
    void plansExactlyRateTimesLength();
    void followsARamp();
    void stopsAtTheCount();
    void countsWhatItPlans();
};

namespace {

std::uint64_t plannedArrivals(const ArrivalSchedule &schedule)
{
    std::uint64_t count = 0;
    while (schedule.plannedStart(count))
        ++count;
    return count;
}

} // namespace

void ArrivalScheduleTest::spacesArrivalsEvenly()
{
    const ArrivalSchedule schedule(LoadProfile({{1s, 10.0, 10.0}}));
    for (int k = 0; k < 10; ++k)
        QCOMPARE(schedule.plannedStart(k), k * 100ms);
    QVERIFY(!schedule.plannedStart(10));
}

void ArrivalScheduleTest::plansExactlyRateTimesLength_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("arrivals");
    QTest::newRow("200/s for 5 s") << 200.0 << 5 << 1000;
    QTest::newRow("170/h for an hour") << 170.0 / 3600.0 << 3600 << 170;
    QTest::newRow("a third a second for 30 s") << 1.0 / 3.0 << 30 << 10;
    QTest::newRow("0.7/s for 10 s") << 0.7 << 10 << 7;
    QTest::newRow("one in two seconds for a second: at its start") << 0.5 << 1 << 1;
}

void ArrivalScheduleTest::plansExactlyRateTimesLength()
{
    QFETCH(double, rate);
    QFETCH(int, seconds);
    QFETCH(int, arrivals);
    const ArrivalSchedule schedule(LoadProfile({{std::chrono::seconds(seconds), rate, rate}}));
    QCOMPARE(plannedArrivals(schedule), std::uint64_t(arrivals));
}

void ArrivalScheduleTest::followsARamp()
{
    // 0 to 10/s over 10 s plans 50 arrivals; arrival k comes where t^2 / 2 = k: t = sqrt(2 k).
    const ArrivalSchedule schedule(LoadProfile({{10s, 0.0, 10.0}}));
    QCOMPARE(plannedArrivals(schedule), 50u);
    QCOMPARE(schedule.plannedStart(2), 2s);
    QCOMPARE(schedule.plannedStart(8), 4s);
    QCOMPARE(schedule.plannedStart(32), 8s);
}

void ArrivalScheduleTest::stopsAtTheCount()
{
    const ArrivalSchedule schedule(LoadProfile({{LoadProfile::kEndless, 10.0, 10.0}}), 25);
    QCOMPARE(plannedArrivals(schedule), 25u);
    QCOMPARE(schedule.plannedStart(24), 2400ms);
}

void ArrivalScheduleTest::countsWhatItPlans()
{
    const ArrivalSchedule schedule(LoadProfile({{10s, 0.0, 10.0}, {10s, 10.0, 10.0}}));
    for (const Nanoseconds time : {Nanoseconds(0ns), Nanoseconds(1ns), Nanoseconds(4s), Nanoseconds(10s), Nanoseconds(15s), Nanoseconds(20s)}) {
        std::uint64_t before = 0;
        while (schedule.plannedStart(before).value_or(1h) < time)
            ++before;
        QCOMPARE(schedule.countBefore(time), before);
    }
}

QTEST_GUILESS_MAIN(ArrivalScheduleTest)
#include "tst_arrivalschedule.moc"
