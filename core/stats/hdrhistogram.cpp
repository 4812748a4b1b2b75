// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/hdrhistogram.h"

#include <QtAssert>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace Headroom {
namespace {

constexpr std::int64_t kLowestNanoseconds = HdrHistogram::kLowestMicroseconds * 1000;
constexpr std::int64_t kHighestNanoseconds = HdrHistogram::kHighestMicroseconds * 1000;
constexpr std::uint32_t kFullCounter = std::numeric_limits<std::uint32_t>::max();
constexpr int kSubBucketHalfBits = 10;
static_assert(1 << kSubBucketHalfBits == HdrHistogram::kSubBucketHalfCount);

bool isOutside(std::int64_t nanoseconds)
{
    return nanoseconds < kLowestNanoseconds || nanoseconds > kHighestNanoseconds;
}

/// Up to the next microsecond, so that no percentile is better than what was measured.
std::int64_t bucketedMicroseconds(std::int64_t nanoseconds)
{
    return (std::clamp(nanoseconds, kLowestNanoseconds, kHighestNanoseconds) + 999) / 1000;
}

int indexOf(std::int64_t nanoseconds) { return HdrHistogram::counterIndex(bucketedMicroseconds(nanoseconds)); }

/// Nothing when they are not in order, one of them is 0 or there is no such index.
std::optional<std::uint64_t> countOf(const HdrHistogram::Counters &counters)
{
    std::uint64_t sum = 0; // of at most 23,552 times 2^32
    int before = -1;
    for (const auto &[index, count] : counters) {
        if (index <= before || index >= HdrHistogram::kCounterCount || count == 0)
            return std::nullopt;
        before = index;
        sum += count;
    }
    return sum;
}

bool agree(const HdrHistogram::Counters &counters, std::uint64_t count, const HdrHistogram::Totals &totals)
{
    if (counters.empty())
        return totals.min == 0ns && totals.max == 0ns && totals.sumNanoseconds == 0.0 && totals.clamped == 0;
    const std::int64_t min = totals.min.count();
    const std::int64_t max = totals.max.count();
    if (min < 0 || min > max || indexOf(min) != counters.front().first || indexOf(max) != counters.back().first)
        return false;
    if (totals.clamped > count || (totals.clamped > 0) != (isOutside(min) || isOutside(max)))
        return false;
    constexpr double kSummingError = 1e-6; // doubles added one by one; far above what 10^12 of them lose
    return totals.sumNanoseconds >= double(min) * double(count) * (1.0 - kSummingError)
        && totals.sumNanoseconds <= double(max) * double(count) * (1.0 + kSummingError); // false for NaN
}

} // namespace

HdrHistogram::HdrHistogram()
    : m_counters(kCounterCount)
{
}

int HdrHistogram::counterIndex(std::int64_t microseconds)
{
    Q_ASSERT(microseconds >= 0);
    // Each bucket after the first holds values with one more bit and half as many counters, each twice as wide.
    const auto value = static_cast<std::uint64_t>(microseconds);
    const int bucket = std::bit_width(value | (kSubBucketCount - 1)) - (kSubBucketHalfBits + 1);
    const int subBucket = static_cast<int>(value >> bucket);
    return (bucket << kSubBucketHalfBits) + subBucket;
}

std::int64_t HdrHistogram::lowestOf(int counterIndex)
{
    const int bucket = std::max(0, (counterIndex >> kSubBucketHalfBits) - 1);
    return static_cast<std::int64_t>(counterIndex - (bucket << kSubBucketHalfBits)) << bucket;
}

std::int64_t HdrHistogram::highestOf(int counterIndex)
{
    const int bucket = std::max(0, (counterIndex >> kSubBucketHalfBits) - 1);
    return lowestOf(counterIndex) + (std::int64_t(1) << bucket) - 1;
}

void HdrHistogram::record(Nanoseconds value, std::uint32_t times)
{
    const std::int64_t nanoseconds = std::max<std::int64_t>(value.count(), 0);
    const int index = indexOf(nanoseconds);
    std::uint32_t &counter = m_counters[std::size_t(index)];
    const std::uint32_t added = std::min(times, kFullCounter - counter);
    if (added == 0) [[unlikely]]
        return;
    counter += added;
    m_count += added;
    m_clamped += isOutside(nanoseconds) ? added : 0;
    m_sumNanoseconds += static_cast<double>(nanoseconds) * added;
    m_minNanoseconds = std::min(m_minNanoseconds, nanoseconds);
    m_maxNanoseconds = std::max(m_maxNanoseconds, nanoseconds);
    m_firstUsed = std::min(m_firstUsed, index);
    m_lastUsed = std::max(m_lastUsed, index);
}

void HdrHistogram::merge(const HdrHistogram &other)
{
    if (other.isEmpty())
        return;
    const std::uint64_t othersCount = other.m_count; // `other` may be this very histogram
    const Totals othersTotals = other.totals();
    std::uint64_t added = 0;
    for (int i = other.m_firstUsed; i <= other.m_lastUsed; ++i) {
        std::uint32_t &counter = m_counters[std::size_t(i)];
        const std::uint32_t fitting = std::min(other.counterAt(i), kFullCounter - counter);
        counter += fitting;
        added += fitting;
    }
    addTotals(othersCount, added, othersTotals);
    m_firstUsed = std::min(m_firstUsed, other.m_firstUsed);
    m_lastUsed = std::max(m_lastUsed, other.m_lastUsed);
}

void HdrHistogram::reset()
{
    if (m_lastUsed >= m_firstUsed)
        std::fill(m_counters.begin() + m_firstUsed, m_counters.begin() + m_lastUsed + 1, 0u);
    m_count = 0;
    m_clamped = 0;
    m_minNanoseconds = INT64_MAX;
    m_maxNanoseconds = 0;
    m_sumNanoseconds = 0.0;
    m_firstUsed = kCounterCount;
    m_lastUsed = -1;
}

Nanoseconds HdrHistogram::min() const { return Nanoseconds(isEmpty() ? 0 : m_minNanoseconds); }

Nanoseconds HdrHistogram::max() const { return Nanoseconds(m_maxNanoseconds); }

double HdrHistogram::meanNanoseconds() const
{
    return isEmpty() ? 0.0 : m_sumNanoseconds / static_cast<double>(m_count);
}

Nanoseconds HdrHistogram::valueAtQuantile(double quantile) const
{
    if (!(quantile > 0.0)) // also not a number
        return valueAtRank(1);
    if (quantile >= 1.0)
        return max();
    // The product can lie a rounding error above a whole rank (0.07 * 100): that must not become the next rank.
    constexpr double kRoundingError = 4 * std::numeric_limits<double>::epsilon();
    const double rank = std::ceil(quantile * static_cast<double>(m_count) * (1.0 - kRoundingError));
    return valueAtRank(static_cast<std::uint64_t>(rank));
}

Nanoseconds HdrHistogram::valueAtRank(std::uint64_t rank) const
{
    if (rank >= m_count)
        return max();
    std::uint64_t left = std::max<std::uint64_t>(rank, 1);
    for (int i = m_firstUsed; i <= m_lastUsed; ++i) {
        const std::uint32_t here = counterAt(i);
        if (here >= left)
            return std::min(Nanoseconds(highestOf(i) * 1000), max());
        left -= here;
    }
    return max();
}

std::uint64_t HdrHistogram::countAtOrBelow(Nanoseconds value) const
{
    if (isEmpty() || value < min())
        return 0;
    if (value >= max())
        return m_count;
    const int last = std::min(indexOf(value.count()), m_lastUsed);
    std::uint64_t sum = 0;
    for (int i = m_firstUsed; i <= last; ++i)
        sum += counterAt(i);
    return sum;
}

HdrHistogram::Totals HdrHistogram::totals() const
{
    return {.min = min(), .max = max(), .sumNanoseconds = m_sumNanoseconds, .clamped = m_clamped};
}

bool HdrHistogram::restore(const Counters &counters, const Totals &totals)
{
    reset();
    return merge(counters, totals);
}

bool HdrHistogram::merge(const Counters &counters, const Totals &totals)
{
    const std::optional<std::uint64_t> count = countOf(counters);
    if (!count || !agree(counters, *count, totals))
        return false;
    if (counters.empty())
        return true;
    std::uint64_t added = 0;
    for (const auto &[index, others] : counters) {
        std::uint32_t &counter = m_counters[std::size_t(index)];
        const std::uint32_t fitting = std::min(others, kFullCounter - counter);
        counter += fitting;
        added += fitting;
    }
    addTotals(*count, added, totals);
    m_firstUsed = std::min(m_firstUsed, counters.front().first);
    m_lastUsed = std::max(m_lastUsed, counters.back().first);
    return true;
}

/// `added`: as many of `count` as had room.
void HdrHistogram::addTotals(std::uint64_t count, std::uint64_t added, const Totals &totals)
{
    m_count += added;
    m_clamped = std::min(m_clamped + totals.clamped, m_count);
    m_sumNanoseconds += added == count ? totals.sumNanoseconds : totals.sumNanoseconds * (double(added) / double(count));
    m_minNanoseconds = std::min<std::int64_t>(m_minNanoseconds, totals.min.count());
    m_maxNanoseconds = std::max<std::int64_t>(m_maxNanoseconds, totals.max.count());
}

} // namespace Headroom
