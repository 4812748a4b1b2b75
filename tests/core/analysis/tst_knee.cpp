// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/knee.h"

#include <QTest>

#include <vector>

using namespace Headroom;

class KneeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhereTheCurveTurnsSteep();
    void namesTheRangeItWasLookedForIn();
    void aLineHasNone();
    void fewPointsHaveNone();
    void aFallingCurveHasNone();
};

void KneeTest::isWhereTheCurveTurnsSteep()
{
    // Scaled: (0, 0), (0.5, 0.0125), (0.75, 0.025), (1, 1). Below the chord by 0.4875 and 0.725.
    const std::vector<CurvePoint> points{{100, 20}, {150, 21}, {175, 22}, {200, 100}};
    const auto knee = kneeOf(points);
    QVERIFY(knee);
    QCOMPARE(knee->x, 175.0);
    QCOMPARE(knee->y, 22.0);
}

void KneeTest::namesTheRangeItWasLookedForIn()
{
    const std::vector<CurvePoint> points{{10, 1}, {20, 1}, {30, 1}, {40, 50}, {50, 100}};
    QCOMPARE(kneeOf(points), (Knee{30, 1, 10, 50}));
}

void KneeTest::aLineHasNone()
{
    const std::vector<CurvePoint> points{{1, 1}, {2, 2}, {3, 2.9}, {4, 4}, {5, 5}};
    QVERIFY(!kneeOf(points));
}

void KneeTest::fewPointsHaveNone()
{
    const std::vector<CurvePoint> points{{1, 1}, {2, 1}, {3, 100}};
    QVERIFY(!kneeOf(points));
    QVERIFY(!kneeOf({}));
}

void KneeTest::aFallingCurveHasNone()
{
    const std::vector<CurvePoint> falling{{1, 9}, {2, 5}, {3, 4}, {4, 3}};
    QVERIFY(!kneeOf(falling));
    const std::vector<CurvePoint> upright{{1, 1}, {1, 2}, {1, 3}, {1, 4}};
    QVERIFY(!kneeOf(upright));
}

QTEST_GUILESS_MAIN(KneeTest)
#include "tst_knee.moc"
