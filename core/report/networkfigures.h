// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/clusteredcounts.h"
#include "core/stats/confidence.h"

#include <optional>

namespace Headroom {

/// Times from the send to the first byte in one window, over all steps: of the requests that have a service time.
struct FirstByteTimes
{
    HdrHistogram times;
    ClusteredCounts spread;

    /// 95 % interval of a percentile, as wide as samples that resemble each other make it.
    Interval<Nanoseconds> interval(double quantile) const;
};

/// What lay below the requests: first bytes, and connections that were opened.
struct NetworkFigures
{
    FirstByteTimes firstByte; ///< Over all seconds.
    FirstByteTimes measuredFirstByte;
    /// Over all seconds, as those that are kept are opened before anything is measured. Nothing: the run's transport
    /// cannot tell.
    std::optional<OpeningSet> openings;
    HdrHistogram secondsFirstByte; ///< Of the second that was added last.

    explicit NetworkFigures(const RunFacts &facts = {});
    /// Errors: InvalidInput for a damaged histogram.
    Result<void> add(const MetricsFrame &frame, LoadPiece piece);
};

/// "First byte: p50 0.8 ms, p95 1.2 ms, p99 3 ms after the send." Nothing without any; an asterisk marks a percentile
/// of too few samples.
QString firstByteText(const NetworkFigures &figures);
/// "Connections: 50 opened, 30 of them with an earlier TLS session; connect p50 0.1 ms, p99 0.4 ms; TLS p50 ..."
/// Nothing when the transport cannot tell.
QString openingsText(const NetworkFigures &figures);

} // namespace Headroom
