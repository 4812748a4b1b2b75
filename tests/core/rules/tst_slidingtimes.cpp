// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/slidingtimes.h"

#include <QTest>

using namespace Headroom;

namespace {

HdrHistogram of(Nanoseconds value, std::uint32_t times)
{
    HdrHistogram histogram;
    histogram.record(value, times);
    return histogram;
}

} // namespace

class SlidingTimesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isEmptyAtFirst();
    void forgetsWhatIsOlderThanItsWindow();
    void isTheSameAsAHistogramOfItsSeconds();
    void sumsSeveralStepsOfASecond();
    void restartKeepsTheSecondUnderWay();
};

void SlidingTimesTest::isEmptyAtFirst()
{
    const SlidingTimes times(3);
    QCOMPARE(times.count(), 0u);
    QVERIFY(!times.quantileMs(0.5) && !times.meanMs() && !times.maxMs());
}

void SlidingTimesTest::forgetsWhatIsOlderThanItsWindow()
{
    SlidingTimes times(2);
    for (const Nanoseconds value : {100ms, 10ms, 20ms}) {
        times.add(of(value, 10));
        times.endSecond();
    }
    QCOMPARE(times.seconds(), 2u);
    QCOMPARE(times.count(), 20u);
    QCOMPARE(*times.maxMs(), 20.0);
    QCOMPARE(*times.meanMs(), 15.0);
}

void SlidingTimesTest::isTheSameAsAHistogramOfItsSeconds()
{
    SlidingTimes times(5);
    for (int second = 0; second < 20; ++second) {
        HdrHistogram ofSecond;
        for (int i = 1; i <= 50; ++i)
            ofSecond.record((second + 1) * i * 137us);
        times.add(ofSecond);
        times.endSecond();
    }
    HdrHistogram expected;
    for (int second = 15; second < 20; ++second) {
        for (int i = 1; i <= 50; ++i)
            expected.record((second + 1) * i * 137us);
    }
    for (const double quantile : {0.0, 0.01, 0.5, 0.95, 0.99, 1.0})
        QCOMPARE(*times.quantileMs(quantile), double(expected.valueAtQuantile(quantile).count()) / 1e6);
}

void SlidingTimesTest::sumsSeveralStepsOfASecond()
{
    SlidingTimes times(2);
    StepCounts counts;
    counts.requests.requests = 3;
    counts.requests.errors = 1;
    times.add(of(10ms, 1));
    times.add(counts);
    times.add(of(10ms, 2));
    times.add(counts);
    times.endSecond();
    QCOMPARE(times.count(), 3u);
    QCOMPARE(times.counts().requests.requests, 6u);
    QCOMPARE(times.counts().requests.errors, 2u);
}

void SlidingTimesTest::restartKeepsTheSecondUnderWay()
{
    SlidingTimes times(5);
    times.add(of(10ms, 1));
    times.endSecond();
    times.add(of(20ms, 1));
    times.restart();
    QCOMPARE(times.count(), 0u);
    times.endSecond();
    QCOMPARE(times.count(), 1u);
    QCOMPARE(*times.maxMs(), 20.0);
}

QTEST_GUILESS_MAIN(SlidingTimesTest)
#include "tst_slidingtimes.moc"
