// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/hdrhistogram.h"
#include "core/stats/loadpiece.h"

#include <cstdint>
#include <vector>

namespace Headroom {

/// How many samples of a histogram lie in one of 16 buckets an octave; about 4.4 % wide.
struct CoarseCount
{
    std::uint16_t bucket = 0;
    std::uint32_t count = 0;
    bool operator==(const CoarseCount &) const = default;
};

/// A histogram's counts in coarse buckets, in rising order, without the empty ones.
std::vector<CoarseCount> coarseCountsOf(const HdrHistogram &histogram);

/// Keeps the samples of a histogram by stretches of time, coarsely, to tell how much its percentiles are worth.
///
/// A stretch is one second; from the 513th on, neighbours are put together and stretches are twice as long, as often as
/// needed. Memory: 8 bytes for each coarse bucket that was used in a stretch; with times over a decade at most about
/// 220 KiB, whether the run takes ten minutes or a week.
class ClusteredCounts
{
public:
    static constexpr std::size_t kMaxClusters = 512;

    /// Range: seconds come in order and from 0 on; one that comes again is added to.
    void add(int second, const std::vector<CoarseCount> &counts, LoadPiece piece = {});
    void add(int second, const HdrHistogram &histogram) { add(second, coarseCountsOf(histogram)); }
    void clear() { *this = {}; }

    /// How many times as uncertain the rank of a quantile is as with independent samples: designEffect() of the share
    /// of samples above the coarse bucket border that cuts the samples off nearest to it.
    ///
    /// 1 below 10 stretches, and when all samples lie in one coarse bucket: then the percentile is known to 4.4 %
    /// anyway. Range: quantile in (0, 1).
    double effect(double quantile) const;
    std::size_t size() const { return m_clusters.size(); }

private:
    struct Cluster
    {
        std::uint32_t index = 0;
        LoadPiece piece;
        std::vector<CoarseCount> counts;
    };
    void halve();
    int borderFor(double quantile) const;

    std::vector<Cluster> m_clusters;
    int m_shift = 0; // a stretch is 2^shift seconds
};

} // namespace Headroom
