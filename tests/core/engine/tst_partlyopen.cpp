// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

/// The partly open model: sessions arrive at a rate, and each walks its steps with pauses of its own.
class PartlyOpenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sessionsUnderWayAreRateTimesLength_data();
    void sessionsUnderWayAreRateTimesLength();
    void arrivalsDoNotWaitForSessions();
    void aDrainedSessionDoesNotThinkAnyMore();
    void laterStepsArePlannedFromTheEndOfTheStepBefore();
};

namespace {

/// Three requests of `answer` each, with a pause before the second and the third.
Scenario sessions(double rate, Nanoseconds length, Nanoseconds think)
{
    Scenario scenario = openLoad(rate, length);
    std::vector<Scenario::Step> &steps = scenario.flows[0].steps;
    steps.resize(3, steps.front());
    steps[1].think = {think, think, {}};
    steps[2].think = {think, think, {}};
    return scenario;
}

} // namespace

void PartlyOpenTest::sessionsUnderWayAreRateTimesLength_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("thinkMs");
    QTest::addColumn<std::uint64_t>("expected");
    // A session takes 3 x 100 ms and two pauses. The border of a second meets no start and no end: starts lie half an
    // interval off it.
    QTest::newRow("10/s x 1.3 s") << 10.0 << 500 << std::uint64_t(13);
    QTest::newRow("10/s x 2.3 s") << 10.0 << 1000 << std::uint64_t(23);
    QTest::newRow("20/s x 1.3 s") << 20.0 << 500 << std::uint64_t(26);
}

void PartlyOpenTest::sessionsUnderWayAreRateTimesLength()
{
    QFETCH(double, rate);
    QFETCH(int, thinkMs);
    QFETCH(std::uint64_t, expected);
    DriverRig rig(sessions(rate, 10s, std::chrono::milliseconds(thinkMs)), 100ms);
    rig.runUntil(9s);
    for (std::size_t second = 4; second < 8; ++second)
        QCOMPARE(rig.activeUsers(second), expected);
}

void PartlyOpenTest::arrivalsDoNotWaitForSessions()
{
    // Four sessions of 100 s begin in the first second, whatever became of those before.
    DriverRig rig(sessions(4.0, 1s, 50s), 100ms);
    rig.runUntil(2s);
    QCOMPARE(rig.sends().size(), 4u);
    QCOMPARE(rig.planned(0), 4u);
}

void PartlyOpenTest::aDrainedSessionDoesNotThinkAnyMore()
{
    // Its first request is under way from 0 ms to 100 ms; then it would think for 50 s.
    DriverRig rig(sessions(1.0, 1s, 50s), 100ms);
    rig.runUntil(50ms);
    rig.drain();
    QVERIFY(!rig.isFinished());
    rig.runUntil(200ms);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.sends().size(), 1u);
}

void PartlyOpenTest::laterStepsArePlannedFromTheEndOfTheStepBefore()
{
    // One session: sent at t, answered at t + 100 ms, next at t + 600 ms, answered at t + 700 ms, next at t + 1200 ms.
    DriverRig rig(sessions(1.0, 1s, 500ms), 100ms);
    rig.runUntil(5s);
    const std::vector<int> sends = rig.sends();
    QCOMPARE(sends.size(), 3u);
    QCOMPARE(sends[1] - sends[0], 600);
    QCOMPARE(sends[2] - sends[1], 600);
    QVERIFY(rig.isFinished());
}

QTEST_GUILESS_MAIN(PartlyOpenTest)
#include "tst_partlyopen.moc"
