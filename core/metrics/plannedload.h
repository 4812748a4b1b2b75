// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

namespace Headroom {

/// What the stages want just before a time of the plan: arrivals per second (open) or users (closed). The first stage's
/// start value counts before it, the last one's end value behind it; a stage whose length only a count decides keeps
/// its end value. 0 without stages.
double plannedLoadBefore(const RunFacts &facts, Nanoseconds planTime);

/// When the plan ends by itself; PlanTime::kNever when only a count ends it.
Nanoseconds plannedEnd(const RunFacts &facts);

} // namespace Headroom
