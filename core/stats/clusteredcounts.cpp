// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/clusteredcounts.h"

#include "core/stats/clusteredshare.h"

#include <QtAssert>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kPerOctave = 16;
constexpr int kBuckets = 32 * kPerOctave; // 1 us to 2^32 us, which is more than an hour

/// The coarse bucket of each of a histogram's counters: equal parts of an octave, so the same relative width all over.
int bucketOf(std::int64_t microseconds)
{
    if (microseconds <= 1)
        return 0;
    const int octave = int(std::bit_width(std::uint64_t(microseconds))) - 1;
    const std::int64_t floor = std::int64_t(1) << octave;
    return std::min(octave * kPerOctave + int((microseconds - floor) * kPerOctave / floor), kBuckets - 1);
}

void mergeInto(std::vector<CoarseCount> &into, const std::vector<CoarseCount> &from)
{
    std::vector<CoarseCount> merged;
    merged.reserve(std::max(into.size(), from.size()));
    auto one = into.begin();
    for (const CoarseCount &other : from) {
        while (one != into.end() && one->bucket < other.bucket)
            merged.push_back(*one++);
        merged.push_back(other);
        if (one != into.end() && one->bucket == other.bucket) {
            const std::uint64_t sum = std::uint64_t(one++->count) + other.count;
            merged.back().count = std::uint32_t(std::min<std::uint64_t>(sum, UINT32_MAX));
        }
    }
    merged.insert(merged.end(), one, into.end());
    into = std::move(merged);
}

} // namespace

std::vector<CoarseCount> coarseCountsOf(const HdrHistogram &histogram)
{
    std::vector<CoarseCount> counts;
    std::uint64_t sum = 0;
    for (int index = histogram.firstUsed(); index <= histogram.lastUsed(); ++index) {
        const std::uint32_t count = histogram.counterAt(index);
        if (count == 0)
            continue;
        const int bucket = bucketOf(HdrHistogram::lowestOf(index));
        if (counts.empty() || counts.back().bucket != bucket) {
            counts.push_back({std::uint16_t(bucket), 0});
            sum = 0;
        }
        sum += count;
        counts.back().count = std::uint32_t(std::min<std::uint64_t>(sum, UINT32_MAX));
    }
    return counts;
}

void ClusteredCounts::add(int second, const std::vector<CoarseCount> &counts, LoadPiece piece)
{
    if (counts.empty() || second < 0)
        return;
    std::uint32_t index = std::uint32_t(second) >> m_shift;
    while (m_clusters.size() >= kMaxClusters && m_clusters.back().index < index) {
        halve();
        index = std::uint32_t(second) >> m_shift;
    }
    if (!m_clusters.empty() && m_clusters.back().index >= index)
        mergeInto(m_clusters.back().counts, counts);
    else
        m_clusters.push_back({index, piece, counts});
}

void ClusteredCounts::halve()
{
    std::vector<Cluster> halved;
    halved.reserve(kMaxClusters);
    for (Cluster &cluster : m_clusters) {
        cluster.index /= 2;
        if (!halved.empty() && halved.back().index == cluster.index)
            mergeInto(halved.back().counts, cluster.counts);
        else
            halved.push_back(std::move(cluster));
    }
    m_clusters = std::move(halved);
    ++m_shift;
}

/// The bucket at whose upper border the share of samples above is nearest to that of the quantile, but neither none nor
/// all; -1 when there is no such.
int ClusteredCounts::borderFor(double quantile) const
{
    std::array<double, kBuckets> sums{};
    double all = 0.0;
    for (const Cluster &cluster : m_clusters) {
        for (const CoarseCount &count : cluster.counts) {
            sums[count.bucket] += count.count;
            all += count.count;
        }
    }
    int border = -1;
    double below = 0.0;
    double nearest = HUGE_VAL;
    for (int bucket = 0; bucket < kBuckets; ++bucket) {
        below += sums[std::size_t(bucket)];
        const double distance = std::abs(below / all - quantile);
        if (sums[std::size_t(bucket)] > 0.0 && below < all && distance < nearest) {
            nearest = distance;
            border = bucket;
        }
    }
    return border;
}

double ClusteredCounts::effect(double quantile) const
{
    Q_ASSERT(quantile > 0.0 && quantile < 1.0);
    const int border = borderFor(quantile);
    if (border < 0)
        return 1.0;
    std::vector<ClusterShare> shares;
    shares.reserve(m_clusters.size());
    for (const Cluster &cluster : m_clusters) {
        ClusterShare share{cluster.index, 0, 0, cluster.piece};
        for (const CoarseCount &count : cluster.counts) {
            share.of += count.count;
            share.hits += count.bucket > border ? count.count : 0;
        }
        shares.push_back(share);
    }
    return designEffect(shares);
}

} // namespace Headroom
