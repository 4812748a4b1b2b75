// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/runsecond.h"

#include <algorithm>

namespace Headroom {

namespace {

double sumSeconds(const HdrHistogram &times) { return times.totals().sumNanoseconds / 1e9; }

} // namespace

std::optional<double> RunSecond::meanResponseMs() const
{
    return finished > 0.0 ? std::optional(responseSeconds * 1e3 / finished) : std::nullopt;
}

RunSecond secondOf(const MetricsFrame &frame, bool isOpenModel, const LatencySet &all, const HdrHistogram &sendLag)
{
    const double response = sumSeconds(all[LatencyKind::Response]);
    const double service = sumSeconds(all[LatencyKind::Service]);
    const double other = sumSeconds(all[LatencyKind::Rejected]) + sumSeconds(all[LatencyKind::Failed]);
    const double otherLag = std::clamp(sumSeconds(sendLag) - (response - service), 0.0, other);
    const FlowCounts iterations = frame.iterations();
    RunSecond second;
    second.second = frame.second;
    second.length = frame.length;
    second.stage = frame.stage;
    second.isMeasured = frame.isMeasured;
    second.isDrain = frame.isDrain;
    second.load = isOpenModel ? frame.offeredPerSecond : frame.plannedUsers;
    second.started = double(iterations.started);
    second.planned = double(iterations.planned);
    second.finished = double(all.counts.requests);
    second.responseSeconds = response + other;
    second.serviceSeconds = service + (other > 0.0 ? other - otherLag : 0.0);
    second.inFlightSeconds = frame.inFlightSeconds;
    second.backlogSeconds = frame.backlogSeconds;
    second.backlog = frame.backlog;
    second.users = frame.activeUsers;
    return second;
}

} // namespace Headroom
