// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/latencyset.h"

#include "core/stats/histogramcodec.h"

namespace Headroom {

RequestCounts &RequestCounts::operator+=(const RequestCounts &other)
{
    requests += other.requests;
    answered += other.answered;
    rejected += other.rejected;
    errors += other.errors;
    censored += other.censored;
    resends += other.resends;
    redirects += other.redirects;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    for (std::size_t i = 0; i < kFailureKindCount; ++i)
        byFailure[i] += other.byFailure[i];
    for (const auto &[status, count] : other.byStatus)
        byStatus[status] += count;
    return *this;
}

Result<void> mergeInto(LatencySet &into, const EncodedLatencySet &from)
{
    for (std::size_t i = 0; i < kLatencyKindCount; ++i) {
        if (auto merged = mergeEncodedHistogram(from.histograms[i], into.histograms[i]); !merged)
            return merged;
    }
    into.counts += from.counts;
    return {};
}

EncodedLatencySet encode(const LatencySet &set)
{
    EncodedLatencySet encoded;
    for (std::size_t i = 0; i < kLatencyKindCount; ++i)
        encoded.histograms[i] = encodeHistogram(set.histograms[i]);
    encoded.counts = set.counts;
    return encoded;
}

} // namespace Headroom
