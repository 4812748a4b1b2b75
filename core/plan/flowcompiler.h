// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/flowprogram.h"

#include <functional>

namespace Headroom {

/// Puts a step that is no group into a plan and says where it stands there. `groups`: names of those that it stands in,
/// the outermost first, as "checkout / pay"; empty outside of groups.
using AddStep = std::function<StepIndex(const Scenario::Step &step, const QString &groups)>;

/// Makes the program of a flow, with its steps in the order they are written.
FlowProgram compileFlow(const std::vector<Scenario::Step> &steps, const AddStep &addStep);

/// Makes names that come more than once tell the steps apart where groups do: "pay" becomes "checkout / pay". `groups`:
/// of each of the names, as for AddStep.
void qualifyNames(std::vector<QString *> names, const std::vector<QString> &groups);

/// Requests of an iteration, as far as the scenario says: chances count as shares, what is repeated until something
/// holds counts once, and all else is taken to be walked.
double expectedRequests(const std::vector<Scenario::Step> &steps);

} // namespace Headroom
