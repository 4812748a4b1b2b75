// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

namespace Headroom {

/// What is wrong with conditions and expected effects of a plan's actions, and what could never come of them as
/// warnings; each at the place of its action.
Diagnostics checkActions(const Plan &plan, const RunFacts &facts);

/// What frames and reports need to know of a plan's actions.
std::vector<RunFacts::Action> actionFacts(const Plan &plan);

} // namespace Headroom
