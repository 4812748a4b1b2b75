// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

namespace Headroom {

/// Compiles the actions of a scenario into a plan whose stages are known; those of a ladder one behind the other.
/// Reports what can never be done: behind the end of the load, at a stage that there is none of, on no valid URL.
/// Conditions and expected effects need the run's facts and are checked with its rules.
void compileActions(Plan &plan, const Scenario &scenario, Diagnostics &problems);

} // namespace Headroom
