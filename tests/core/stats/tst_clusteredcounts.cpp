// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/clusteredcounts.h"
#include "core/stats/confidence.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace Headroom;

namespace {

constexpr int kRuns = 500;

/// Standard normal, a function of its inputs (Box and Muller).
double normal(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0)
{
    const double radius = std::sqrt(2.0 * exponential(randomAt(seed, 2 * a, b)));
    return radius * std::cos(2.0 * std::numbers::pi * unitInterval(randomAt(seed, 2 * a + 1, b)));
}

struct Run
{
    HdrHistogram all;
    ClusteredCounts counts;
};

/// Lognormal latencies around 20 ms, `perSecond` a second for `seconds`. The logarithm's variance is 0.16: the part
/// `shared` of it is common to a second and goes over into the next by `memory` (an autoregressive process of first
/// order), the rest is each sample's own. Whatever the parts, quantile p lies at 20 ms x exp(0.4 z(p)).
Run runOf(std::uint64_t seed, int seconds, int perSecond, double shared, double memory)
{
    Run run;
    HdrHistogram second;
    double level = normal(seed, 1'000'000);
    for (int s = 0; s < seconds; ++s) {
        for (int i = 0; i < perSecond; ++i) {
            const double own = normal(seed, std::uint64_t(s), std::uint64_t(i) + 1);
            const double sum = std::sqrt(shared) * level + std::sqrt(1.0 - shared) * own;
            second.record(Nanoseconds(std::int64_t(20e6 * std::exp(0.4 * sum))));
        }
        run.counts.add(s, second);
        run.all.merge(second);
        second.reset();
        level = memory * level + std::sqrt(1.0 - memory * memory) * normal(seed, 2'000'000 + std::uint64_t(s));
    }
    return run;
}

struct Coverage
{
    int widened = 0;
    int plain = 0;
};

Coverage coverageOf(double quantile, double z, int seconds, double shared, double memory)
{
    const Nanoseconds truth(std::int64_t(20e6 * std::exp(0.4 * z)));
    const auto holds = [&](const Interval<Nanoseconds> &interval) {
        return interval.low.value_or(0ns) <= truth && truth <= interval.high.value_or(1h);
    };
    Coverage coverage;
    for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
        const Run run = runOf(seed, seconds, 30, shared, memory);
        coverage.widened += holds(quantileInterval(run.all, quantile, run.counts.effect(quantile)));
        coverage.plain += holds(quantileInterval(run.all, quantile));
    }
    return coverage;
}

HdrHistogram of(Nanoseconds value, std::uint32_t times)
{
    HdrHistogram histogram;
    histogram.record(value, times);
    return histogram;
}

} // namespace

class ClusteredCountsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsBySixteenthsOfAnOctave();
    void independentSamplesAreWorthThemselves();
    void theIntervalHoldsTheTruthNineteenTimesOutOfTwenty_data();
    void theIntervalHoldsTheTruthNineteenTimesOutOfTwenty();
    void aTargetThatIsSlowForWholeSecondsIsWorthItsSeconds();
    void oneBucketTellsNothing();
    void aDayTakesNoMoreThan512Stretches();
    void extremeTimesHaveABucket();
};

void ClusteredCountsTest::countsBySixteenthsOfAnOctave()
{
    // 1,024 us begins octave 10: bucket 160; a sixteenth is 64 us. 1,100 us lies in the second, 2,047 us in the last.
    HdrHistogram histogram;
    histogram.record(1024us, 2);
    histogram.record(1030us);
    histogram.record(1100us);
    histogram.record(2047us, 5);
    const std::vector<CoarseCount> expected{{160, 3}, {161, 1}, {175, 5}};
    QVERIFY(coarseCountsOf(histogram) == expected);
}

void ClusteredCountsTest::independentSamplesAreWorthThemselves()
{
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        sum += runOf(seed, 240, 30, 0.0, 0.0).counts.effect(0.95);
    QVERIFY2(sum / 50.0 < 1.3, qPrintable(QString::number(sum / 50.0)));
}

void ClusteredCountsTest::theIntervalHoldsTheTruthNineteenTimesOutOfTwenty_data()
{
    QTest::addColumn<double>("quantile");
    QTest::addColumn<double>("z");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<double>("shared");
    QTest::addColumn<double>("memory");
    QTest::addColumn<double>("plainAtMost"); ///< Share of runs whose plain interval holds the truth.
    QTest::newRow("median, independent") << 0.5 << 0.0 << 120 << 0.0 << 0.0 << 1.0;
    QTest::newRow("p95, independent") << 0.95 << 1.644854 << 120 << 0.0 << 0.0 << 1.0;
    QTest::newRow("median, seconds of their own") << 0.5 << 0.0 << 120 << 0.3 << 0.0 << 0.7;
    QTest::newRow("p95, seconds of their own") << 0.95 << 1.644854 << 120 << 0.3 << 0.0 << 0.85;
    QTest::newRow("median, memory of seconds") << 0.5 << 0.0 << 300 << 0.3 << 0.7 << 0.5;
    QTest::newRow("p95, memory of seconds") << 0.95 << 1.644854 << 300 << 0.3 << 0.7 << 0.7;
    QTest::newRow("p95, long memory in ten minutes") << 0.95 << 1.644854 << 600 << 0.2 << 0.9 << 0.6;
}

void ClusteredCountsTest::theIntervalHoldsTheTruthNineteenTimesOutOfTwenty()
{
    QFETCH(double, quantile);
    QFETCH(double, z);
    QFETCH(int, seconds);
    QFETCH(double, shared);
    QFETCH(double, memory);
    QFETCH(double, plainAtMost);
    const Coverage coverage = coverageOf(quantile, z, seconds, shared, memory);
    const QByteArray found = QByteArray::number(coverage.widened) + " widened, " + QByteArray::number(coverage.plain)
        + " plain of " + QByteArray::number(kRuns);
    qInfo("%s", found.constData());
    QVERIFY2(coverage.widened >= 0.90 * kRuns && coverage.widened <= 0.99 * kRuns, found.constData());
    QVERIFY2(coverage.plain <= plainAtMost * kRuns, found.constData());
}

void ClusteredCountsTest::aTargetThatIsSlowForWholeSecondsIsWorthItsSeconds()
{
    // Of 100 s every tenth is slow, all 50 requests of it: p95 rests on 10 slow seconds, not on 500 slow requests.
    ClusteredCounts counts;
    HdrHistogram all;
    for (int second = 0; second < 100; ++second) {
        const HdrHistogram times = of(second % 10 == 9 ? 200ms : 20ms, 50);
        counts.add(second, times);
        all.merge(times);
    }
    const double effect = counts.effect(0.95);
    QVERIFY2(effect > 5.0, qPrintable(QString::number(effect)));
    QVERIFY(quantileInterval(all, 0.95).low == 200ms);
    // A bare count of seconds would be 50; as they come at even distances, they are known a little better than that.
    QVERIFY(effect < 60.0);
}

void ClusteredCountsTest::oneBucketTellsNothing()
{
    ClusteredCounts counts;
    QCOMPARE(counts.effect(0.5), 1.0);
    for (int second = 0; second < 100; ++second)
        counts.add(second, of(20ms, 50));
    QCOMPARE(counts.effect(0.5), 1.0);
    QCOMPARE(counts.effect(0.99), 1.0);
}

void ClusteredCountsTest::aDayTakesNoMoreThan512Stretches()
{
    ClusteredCounts counts;
    for (int second = 0; second < 86'400; ++second)
        counts.add(second, of(second % 2 == 0 ? 10ms : 20ms, 3));
    QCOMPARE(counts.size(), 338u); // 86,400 / 256 = 337.5
    counts.add(86'399, of(1ms, 1)); // still the same stretch
    QCOMPARE(counts.size(), 338u);
}

void ClusteredCountsTest::extremeTimesHaveABucket()
{
    ClusteredCounts counts;
    HdrHistogram times;
    times.record(-1ns);
    times.record(0ns);
    times.record(100h);
    for (int second = 0; second < 20; ++second)
        counts.add(second, times);
    QVERIFY(counts.effect(0.5) >= 1.0);
    counts.add(-1, times);
    counts.add(INT_MAX, times);
    QVERIFY(counts.size() <= ClusteredCounts::kMaxClusters);
}

QTEST_GUILESS_MAIN(ClusteredCountsTest)
#include "tst_clusteredcounts.moc"
