// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promquantile.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

/// Counts that were read while others were written may go back a little from one bucket to the next.
void makeMonotonic(std::vector<PromBucket> &buckets)
{
    double highest = 0.0;
    for (PromBucket &bucket : buckets)
        highest = bucket.count = std::max(bucket.count, highest);
}

} // namespace

std::optional<double> histogramQuantile(double share, std::vector<PromBucket> buckets)
{
    std::ranges::sort(buckets, {}, &PromBucket::upTo);
    if (buckets.size() < 2 || buckets.back().upTo != HUGE_VAL)
        return std::nullopt;
    makeMonotonic(buckets);
    const double observations = buckets.back().count;
    if (!(observations > 0.0))
        return std::nullopt;
    const double rank = share * observations;
    const auto last = buckets.end() - 1;
    const auto bucket =
        std::find_if(buckets.begin(), last, [rank](const PromBucket &one) { return one.count >= rank; });
    if (bucket == last)
        return (last - 1)->upTo;
    if (bucket == buckets.begin() && bucket->upTo <= 0.0)
        return bucket->upTo;
    const bool isFirst = bucket == buckets.begin();
    const double from = isFirst ? 0.0 : (bucket - 1)->upTo;
    const double before = isFirst ? 0.0 : (bucket - 1)->count;
    const double inside = bucket->count - before;
    return inside > 0.0 ? from + (bucket->upTo - from) * (rank - before) / inside : from;
}

} // namespace Headroom
