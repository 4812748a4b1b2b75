// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rule.h"

namespace Headroom {

using enum Rule::Metric;

bool isLatency(Rule::Metric metric) { return metric == Quantile || metric == Min || metric == Max || metric == Mean; }

bool isSeriesLevel(Rule::Metric metric)
{
    return metric == ProbeMean || metric == ProbeMax || metric == ProbeMin || metric == ProbeP95 || metric == ProbeLast;
}

bool isPerMinute(Rule::Metric metric) { return metric == ProbeSlope || metric == ProbeLeak; }

bool isProbeMetric(Rule::Metric metric)
{
    return isSeriesLevel(metric) || isPerMinute(metric) || metric == ProbeGrowth;
}

bool isObserved(Rule::Metric metric)
{
    return metric == HitRate || metric == ObservedMean || metric == ObservedMin || metric == ObservedMax
        || metric == ObservedQuantile;
}

bool isNetworkTime(Rule::Metric metric)
{
    return metric == NetworkMean || metric == NetworkMin || metric == NetworkMax || metric == NetworkQuantile;
}

bool hasInterval(Rule::Metric metric)
{
    return metric == Quantile || metric == Errors || metric == Rejected || metric == Share || metric == Dropped
        || metric == Late || metric == ProbeSlope || metric == HitRate || metric == ObservedQuantile
        || metric == NetworkQuantile;
}

} // namespace Headroom
