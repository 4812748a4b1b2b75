// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/levelintegral.h"

#include <QTest>

using namespace Headroom;

class LevelIntegralTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sumsTheLevelOverTime();
    void beginsAnewWhenTaken();
    void whatComesLateTakesNothingAway();
};

void LevelIntegralTest::sumsTheLevelOverTime()
{
    const SteadyTime start{};
    LevelIntegral level(start);
    level.change(start + 100ms, 2); // 2 for 300 ms, 3 for 500 ms, 0 for 100 ms
    level.change(start + 400ms, 1);
    level.change(start + 900ms, -3);
    QCOMPARE(level.takeUntil(start + 1s), 0.6 + 1.5);
}

void LevelIntegralTest::beginsAnewWhenTaken()
{
    const SteadyTime start{};
    LevelIntegral level(start);
    level.change(start, 4);
    QCOMPARE(level.takeUntil(start + 1s), 4.0);
    QCOMPARE(level.takeUntil(start + 1500ms), 2.0);
    QCOMPARE(level.takeUntil(start + 1500ms), 0.0);
}

void LevelIntegralTest::whatComesLateTakesNothingAway()
{
    const SteadyTime start{};
    LevelIntegral level(start);
    level.change(start + 500ms, 1);
    level.change(start + 100ms, 1); // counts from 500 ms on
    QCOMPARE(level.takeUntil(start + 400ms), 0.0);
    QCOMPARE(level.takeUntil(start + 1s), 1.0);
}

QTEST_GUILESS_MAIN(LevelIntegralTest)
#include "tst_levelintegral.moc"
