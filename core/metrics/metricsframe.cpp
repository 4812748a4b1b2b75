// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metricsframe.h"

namespace Headroom {

FlowCounts MetricsFrame::iterations() const
{
    FlowCounts sum;
    for (const FlowCounts &flow : flows)
        sum += flow;
    return sum;
}

RequestCounts MetricsFrame::requests() const
{
    RequestCounts sum;
    for (const EncodedLatencySet &step : steps)
        sum += step.counts;
    return sum;
}

} // namespace Headroom
