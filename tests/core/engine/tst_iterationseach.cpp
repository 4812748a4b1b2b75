// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

namespace {

Scenario eachLoad(std::vector<Scenario::Stage> stages, std::uint64_t each)
{
    Scenario scenario = closedLoad(1, 1s);
    scenario.load.stages = std::move(stages);
    scenario.load.iterationsEach = each;
    return scenario;
}

Scenario::Stage stage(double from, double to, Nanoseconds length)
{
    Scenario::Stage stage;
    stage.users = std::pair(from, to);
    stage.length = length;
    return stage;
}

} // namespace

/// A count for every user: when a user is done, and when the load is.
class IterationsEachTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyUserDoesItsCount();
    void theLoadEndsWithTheLastAnswer();
    void holdsForAnyNumberOfWorkers_data();
    void holdsForAnyNumberOfWorkers();
    void usersThatComeLaterDoTheirsToo();
    void usersThatHaveLeftAreNotWaitedFor();
    void timeEndsTheLoadAsWell();
    void nobodyWaitsBehindItsLastIteration();
    void graceBeginsOnlyWhenAllHaveBegunTheirLast();
    void usersBroughtInByHandDoTheirsToo();
    void aPauseIsNoEnd();
};

void IterationsEachTest::everyUserDoesItsCount()
{
    // 3 users, each 4 iterations of 10 ms: three requests at 0, 10, 20 and 30 ms.
    DriverRig rig(eachLoad({stage(3, 3, 0ns)}, 4), 10ms);
    rig.runUntil(2s);
    QCOMPARE(rig.sends(), (std::vector<int>{0, 0, 0, 10, 10, 10, 20, 20, 20, 30, 30, 30}));
    QCOMPARE(rig.iterations().completed, 12u);
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::theLoadEndsWithTheLastAnswer()
{
    DriverRig rig(eachLoad({stage(2, 2, 0ns)}, 3), 100ms);
    rig.runUntil(299ms);
    QVERIFY(!rig.isFinished());
    rig.runUntil(300ms);
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::holdsForAnyNumberOfWorkers_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<int>("workers");
    QTest::newRow("even") << 4 << 2;
    QTest::newRow("uneven") << 5 << 3;
    QTest::newRow("a worker without users") << 2 << 3;
}

void IterationsEachTest::holdsForAnyNumberOfWorkers()
{
    QFETCH(int, users);
    QFETCH(int, workers);
    DriverRig rig(eachLoad({stage(users, users, 0ns)}, 7), 10ms, workers);
    rig.runUntil(2s);
    QCOMPARE(rig.iterations().completed, std::uint64_t(7 * users));
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::usersThatComeLaterDoTheirsToo()
{
    // 0 to 3 users in 3 s, then 3: the second comes at 1 s, the third at 2 s; each does 2 iterations of 10 ms.
    DriverRig rig(eachLoad({stage(0, 3, 3s), stage(3, 3, 0ns)}, 2), 10ms, 2);
    rig.runUntil(1500ms);
    QVERIFY(!rig.isFinished());
    QCOMPARE(rig.sends(), (std::vector<int>{0, 10, 1000, 1010}));
    rig.runUntil(5s);
    QCOMPARE(rig.sends(), (std::vector<int>{2000, 2010}));
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::usersThatHaveLeftAreNotWaitedFor()
{
    // 4 users for 1 s, then 2: in 1 s, ten iterations of 100 ms each. The last two have left long before their 15.
    DriverRig rig(eachLoad({stage(4, 4, 1s), stage(2, 2, 0ns)}, 15), 100ms);
    rig.runUntil(3s);
    QCOMPARE(rig.iterations().completed, 2u * 15u + 2u * 10u);
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::timeEndsTheLoadAsWell()
{
    DriverRig rig(eachLoad({stage(2, 2, 35ms)}, 100), 10ms);
    rig.runUntil(2s);
    QCOMPARE(rig.sends(), (std::vector<int>{0, 0, 10, 10, 20, 20, 30, 30}));
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::nobodyWaitsBehindItsLastIteration()
{
    Scenario scenario = eachLoad({stage(1, 1, 0ns)}, 2);
    scenario.flows[0].pace = 500ms;
    DriverRig rig(scenario, 10ms);
    rig.runUntil(509ms);
    QVERIFY(!rig.isFinished());
    rig.runUntil(510ms); // the second began at 500 ms
    QCOMPARE(rig.sends(), (std::vector<int>{0, 500}));
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::graceBeginsOnlyWhenAllHaveBegunTheirLast()
{
    // With a grace of 1 s, iterations of 3 s come to their ends.
    Scenario scenario = eachLoad({stage(2, 2, 0ns)}, 2);
    scenario.load.grace = 1s;
    DriverRig rig(scenario, 3s, 2);
    rig.runUntil(7s);
    QCOMPARE(rig.iterations().completed, 4u);
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::usersBroughtInByHandDoTheirsToo()
{
    // 1 user with 10 iterations of 100 ms on one of two workers; at 0.5 s there are 3, on both.
    DriverRig rig(eachLoad({stage(1, 1, 0ns)}, 10), 100ms, 2);
    rig.runUntil(400ms);
    rig.steer(500ms, wish(3));
    rig.runUntil(5s);
    QCOMPARE(rig.iterations().completed, 30u);
    QVERIFY(rig.isFinished());
}

void IterationsEachTest::aPauseIsNoEnd()
{
    // 2 users with 10 iterations of 100 ms; paused from 0.45 s to 3 s, when each has done 5.
    DriverRig rig(eachLoad({stage(2, 2, 0ns)}, 10), 100ms);
    rig.runUntil(400ms);
    rig.setPace(450ms, PlanTime::Pace::Paused);
    rig.runUntil(2900ms);
    QCOMPARE(rig.iterations().started, 10u);
    QVERIFY(!rig.isFinished());
    rig.setPace(3s, PlanTime::Pace::Going);
    rig.runUntil(5s);
    QCOMPARE(rig.iterations().completed, 20u);
    QVERIFY(rig.isFinished());
}

QTEST_GUILESS_MAIN(IterationsEachTest)
#include "tst_iterationseach.moc"
