// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/processstats.h"

#include <QByteArray>

namespace Headroom {

class RequestCounts;

/// What the practice target knows of itself at one moment.
struct TargetFigures
{
    int workers = 0;
    int inUse = 0;
    int queueDepth = 0;
    std::uint64_t cacheHits = 0;
    std::uint64_t cacheMisses = 0;
    std::int64_t leakedBytes = 0;
    double burntCpuSeconds = 0.0;
    double uptimeSeconds = 0.0;
    double startedUnixSeconds = 0.0; ///< Since 1970-01-01, UTC.
    bool isReady = true;
    bool isDegraded = false;
    ProcessStats process;
};

/// For GET /stats.
QByteArray jsonOf(const TargetFigures &figures, const RequestCounts &counts);
/// For GET /metrics, in the text format of Prometheus.
QByteArray metricsOf(const TargetFigures &figures, const RequestCounts &counts);

} // namespace Headroom
