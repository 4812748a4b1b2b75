// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/blockspread.h"

namespace Headroom {

BlockSpread::Second BlockSpread::coarse(const LatencySet &set)
{
    Second second;
    for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
        second.times[kind] = coarseCountsOf(set.histograms[kind]);
    second.errors = set.counts.errors;
    second.requests = set.counts.requests;
    return second;
}

void BlockSpread::add(int second, const Second &counts, LoadPiece piece)
{
    for (std::size_t kind = 0; kind < kLatencyKindCount; ++kind)
        times[kind].add(second, counts.times[kind], piece);
    errors.add(second, counts.errors, counts.requests, piece);
}

} // namespace Headroom
