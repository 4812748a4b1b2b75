// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/hdrhistogram.h"
#include "core/stats/sample.h"

#include <QByteArray>

#include <array>
#include <map>

namespace Headroom {

/// The four times that are kept of a step: which requests go into which is LANGUAGE's, section 3.
enum class LatencyKind : std::uint8_t { Response, Service, Rejected, Failed };
inline constexpr std::size_t kLatencyKindCount = 4;

/// Counters of requests: of one step in one second, or of any sum of those.
struct RequestCounts
{
    std::uint64_t requests = 0; ///< Finished: answered + rejected + errors.
    std::uint64_t answered = 0;
    std::uint64_t rejected = 0;
    std::uint64_t errors = 0;
    std::uint64_t censored = 0; ///< Errors that our clock ended; they stand in the response and service times.
    std::uint64_t resends = 0;
    std::uint64_t redirects = 0;
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    std::array<std::uint64_t, kFailureKindCount> byFailure{};
    std::map<int, std::uint64_t> byStatus{}; ///< Only statuses that occurred.

    RequestCounts &operator+=(const RequestCounts &other);
    bool operator==(const RequestCounts &) const = default;
};

/// Latencies and counts of one step while they are recorded or merged.
struct LatencySet
{
    std::array<HdrHistogram, kLatencyKindCount> histograms;
    RequestCounts counts;

    HdrHistogram &operator[](LatencyKind kind) { return histograms[std::size_t(kind)]; }
    const HdrHistogram &operator[](LatencyKind kind) const { return histograms[std::size_t(kind)]; }
};

/// The same as compact bytes: what crosses threads and lies in the session file.
struct EncodedLatencySet
{
    std::array<QByteArray, kLatencyKindCount> histograms; ///< encodeHistogram(); empty when nothing was recorded.
    RequestCounts counts;
};

/// Adds `from` to `into`. Errors: InvalidInput when bytes are damaged; `into` may then hold a part.
Result<void> mergeInto(LatencySet &into, const EncodedLatencySet &from);
EncodedLatencySet encode(const LatencySet &set);

} // namespace Headroom
