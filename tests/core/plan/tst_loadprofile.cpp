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
    void givesABorderToTheLaterPiece();
    void isContinuedByAnother_data();
    void isContinuedByAnother();
    void goesOnEndlesslyAfterAnother();
    void joinsWhatHoldsTheSame();
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

void LoadProfileTest::givesABorderToTheLaterPiece()
{
    // 10/s for 1 s, nothing for 5 s, 10/s: arrival 10 lies at the end of the first piece, so where the third begins.
    const LoadProfile profile({{1s, 10.0, 10.0}, {5s, 0.0, 0.0}, {1s, 10.0, 10.0}});
    QCOMPARE(profile.timeOfCumulative(9.0), 900ms);
    QCOMPARE(profile.timeOfCumulative(10.0), 6s);
    // Also when the sum of the pieces is off by a rounding error: 0.1 + 0.2 is a little more than 0.3.
    const LoadProfile off({{1s, 0.1, 0.1}, {1s, 0.2, 0.2}, {5s, 0.0, 0.0}, {1s, 0.7, 0.7}});
    QCOMPARE(off.timeOfCumulative(0.3), 7s);
}

void LoadProfileTest::isContinuedByAnother_data()
{
    QTest::addColumn<Nanoseconds>("at");
    QTest::addColumn<double>("before");
    QTest::addColumn<double>("after");
    QTest::addColumn<double>("area");
    // 10 for 10 s, then 0 to 100 in 10 s; continued by 4 for 5 s, then 8 for 15 s.
    QTest::newRow("from the start") << Nanoseconds(0s) << 0.0 << 4.0 << 4.0 * 5 + 8.0 * 15;
    QTest::newRow("inside a held piece") << Nanoseconds(2s) << 10.0 << 4.0 << 10.0 * 2 + 4.0 * 3 + 8.0 * 15;
    QTest::newRow("at a border") << Nanoseconds(10s) << 10.0 << 8.0 << 100.0 + 8.0 * 10;
    QTest::newRow("inside a ramp") << Nanoseconds(15s) << 50.0 << 8.0 << 100.0 + 125.0 + 8.0 * 5;
    QTest::newRow("at the end") << Nanoseconds(20s) << 100.0 << 0.0 << 600.0;
}

void LoadProfileTest::isContinuedByAnother()
{
    const LoadProfile first({{10s, 10.0, 10.0}, {10s, 0.0, 100.0}});
    const LoadProfile other({{5s, 4.0, 4.0}, {15s, 8.0, 8.0}});
    QFETCH(Nanoseconds, at);
    const LoadProfile made = first.continuedBy(other, at);
    QCOMPARE(made.end(), 20s);
    QFETCH(double, before);
    QVERIFY(std::abs(made.valueAt(at - 1ns) - before) < 1e-6);
    QTEST(made.valueAt(at), "after");
    QTEST(made.cumulativeAt(20s), "area");
    QCOMPARE(made.cumulativeAt(at), first.cumulativeAt(at));
}

void LoadProfileTest::goesOnEndlesslyAfterAnother()
{
    const LoadProfile endless({{LoadProfile::kEndless, 10.0, 10.0}});
    const LoadProfile stopped = endless.continuedBy(LoadProfile({{LoadProfile::kEndless, 0.0, 0.0}}), 2s);
    QCOMPARE(stopped.timeOfCumulative(19.0), 1900ms);
    QVERIFY(!stopped.timeOfCumulative(20.0)); // at 2 s it stands still
    QCOMPARE(stopped.nextStep(0ns), 2s);
    const LoadProfile again = stopped.continuedBy(endless, 5s);
    QCOMPARE(again.timeOfCumulative(20.0), 5s);
    QCOMPARE(again.timeOfCumulative(25.0), 5500ms);
    QCOMPARE(again.end(), LoadProfile::kEndless);
}

void LoadProfileTest::joinsWhatHoldsTheSame()
{
    const LoadProfile held({{10s, 5.0, 5.0}});
    QCOMPARE(held.continuedBy(held, 3s).nextStep(0ns), 10s); // one piece, not two
    const LoadProfile ramp({{4s, 0.0, 4.0}});
    QCOMPARE(ramp.continuedBy(LoadProfile({{4s, 2.0, 2.0}}), 2s).nextStep(2s), 4s);
}

QTEST_GUILESS_MAIN(LoadProfileTest)
#include "tst_loadprofile.moc"
