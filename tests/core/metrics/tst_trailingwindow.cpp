// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/trailingwindow.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

class TrailingWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsNothingBeforeAFrame();
    void mergesAllStepsOfItsFrames();
    void forgetsWhatHasLeftTheWindow();
    void forgetsByTimeNotByNumberOfFrames();
    void keepsAFrameLongerThanItself();
};

void TrailingWindowTest::knowsNothingBeforeAFrame()
{
    const TrailingWindow window(10s);
    QVERIFY(!window.quantile(LatencyKind::Response, 0.5));
    QCOMPARE(window.latencies().counts.requests, 0U);
    QCOMPARE(window.covered(), Nanoseconds(0s));
}

void TrailingWindowTest::mergesAllStepsOfItsFrames()
{
    TrailingWindow window(10s);
    window.add(FrameBuilder(0).answered(0, 3, 2ms, 1ms));
    window.add(FrameBuilder(1).answered(1, 1, 8ms, 4ms));
    // Response times 2, 2, 2, 8 ms; service times 1, 1, 1, 4 ms.
    QCOMPARE(window.quantile(LatencyKind::Response, 0.75), Nanoseconds(2ms));
    QCOMPARE(window.quantile(LatencyKind::Response, 1.0), Nanoseconds(8ms));
    QCOMPARE(window.quantile(LatencyKind::Service, 1.0), Nanoseconds(4ms));
    QCOMPARE(window.latencies().counts.requests, 4U);
    QCOMPARE(window.covered(), Nanoseconds(2s));
}

void TrailingWindowTest::forgetsWhatHasLeftTheWindow()
{
    TrailingWindow window(2s);
    for (int second = 0; second < 4; ++second)
        window.add(FrameBuilder(second).answered(0, 1, (4 - second) * 1ms));
    // Seconds 2 and 3 are left, with 2 ms and 1 ms.
    QCOMPARE(window.latencies().counts.requests, 2U);
    QCOMPARE(window.quantile(LatencyKind::Response, 1.0), Nanoseconds(2ms));
}

void TrailingWindowTest::forgetsByTimeNotByNumberOfFrames()
{
    TrailingWindow window(10s);
    window.add(FrameBuilder(0).answered(0, 5, 1ms));
    window.add(FrameBuilder(10).answered(0, 1, 1ms)); // covers 10-11 s; the window begins at 1 s
    QCOMPARE(window.latencies().counts.requests, 1U);
}

void TrailingWindowTest::keepsAFrameLongerThanItself()
{
    TrailingWindow window(500ms);
    window.add(FrameBuilder(0).answered(0, 5, 1ms));
    QCOMPARE(window.latencies().counts.requests, 5U);
}

QTEST_GUILESS_MAIN(TrailingWindowTest)
#include "tst_trailingwindow.moc"
