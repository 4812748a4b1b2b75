// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rule.h"

namespace Headroom {

using enum Rule::Metric;

bool isLatency(Rule::Metric metric) { return metric == Quantile || metric == Min || metric == Max || metric == Mean; }

bool isProbeMetric(Rule::Metric metric)
{
    return metric == ProbeMean || metric == ProbeMax || metric == ProbeMin || metric == ProbeP95 || metric == ProbeLast
        || metric == ProbeGrowth;
}

bool hasInterval(Rule::Metric metric)
{
    return metric == Quantile || metric == Errors || metric == Rejected || metric == Share || metric == Dropped
        || metric == Late;
}

} // namespace Headroom
