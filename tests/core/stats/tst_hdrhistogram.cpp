// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/hdrhistogram.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Headroom;

namespace {

HdrHistogram of(std::initializer_list<Nanoseconds> values)
{
    HdrHistogram histogram;
    for (const Nanoseconds value : values)
        histogram.record(value);
    return histogram;
}

constexpr std::uint32_t kFull = 4'294'967'295;

} // namespace

class HdrHistogramTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasTheBucketsOfHdrHistogram_data();
    void hasTheBucketsOfHdrHistogram();
    void bucketsCoverTheRangeWithoutGap();
    void emptyOneAnswersZero();
    void keepsMinMaxAndMeanToTheNanosecond();
    void bucketsByTheNextMicrosecondAbove();
    void percentilesAreNeverBelowTheTrueOnes();
    void quantileUsesTheRankRoundedUp_data();
    void quantileUsesTheRankRoundedUp();
    void clampsAndCountsWhatIsOutside();
    void countsTheBordersOfTheRangeAsInside();
    void countsUpToAValue();
    void mergingEqualsRecordingBoth();
    void mergesWithItself();
    void resetLeavesAnEmptyOne();
    void fullCounterStaysFull();
    void mergingIntoAFullCounterKeepsTheMean();
    void restoresFromItsParts();
    void mergesPartsAsTheHistogramTheyAreOf();
    void refusesPartsThatContradict_data();
    void refusesPartsThatContradict();
};

void HdrHistogramTest::hasTheBucketsOfHdrHistogram_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<int>("index");
    QTest::addColumn<qint64>("lowest");
    QTest::addColumn<qint64>("highest");
    // Up to 2047 each value has its own counter; then 1,024 counters for each power of two.
    QTest::newRow("0") << qint64(0) << 0 << qint64(0) << qint64(0);
    QTest::newRow("1 us") << qint64(1) << 1 << qint64(1) << qint64(1);
    QTest::newRow("last single one") << qint64(2047) << 2047 << qint64(2047) << qint64(2047);
    QTest::newRow("first pair") << qint64(2048) << 2048 << qint64(2048) << qint64(2049);
    QTest::newRow("second of a pair") << qint64(2049) << 2048 << qint64(2048) << qint64(2049);
    QTest::newRow("last pair") << qint64(4095) << 3071 << qint64(4094) << qint64(4095);
    QTest::newRow("first four") << qint64(4096) << 3072 << qint64(4096) << qint64(4099);
    // 1 h: 2^31 <= 3.6e9 < 2^32, so width 2^21; 3.6e9 / 2^21 = 1716.6; 21 * 1024 + 1716 = 23,220.
    QTest::newRow("1 h") << qint64(3'600'000'000) << 23'220 << qint64(3'598'712'832) << qint64(3'600'809'983);
}

void HdrHistogramTest::hasTheBucketsOfHdrHistogram()
{
    QFETCH(qint64, microseconds);
    QFETCH(int, index);
    QFETCH(qint64, lowest);
    QFETCH(qint64, highest);
    QCOMPARE(HdrHistogram::counterIndex(microseconds), index);
    QCOMPARE(HdrHistogram::lowestOf(index), lowest);
    QCOMPARE(HdrHistogram::highestOf(index), highest);
}

void HdrHistogramTest::bucketsCoverTheRangeWithoutGap()
{
    std::int64_t next = 0;
    for (int i = 0; i < HdrHistogram::kCounterCount; ++i) {
        QCOMPARE(HdrHistogram::lowestOf(i), next);
        QCOMPARE(HdrHistogram::counterIndex(HdrHistogram::lowestOf(i)), i);
        QCOMPARE(HdrHistogram::counterIndex(HdrHistogram::highestOf(i)), i);
        next = HdrHistogram::highestOf(i) + 1;
    }
    QCOMPARE(next, std::int64_t(1) << 32);
}

void HdrHistogramTest::emptyOneAnswersZero()
{
    const HdrHistogram histogram;
    QVERIFY(histogram.isEmpty());
    QCOMPARE(histogram.min(), 0ns);
    QCOMPARE(histogram.max(), 0ns);
    QCOMPARE(histogram.meanNanoseconds(), 0.0);
    QCOMPARE(histogram.valueAtQuantile(0.5), 0ns);
    QCOMPARE(histogram.valueAtRank(1), 0ns);
    QCOMPARE(histogram.countAtOrBelow(1h), std::uint64_t(0));
}

void HdrHistogramTest::keepsMinMaxAndMeanToTheNanosecond()
{
    const HdrHistogram histogram = of({1'234'567ns, 7'654'321ns});
    QCOMPARE(histogram.min(), 1'234'567ns);
    QCOMPARE(histogram.max(), 7'654'321ns);
    QCOMPARE(histogram.meanNanoseconds(), 4'444'444.0); // 8,888,888 / 2
}

void HdrHistogramTest::bucketsByTheNextMicrosecondAbove()
{
    const HdrHistogram histogram = of({1'000'000ns, 1'000'001ns, 2ms});
    QCOMPARE(histogram.valueAtRank(1), 1'000us);
    QCOMPARE(histogram.valueAtRank(2), 1'001us);
    QCOMPARE(histogram.valueAtRank(3), 2ms);
}

void HdrHistogramTest::percentilesAreNeverBelowTheTrueOnes()
{
    // 10,000 values spread evenly over the powers of two from 1 us to 2^31 us; at most 1 us and 1/1024 above the true
    // ones.
    HdrHistogram histogram;
    std::vector<std::int64_t> values;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        values.push_back(std::int64_t(1000 * std::exp2(31 * unitInterval(randomAt(7, i)))));
        histogram.record(Nanoseconds(values.back()));
    }
    std::ranges::sort(values);
    for (int rank = 1; rank <= 10'000; ++rank) {
        const std::int64_t exact = values[std::size_t(rank - 1)];
        const std::int64_t reported = histogram.valueAtRank(std::uint64_t(rank)).count();
        QVERIFY(reported >= exact);
        QVERIFY(reported <= exact + exact / 1024 + 1000);
    }
}

void HdrHistogramTest::quantileUsesTheRankRoundedUp_data()
{
    QTest::addColumn<double>("quantile");
    QTest::addColumn<int>("rank");
    QTest::newRow("p0 is the first") << 0.0 << 1;
    QTest::newRow("below p0 is the first") << -1.0 << 1;
    QTest::newRow("not a number is the first") << std::nan("") << 1;
    QTest::newRow("p50") << 0.5 << 50;
    QTest::newRow("p50.1 is the next") << 0.501 << 51;
    QTest::newRow("p7: 0.07 * 100 lies a rounding error above 7") << 0.07 << 7;
    QTest::newRow("p99") << 0.99 << 99;
    QTest::newRow("p99.9") << 0.999 << 100;
    QTest::newRow("p100") << 1.0 << 100;
    QTest::newRow("above p100 is the last") << 2.0 << 100;
}

void HdrHistogramTest::quantileUsesTheRankRoundedUp()
{
    QFETCH(double, quantile);
    QFETCH(int, rank);
    HdrHistogram histogram;
    for (int i = 1; i <= 100; ++i) // value = rank, in us
        histogram.record(i * 1us);
    QCOMPARE(histogram.valueAtQuantile(quantile), rank * 1us);
}

void HdrHistogramTest::clampsAndCountsWhatIsOutside()
{
    const HdrHistogram histogram = of({-5ns, 0ns, 999ns, 1ms, 2h});
    QCOMPARE(histogram.count(), std::uint64_t(5));
    QCOMPARE(histogram.clamped(), std::uint64_t(4));
    QCOMPARE(histogram.min(), 0ns);
    QCOMPARE(histogram.max(), Nanoseconds(2h));
    QCOMPARE(histogram.valueAtRank(3), 1us);
    QCOMPARE(histogram.valueAtRank(5), Nanoseconds(2h));
    QCOMPARE(of({Nanoseconds::max(), Nanoseconds::min()}).clamped(), std::uint64_t(2));
}

void HdrHistogramTest::countsTheBordersOfTheRangeAsInside()
{
    QCOMPARE(of({1us, 1h}).clamped(), std::uint64_t(0));
    QCOMPARE(of({999ns, 1h + 1ns}).clamped(), std::uint64_t(2));
}

void HdrHistogramTest::countsUpToAValue()
{
    const HdrHistogram histogram = of({10us, 20us, 20us, 30us});
    QCOMPARE(histogram.countAtOrBelow(9us), std::uint64_t(0));
    QCOMPARE(histogram.countAtOrBelow(10us), std::uint64_t(1));
    QCOMPARE(histogram.countAtOrBelow(20us), std::uint64_t(3));
    QCOMPARE(histogram.countAtOrBelow(29us), std::uint64_t(3));
    QCOMPARE(histogram.countAtOrBelow(1h), std::uint64_t(4));
}

void HdrHistogramTest::mergingEqualsRecordingBoth()
{
    HdrHistogram merged = of({5us, 3ms, 2h});
    merged.merge(of({100ns, 3ms}));
    merged.merge(HdrHistogram());
    QVERIFY(merged == of({5us, 3ms, 2h, 100ns, 3ms}));
}

void HdrHistogramTest::mergesWithItself()
{
    HdrHistogram histogram = of({5us, 3ms});
    histogram.merge(histogram);
    QVERIFY(histogram == of({5us, 3ms, 5us, 3ms}));
}

void HdrHistogramTest::resetLeavesAnEmptyOne()
{
    HdrHistogram histogram = of({100ns, 5us, 3ms, 2h});
    histogram.reset();
    QVERIFY(histogram == HdrHistogram());
    histogram.record(4ms);
    QVERIFY(histogram == of({4ms}));
}

void HdrHistogramTest::fullCounterStaysFull()
{
    HdrHistogram histogram;
    histogram.record(1ms, kFull - 1);
    histogram.record(1ms, 5); // one fits
    histogram.record(1ms);
    QCOMPARE(histogram.counterAt(1000), kFull);
    QCOMPARE(histogram.count(), std::uint64_t(kFull));
    QCOMPARE(histogram.meanNanoseconds(), 1e6);
}

void HdrHistogramTest::mergingIntoAFullCounterKeepsTheMean()
{
    HdrHistogram histogram;
    histogram.record(1ms, kFull);
    HdrHistogram other;
    other.record(1ms, 10);
    histogram.merge(other);
    QCOMPARE(histogram.count(), std::uint64_t(kFull));
    QCOMPARE(histogram.meanNanoseconds(), 1e6);
}

void HdrHistogramTest::restoresFromItsParts()
{
    const HdrHistogram histogram = of({100ns, 5us, 5us, 2h});
    HdrHistogram restored = of({7ms});
    QVERIFY(restored.restore({{1, 1}, {5, 2}, {23'220, 1}}, histogram.totals()));
    QVERIFY(restored == histogram);
    QVERIFY(restored.restore({}, {}));
    QVERIFY(restored == HdrHistogram());
}

void HdrHistogramTest::mergesPartsAsTheHistogramTheyAreOf()
{
    const HdrHistogram parts = of({1us, 5us, 5us, 2h}); // counters 1, 5 and the last one
    HdrHistogram merged = of({7us, 5us});
    QVERIFY(merged.merge({{1, 1}, {5, 2}, {parts.lastUsed(), 1}}, parts.totals()));
    QVERIFY(merged == of({7us, 5us, 1us, 5us, 5us, 2h}));
    QVERIFY(merged.merge({}, {}));
    QVERIFY(!merged.merge({{1, 1}, {5, 3}}, parts.totals())); // none of 2 h
    QVERIFY(merged == of({7us, 5us, 1us, 5us, 5us, 2h})); // and nothing has changed
    // Into a counter with room for one more: half of the two that come, and half of their sum.
    HdrHistogram full;
    full.record(5us, 4'294'967'294U);
    HdrHistogram same = full;
    QVERIFY(full.merge({{5, 2}}, of({5us, 5us}).totals()));
    same.merge(of({5us, 5us}));
    QVERIFY(full == same);
    QCOMPARE(full.count(), 4'294'967'295U);
}

void HdrHistogramTest::refusesPartsThatContradict_data()
{
    using Counters = std::vector<std::pair<int, std::uint32_t>>;
    QTest::addColumn<Counters>("counters");
    QTest::addColumn<HdrHistogram::Totals>("totals");
    // Right would be: {5, 1}, {9, 1} with 5 us, 9 us, 14,000 ns, none clamped.
    const Counters counters{{5, 1}, {9, 1}};
    const auto totals = [](Nanoseconds min, Nanoseconds max, double sum, std::uint64_t clamped) {
        return HdrHistogram::Totals{.min = min, .max = max, .sumNanoseconds = sum, .clamped = clamped};
    };
    const auto right = totals(5us, 9us, 14'000, 0);
    QTest::newRow("index below 0") << Counters{{-1, 1}, {5, 1}, {9, 1}} << right;
    QTest::newRow("index beyond the last") << Counters{{5, 1}, {9, 1}, {23'552, 1}} << right;
    QTest::newRow("index twice") << Counters{{5, 1}, {5, 1}, {9, 1}} << totals(5us, 9us, 19'000, 0);
    QTest::newRow("falling index") << Counters{{9, 1}, {5, 1}} << right;
    QTest::newRow("counter of 0") << Counters{{5, 1}, {7, 0}, {9, 1}} << right;
    QTest::newRow("counter below 1 us") << Counters{{0, 1}, {9, 1}} << totals(0us, 9us, 9'000, 1);
    QTest::newRow("min in another bucket") << counters << totals(6us, 9us, 14'000, 0);
    QTest::newRow("max in another bucket") << counters << totals(5us, 10us, 14'000, 0);
    QTest::newRow("min below 0") << Counters{{1, 1}} << totals(-1ns, 1us, 0, 1);
    QTest::newRow("min above max") << Counters{{5, 2}} << totals(5us, 4'500ns, 9'500, 0);
    QTest::newRow("sum too small") << counters << totals(5us, 9us, 9'000, 0);
    QTest::newRow("sum too large") << counters << totals(5us, 9us, 19'000, 0);
    QTest::newRow("sum is no number") << counters << totals(5us, 9us, std::nan(""), 0);
    QTest::newRow("sum is infinite") << counters << totals(5us, 9us, INFINITY, 0);
    QTest::newRow("clamped, but all inside") << counters << totals(5us, 9us, 14'000, 1);
    QTest::newRow("outside, but none clamped") << Counters{{1, 1}} << totals(5ns, 5ns, 5, 0);
    QTest::newRow("more clamped than counted") << Counters{{1, 1}} << totals(5ns, 5ns, 5, 2);
    QTest::newRow("totals of nothing") << Counters{} << right;
}

void HdrHistogramTest::refusesPartsThatContradict()
{
    using Counters = std::vector<std::pair<int, std::uint32_t>>;
    QFETCH(Counters, counters);
    QFETCH(HdrHistogram::Totals, totals);
    HdrHistogram histogram = of({7ms});
    QVERIFY(!histogram.restore(counters, totals));
    QVERIFY(histogram == HdrHistogram());
}

QTEST_GUILESS_MAIN(HdrHistogramTest)
#include "tst_hdrhistogram.moc"
