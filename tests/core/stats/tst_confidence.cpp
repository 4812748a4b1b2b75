// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/confidence.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

/// 10 us, 20 us, … count * 10 us.
HdrHistogram tens(int count)
{
    HdrHistogram histogram;
    for (int i = 1; i <= count; ++i)
        histogram.record(i * 10us);
    return histogram;
}

bool isNear(double value, double expected) { return std::abs(value - expected) < 1e-6; }

} // namespace

class ConfidenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void medianOf100LiesBetweenRanks40And61();
    void p99OfManyLiesBetweenTheRanksOfTheFormula();
    void samplesThatResembleEachOtherWidenTheInterval();
    void samplesThatResembleEachOtherAreFewer();
    void sharesOfTrialsThatResembleEachOtherAreLessCertain();
    void intervalOfAnEmptyHistogramIsOpen();
    void upperEndOfP99IsOpenBelow368Samples();
    void endsOfTheMedianAreOpenBelow6Samples();
    void needsMoreSamplesForHigherQuantiles_data();
    void needsMoreSamplesForHigherQuantiles();
    void shareIntervalIsWilsons_data();
    void shareIntervalIsWilsons();
    void shareOfNothingIsOpen();
};

void ConfidenceTest::medianOf100LiesBetweenRanks40And61()
{
    // n p = 50, sqrt(n p (1 - p)) = 5, times 1.96 = 9.80: floor(40.2) = 40 and ceil(59.8) + 1 = 61.
    const auto interval = quantileInterval(tens(100), 0.5);
    QVERIFY(interval.low && interval.high);
    QCOMPARE(*interval.low, 400us);
    QCOMPARE(*interval.high, 610us);
}

void ConfidenceTest::p99OfManyLiesBetweenTheRanksOfTheFormula()
{
    // 10,000 samples: one each of 1 us … 2000 us, five times. n p = 9900, sqrt(9900 * 0.01) = 9.9499, times 1.96
    // = 19.50: floor(9880.5) = 9880 and ceil(9919.5) + 1 = 9921; five samples a value: 9880 / 5 = 1976, 9921 / 5 up =
    // 1985.
    HdrHistogram histogram;
    for (int i = 1; i <= 2000; ++i)
        histogram.record(i * 1us, 5);
    const auto interval = quantileInterval(histogram, 0.99);
    QVERIFY(interval.low && interval.high);
    QCOMPARE(*interval.low, 1976us);
    QCOMPARE(*interval.high, 1985us);
}

void ConfidenceTest::samplesThatResembleEachOtherWidenTheInterval()
{
    // As above, four times as uncertain: 2 x 9.80 = 19.60, floor(30.4) = 30 and ceil(69.6) + 1 = 71.
    const auto interval = quantileInterval(tens(100), 0.5, 4.0);
    QVERIFY(interval.low && interval.high);
    QCOMPARE(*interval.low, 300us);
    QCOMPARE(*interval.high, 710us);
}

void ConfidenceTest::samplesThatResembleEachOtherAreFewer()
{
    // 23 samples at an effect of 4 are worth 5, of which not even the median can be bounded; 24 are worth 6.
    QVERIFY(!quantileInterval(tens(23), 0.5, 4.0).low);
    QVERIFY(!quantileInterval(tens(23), 0.5, 4.0).high);
    QVERIFY(quantileInterval(tens(24), 0.5, 4.0).low);
    QVERIFY(quantileInterval(tens(24), 0.5, 4.0).high);
}

void ConfidenceTest::sharesOfTrialsThatResembleEachOtherAreLessCertain()
{
    // 200 of 400 at an effect of 4 are as certain as 50 of 100.
    const auto interval = shareInterval(200, 400, 4.0);
    QVERIFY(interval.low && interval.high);
    QVERIFY(isNear(*interval.low, 0.4038315));
    QVERIFY(isNear(*interval.high, 0.5961685));
}

void ConfidenceTest::intervalOfAnEmptyHistogramIsOpen()
{
    const auto interval = quantileInterval(HdrHistogram(), 0.5);
    QVERIFY(!interval.low);
    QVERIFY(!interval.high);
}

void ConfidenceTest::upperEndOfP99IsOpenBelow368Samples()
{
    HdrHistogram histogram;
    histogram.record(1ms, 366);
    histogram.record(2ms);
    QVERIFY(!quantileInterval(histogram, 0.99).high);
    QVERIFY(quantileInterval(histogram, 0.99).low);

    histogram.record(1ms);
    const auto interval = quantileInterval(histogram, 0.99);
    QVERIFY(interval.high);
    QCOMPARE(*interval.high, 2ms); // the largest sample
}

void ConfidenceTest::endsOfTheMedianAreOpenBelow6Samples()
{
    // ln(0.025) / ln(0.5) = 5.32. With 6: floor(3 - 2.40) = 0 and ceil(3 + 2.40) + 1 = 7 mean the first and the last.
    QVERIFY(!quantileInterval(tens(5), 0.5).low);
    QVERIFY(!quantileInterval(tens(5), 0.5).high);
    const auto interval = quantileInterval(tens(6), 0.5);
    QVERIFY(interval.low && interval.high);
    QCOMPARE(*interval.low, 10us);
    QCOMPARE(*interval.high, 60us);
}

void ConfidenceTest::needsMoreSamplesForHigherQuantiles_data()
{
    QTest::addColumn<double>("quantile");
    QTest::addColumn<quint64>("samples");
    QTest::newRow("p50: 3.6889 / 0.69315 = 5.32") << 0.5 << quint64(6);
    QTest::newRow("p90: 3.6889 / 0.10536 = 35.01") << 0.9 << quint64(36);
    QTest::newRow("p99: 3.6889 / 0.010050 = 367.04") << 0.99 << quint64(368);
    QTest::newRow("p99.9: 3.6889 / 0.0010005 = 3687.04") << 0.999 << quint64(3688);
    QTest::newRow("p99.99") << 0.9999 << quint64(36887);
    QTest::newRow("p0") << 0.0 << quint64(1);
    QTest::newRow("p100 is never bounded") << 1.0 << quint64(UINT64_MAX);
}

void ConfidenceTest::needsMoreSamplesForHigherQuantiles()
{
    QFETCH(double, quantile);
    QFETCH(quint64, samples);
    QCOMPARE(minimumSamplesFor(quantile), samples);
}

void ConfidenceTest::shareIntervalIsWilsons_data()
{
    QTest::addColumn<quint64>("hits");
    QTest::addColumn<quint64>("of");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    // z^2 = 3.841459. No hits: high = z^2 / (n + z^2) = 3.841459 / 103.841459.
    QTest::newRow("0 of 100") << quint64(0) << quint64(100) << 0.0 << 0.0369935;
    // Centre 0.5, reach 1.959964 sqrt(0.25 / 100 + 3.841459 / 40000) / 1.03841459 = 0.0961685.
    QTest::newRow("50 of 100") << quint64(50) << quint64(100) << 0.4038315 << 0.5961685;
    // All hit: low = n / (n + z^2) = 10 / 13.841459.
    QTest::newRow("10 of 10") << quint64(10) << quint64(10) << 0.7224672 << 1.0;
}

void ConfidenceTest::shareIntervalIsWilsons()
{
    QFETCH(quint64, hits);
    QFETCH(quint64, of);
    QFETCH(double, low);
    QFETCH(double, high);
    const auto interval = shareInterval(hits, of);
    QVERIFY(interval.low && interval.high);
    QVERIFY2(isNear(*interval.low, low), qPrintable(QString::number(*interval.low, 'g', 10)));
    QVERIFY2(isNear(*interval.high, high), qPrintable(QString::number(*interval.high, 'g', 10)));
}

void ConfidenceTest::shareOfNothingIsOpen()
{
    QVERIFY(!shareInterval(0, 0).low);
    QVERIFY(!shareInterval(0, 0).high);
}

QTEST_GUILESS_MAIN(ConfidenceTest)
#include "tst_confidence.moc"
