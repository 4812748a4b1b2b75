// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/loadprofile.h"

#include <QTest>

using namespace Headroom;

class LoadProfileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdsAndRamps();
    void integratesPieceByPiece();
    void findsTheTimeOfAnAmount();
    void neverReachesMoreThanThereIs();
    void goesOnForeverWhenEndless();
    void stepsWhereTheWholeNumberChanges();
};

void LoadProfileTest::holdsAndRamps()
{
    const LoadProfile profile({{10s, 5.0, 5.0}, {10s, 0.0, 100.0}});
    QCOMPARE(profile.valueAt(-1ns), 0.0);
    QCOMPARE(profile.valueAt(0ns), 5.0);
    QCOMPARE(profile.valueAt(10s), 0.0); // a border belongs to the later piece
    QCOMPARE(profile.valueAt(15s), 50.0);
    QCOMPARE(profile.valueAt(20s), 0.0); // the end
    QCOMPARE(profile.end(), 20s);
}

void LoadProfileTest::integratesPieceByPiece()
{
    // 5 x 10 = 50; then a ramp 0 to 100: after 5 s 5 x 50 / 2 = 125, after 10 s 500.
    const LoadProfile profile({{10s, 5.0, 5.0}, {10s, 0.0, 100.0}});
    QCOMPARE(profile.cumulativeAt(0ns), 0.0);
    QCOMPARE(profile.cumulativeAt(4s), 20.0);
    QCOMPARE(profile.cumulativeAt(15s), 175.0);
    QCOMPARE(profile.cumulativeAt(20s), 550.0);
    QCOMPARE(profile.cumulativeAt(99s), 550.0);
}

void LoadProfileTest::findsTheTimeOfAnAmount()
{
    const LoadProfile profile({{10s, 5.0, 5.0}, {10s, 0.0, 100.0}, {10s, 100.0, 0.0}});
    QCOMPARE(profile.timeOfCumulative(0.0), 0s);
    QCOMPARE(profile.timeOfCumulative(20.0), 4s);
    QCOMPARE(profile.timeOfCumulative(175.0), 15s);
    // Falling: 550 + 375 is reached where 100 x - 5 x^2 = 375, x = 5 s.
    QCOMPARE(profile.timeOfCumulative(925.0), 25s);
}

void LoadProfileTest::neverReachesMoreThanThereIs()
{
    const LoadProfile profile({{10s, 5.0, 5.0}});
    QVERIFY(!profile.timeOfCumulative(50.0)); // reached only where the load is over
    QVERIFY(!LoadProfile().timeOfCumulative(0.0));
    QVERIFY(!LoadProfile({{10s, 0.0, 0.0}}).timeOfCumulative(1.0));
}

void LoadProfileTest::goesOnForeverWhenEndless()
{
    const LoadProfile profile({{LoadProfile::kEndless, 10.0, 10.0}});
    QCOMPARE(profile.end(), LoadProfile::kEndless);
    QCOMPARE(profile.timeOfCumulative(36'000.0), 1h);
    QCOMPARE(profile.valueAt(24h), 10.0);
    QVERIFY(!profile.nextStep(0ns));
}

void LoadProfileTest::stepsWhereTheWholeNumberChanges()
{
    // Users 0 to 4 over 4 s: the second user is wanted once the value has passed 1, just after 1 s.
    const LoadProfile rising({{4s, 0.0, 4.0}, {2s, 4.0, 4.0}});
    QCOMPARE(rising.nextStep(0ns), 1ns);
    QCOMPARE(rising.nextStep(1ns), 1s + 1ns);
    QCOMPARE(rising.nextStep(3s + 1ns), 4s);
    QCOMPARE(rising.nextStep(4s), 6s);
    QVERIFY(!rising.nextStep(6s));
    // 4 to 0 over 4 s: the fourth user is not wanted any more once the value is 3, at 1 s.
    const LoadProfile falling({{4s, 4.0, 0.0}});
    QCOMPARE(falling.nextStep(0ns), 1s + 1ns);
}

QTEST_GUILESS_MAIN(LoadProfileTest)
#include "tst_loadprofile.moc"
