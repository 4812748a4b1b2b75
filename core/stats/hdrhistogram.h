// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace Headroom {

/// Counts of durations in log-linear buckets: three significant digits from 1 us to 1 h, in constant space.
///
/// Values below 1 us and above 1 h are clamped to the range and counted in clamped(); below 0 counts as 0. A value goes
/// into the bucket of the next whole microsecond above it, and percentiles are the highest value equivalent to the
/// bucket, never above max(): a percentile is never below the true value, unless that was beyond 1 h. Min, max and sum
/// are kept to the nanosecond besides the buckets. Percentiles of histograms are never averaged: merge, then ask.
///
/// A counter that is full (4,294,967,295) stays full; what no longer fits is left out of count() and of the mean.
/// Units: recorded in ns, bucketed in us. Memory: 23,552 counters of 32 bits, 92 KiB, from construction on.
/// Thread: one at a time. record() takes no lock and allocates nothing.
/// Source: Gil Tene's HdrHistogram, bucket layout with lowest 1, highest 3,600,000,000, 3 digits.
class HdrHistogram
{
public:
    static constexpr std::int64_t kLowestMicroseconds = 1;
    static constexpr std::int64_t kHighestMicroseconds = 3'600'000'000;
    static constexpr int kSubBucketCount = 2048;
    static constexpr int kSubBucketHalfCount = kSubBucketCount / 2;
    static constexpr int kBucketCount = 22;
    static constexpr int kCounterCount = (kBucketCount + 1) * kSubBucketHalfCount; ///< 23,552

    HdrHistogram();

    void record(Nanoseconds value) { record(value, 1); }
    void record(Nanoseconds value, std::uint32_t times);
    void merge(const HdrHistogram &other);
    void reset(); ///< Costs only what was used.

    std::uint64_t count() const { return m_count; }
    std::uint64_t clamped() const { return m_clamped; }
    bool isEmpty() const { return m_count == 0; }
    Nanoseconds min() const; ///< 0 when empty.
    Nanoseconds max() const; ///< 0 when empty.
    double meanNanoseconds() const; ///< From the exact sum; 0 when empty.
    /// The value at or below which `quantile` of the counts lie, by rank ceil(quantile * count), at least 1.
    /// Range: quantile 0 to 1. 0 when empty.
    Nanoseconds valueAtQuantile(double quantile) const;
    /// The value of the rank-th smallest sample, 1-based and clamped to 1..count(); the last one is max(). 0 when
    /// empty.
    Nanoseconds valueAtRank(std::uint64_t rank) const;
    /// How many samples are at or below `value`, to the precision of the buckets.
    std::uint64_t countAtOrBelow(Nanoseconds value) const;

    bool operator==(const HdrHistogram &) const = default;

    // For the codec and for tests.
    static int counterIndex(std::int64_t microseconds);
    static std::int64_t lowestOf(int counterIndex); ///< us
    static std::int64_t highestOf(int counterIndex); ///< us
    std::uint32_t counterAt(int index) const { return m_counters[std::size_t(index)]; }
    int firstUsed() const { return m_firstUsed; } ///< Lowest counter index above zero; kCounterCount when empty.
    int lastUsed() const { return m_lastUsed; } ///< Highest one; -1 when empty.
    /// What is kept besides the counters.
    struct Totals
    {
        Nanoseconds min{};
        Nanoseconds max{};
        double sumNanoseconds = 0.0;
        std::uint64_t clamped = 0;
    };
    Totals totals() const;
    using Counters = std::vector<std::pair<int, std::uint32_t>>; ///< Index and count, in rising order, none of them 0.
    /// Replaces all by these counters. Errors: false, and the histogram is empty, when the parts contradict.
    bool restore(const Counters &counters, const Totals &totals);
    /// Adds them, as merge() would add the histogram that they are of. Errors: false, and nothing has changed.
    bool merge(const Counters &counters, const Totals &totals);

private:
    void addTotals(std::uint64_t count, std::uint64_t added, const Totals &totals);

    std::vector<std::uint32_t> m_counters;
    std::uint64_t m_count = 0;
    std::uint64_t m_clamped = 0;
    std::int64_t m_minNanoseconds = INT64_MAX;
    std::int64_t m_maxNanoseconds = 0;
    double m_sumNanoseconds = 0.0;
    int m_firstUsed = kCounterCount;
    int m_lastUsed = -1;
};

} // namespace Headroom
