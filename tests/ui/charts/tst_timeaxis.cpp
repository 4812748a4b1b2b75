// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timeaxis.h"

#include <QTest>

using namespace Headroom;

class TimeAxisTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsAllOfTheRun();
    void showsItsEnd();
    void showsWhatLiesAheadOfTheRunWithoutSqueezingIt();
    void staysWhereItWasZoomedTo();
    void keepsAZoomInsideOfTheRun();
    void zoomsAroundATime();
    void movesAZoomToATime();
};

namespace {

TimeAxis axisUntil(double end)
{
    TimeAxis axis;
    axis.setEnd(end);
    return axis;
}

} // namespace

void TimeAxisTest::showsAllOfTheRun()
{
    TimeAxis axis;
    QCOMPARE(axis.from(), 0.0);
    QCOMPARE(axis.to(), 10.0); // never less
    axis.setEnd(118.0);
    QCOMPARE(axis.from(), 0.0);
    QCOMPARE(axis.to(), 120.0); // steps of 10 s
}

void TimeAxisTest::showsItsEnd()
{
    TimeAxis axis = axisUntil(20.0);
    axis.setSpan(60.0);
    QCOMPARE(axis.from(), 0.0);
    QCOMPARE(axis.to(), 60.0); // room for what comes
    axis.setEnd(100.0);
    QCOMPARE(axis.from(), 40.0);
    QCOMPARE(axis.to(), 100.0);
    QVERIFY(axis.contains(40.0));
    QVERIFY(!axis.contains(39.0));
}

void TimeAxisTest::showsWhatLiesAheadOfTheRunWithoutSqueezingIt()
{
    TimeAxis axis;
    axis.setBehindEnd(3600.0);
    QCOMPARE(axis.to(), 60.0); // a minute before the run has begun
    axis.setEnd(25.0);
    QCOMPARE(axis.to(), 60.0);
    axis.setEnd(300.0);
    QCOMPARE(axis.to(), 600.0); // as much again
    axis.setEnd(3000.0);
    QCOMPARE(axis.to(), 3600.0); // no more than there is
    axis.setEnd(4000.0);
    QVERIFY(axis.to() >= 4000.0);
    axis.setSpan(60.0); // the end of the run, not of what is behind it
    QCOMPARE(axis.from(), 3940.0);
    QCOMPARE(axis.to(), 4000.0);
    axis.setSpan({});
    axis.setBehindEnd(20.0);
    axis.setEnd(30.0);
    QCOMPARE(axis.to(), 30.0);
}

void TimeAxisTest::staysWhereItWasZoomedTo()
{
    TimeAxis axis = axisUntil(100.0);
    axis.zoomTo(20.0, 40.0);
    axis.setEnd(200.0);
    axis.setSpan(60.0);
    QVERIFY(axis.isZoomed());
    QCOMPARE(axis.from(), 20.0);
    QCOMPARE(axis.to(), 40.0);
    axis.resetZoom();
    QCOMPARE(axis.from(), 140.0);
}

void TimeAxisTest::keepsAZoomInsideOfTheRun()
{
    TimeAxis axis = axisUntil(100.0);
    axis.zoomTo(-50.0, 30.0);
    QCOMPARE(axis.from(), 0.0);
    QCOMPARE(axis.to(), 30.0);
    axis.zoomTo(50.0, 50.2); // a second at least, around the same middle
    QCOMPARE(axis.from(), 49.6);
    QCOMPARE(axis.to(), 50.6);
    axis.zoomTo(-5.0, 500.0); // all of it is no zoom
    QVERIFY(!axis.isZoomed());
    axis.zoomTo(30.0, 20.0);
    QVERIFY(!axis.isZoomed());
}

void TimeAxisTest::zoomsAroundATime()
{
    TimeAxis axis = axisUntil(100.0);
    axis.zoomBy(2.0, 20.0); // 0-20 and 20-100 are halved
    QCOMPARE(axis.from(), 10.0);
    QCOMPARE(axis.to(), 60.0);
    axis.zoomBy(0.5, 20.0);
    QVERIFY(!axis.isZoomed());
    axis.zoomBy(-1.0, 20.0);
    QVERIFY(!axis.isZoomed());
}

void TimeAxisTest::movesAZoomToATime()
{
    TimeAxis axis = axisUntil(100.0);
    axis.zoomTo(20.0, 40.0);
    axis.reveal(45.0);
    QCOMPARE(axis.from(), 25.0);
    QCOMPARE(axis.to(), 45.0);
    axis.reveal(10.0);
    QCOMPARE(axis.from(), 10.0);
    QCOMPARE(axis.to(), 30.0);
    axis.reveal(20.0); // seen already
    QCOMPARE(axis.from(), 10.0);
}

QTEST_GUILESS_MAIN(TimeAxisTest)
#include "tst_timeaxis.moc"
