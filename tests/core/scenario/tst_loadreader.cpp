// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

/// How much load, and how long.
class LoadReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsShortLoads();
    void readsASine();
    void readsUsersAsCapWithRates();
    void runsUntilTheIterationsAreDone();
};

void LoadReaderTest::readsShortLoads()
{
    const auto open = scenarioOf(withLoad("{rate: 0/s to 600/min, users: 20, for: 1 min}")).load;
    QCOMPARE(open.stages.size(), 1u);
    QCOMPARE(open.stages[0].name, QStringLiteral("stage 1"));
    QCOMPARE(open.stages[0].rate->second.perSecond(), 10.0);
    QCOMPARE(open.stages[0].length, 60s);
    QVERIFY(!open.stages[0].users);
    QCOMPARE(*open.users, 20);
    const auto closed = scenarioOf(withLoad("{users: 0 to 100, for: 10 s}")).load;
    QCOMPARE(closed.stages.size(), 1u);
    QCOMPARE(*closed.stages[0].users, std::pair(0.0, 100.0));
    QVERIFY(!closed.stages[0].rate);
    QVERIFY(!closed.users);
}

void LoadReaderTest::readsASine()
{
    const auto load =
        scenarioOf(withLoad("{stages: [{rate: 50/s, for: 5 min, sine: {amplitude: 50/s, period: 1 min}}]}")).load;
    QCOMPARE(load.stages.at(0).sine->amplitude.perSecond(), 50.0);
    QCOMPARE(load.stages.at(0).sine->period, 1min);
    QCOMPARE(load.stages.at(0).rate->first.perSecond(), 50.0);
}

void LoadReaderTest::readsUsersAsCapWithRates()
{
    const auto load = scenarioOf(withLoad("{users: 7, stages: [{rate: 5/s, for: 1 s}]}")).load;
    QCOMPARE(*load.users, 7);
    QVERIFY(!load.stages[0].users);
}

void LoadReaderTest::runsUntilTheIterationsAreDone()
{
    const auto load = scenarioOf(withLoad("{iterations: 500, stages: [{users: 5, for: 1 s}, {users: 10}]}")).load;
    QCOMPARE(load.stages[1].length, 0ns);
    QCOMPARE(*load.iterations, 500u);
    QCOMPARE(scenarioOf(withLoad("{iterations: 5, rate: 1/s}")).load.stages[0].length, 0ns);
}

QTEST_GUILESS_MAIN(LoadReaderTest)
#include "tst_loadreader.moc"
