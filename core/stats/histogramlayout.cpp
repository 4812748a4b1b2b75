// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramlayout.h"

#include "core/stats/hdrhistogram.h"

#include <algorithm>
#include <bit>

namespace Headroom {

std::optional<HistogramLayout> HistogramLayout::of(int digits, std::int64_t lowest, std::int64_t highest)
{
    constexpr std::int64_t kHighest = HdrHistogram::kHighestMicroseconds;
    if (digits < 0 || digits > kOurDigits || lowest < 1 || lowest > kHighest || highest > kHighest
        || highest < 2 * lowest)
        return std::nullopt;
    std::uint64_t resolution = 2; // values told apart at the start of a bucket
    for (int i = 0; i < digits; ++i)
        resolution *= 10;
    HistogramLayout layout;
    layout.m_unitBits = std::bit_width(static_cast<std::uint64_t>(lowest)) - 1;
    layout.m_subBucketHalfBits = std::bit_width(resolution - 1) - 1;
    int buckets = 1;
    for (auto end = std::int64_t(2) << (layout.m_subBucketHalfBits + layout.m_unitBits); end <= highest; end *= 2)
        ++buckets;
    layout.m_counterCount = (buckets + 1) << layout.m_subBucketHalfBits;
    layout.m_isOurs = digits == kOurDigits && lowest == HdrHistogram::kLowestMicroseconds && highest == kHighest;
    return layout;
}

std::int64_t HistogramLayout::lowestOf(int counterIndex) const
{
    const int bucket = bucketOf(counterIndex);
    return std::int64_t(counterIndex - (bucket << m_subBucketHalfBits)) << (bucket + m_unitBits);
}

std::int64_t HistogramLayout::highestOf(int counterIndex) const
{
    return lowestOf(counterIndex) + (std::int64_t(1) << (bucketOf(counterIndex) + m_unitBits)) - 1;
}

int HistogramLayout::bucketOf(int counterIndex) const { return std::max(0, (counterIndex >> m_subBucketHalfBits) - 1); }

} // namespace Headroom
