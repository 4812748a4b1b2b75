// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/clusteredcounts.h"
#include "core/stats/clusteredshare.h"
#include "core/stats/latencyset.h"

#include <array>

namespace Headroom {

/// How far the samples of one time resemble each other in one window of a report: what its intervals are widened by.
///
/// Memory: ClusteredCounts for each kind of latency that occurs, at most about 220 KiB each with times over a decade,
/// and 12 KiB for the errors: an hour costs no more than ten minutes.
struct BlockSpread
{
    /// One second's requests, coarsely.
    struct Second
    {
        std::array<std::vector<CoarseCount>, kLatencyKindCount> times;
        std::uint64_t errors = 0;
        std::uint64_t requests = 0;
    };
    static Second coarse(const LatencySet &set);

    std::array<ClusteredCounts, kLatencyKindCount> times;
    ClusteredShare errors;

    void add(int second, const Second &counts, LoadPiece piece);
};

} // namespace Headroom
