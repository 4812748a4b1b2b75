// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ceilingmeter.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

class CeilingMeterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isOneOverTheBusiestThreadsTimeForARequest();
    void saysNothingOfTooLittle_data();
    void saysNothingOfTooLittle();
};

namespace {

MetricsFrame second(int index, int requests, double busySeconds)
{
    MetricsFrame frame = FrameBuilder(index).answered(0, requests, 10ms);
    frame.process.busySeconds = busySeconds;
    return frame;
}

} // namespace

void CeilingMeterTest::isOneOverTheBusiestThreadsTimeForARequest()
{
    // 1,000 + 3,000 requests in 0.1 + 0.4 s of CPU: 125 us each, 8,000 in a second.
    CeilingMeter meter;
    meter.add(second(0, 1000, 0.1));
    meter.add(second(1, 3000, 0.4));
    QCOMPARE(meter.ratePerSecond(), 8000.0);
    QCOMPARE(meter.secondsPerRequest(), 125e-6);
}

void CeilingMeterTest::saysNothingOfTooLittle_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<double>("busySeconds"); // of one second
    QTest::addColumn<bool>("isKnown");
    QTest::newRow("no request") << 0 << 0.5 << false;
    QTest::newRow("no CPU known") << 100 << 0.0 << false;
    QTest::newRow("4.9 % in use") << 100 << 0.049 << false;
    QTest::newRow("5 % in use") << 100 << 0.05 << true;
}

void CeilingMeterTest::saysNothingOfTooLittle()
{
    QFETCH(int, requests);
    QFETCH(double, busySeconds);
    CeilingMeter meter;
    QVERIFY(!meter.ratePerSecond());
    QVERIFY(!meter.secondsPerRequest());
    meter.add(second(0, requests, busySeconds));
    QTEST(meter.ratePerSecond().has_value(), "isKnown");
}

QTEST_GUILESS_MAIN(CeilingMeterTest)
#include "tst_ceilingmeter.moc"
