// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// Takes the actions that end the target out of a scenario whose target was replaced; none where it starts one all the
/// same. A warning on each.
Diagnostics leaveOutStops(Scenario &scenario);

/// Takes out the actions that wait for what only a left-out probe would tell. What is wrong with one anyway stays, for
/// checkActions(). `facts`: of the run; `wanted`: with the series of those probes. A warning on each.
Diagnostics leaveOutActions(Scenario &scenario, const RunFacts &facts, const RunFacts &wanted);

} // namespace Headroom
