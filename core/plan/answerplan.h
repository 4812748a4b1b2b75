// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"

namespace Headroom {

/// What a step of the plan asks of its answers: checks, what it extracts, whose they must be. Makes its request want
/// what these look at. `variables`: all that the scenario's steps extract.
void takeAnswers(Plan::Step &planned, const Scenario::Step &step, const Scenario::Target &target,
                 const std::vector<QString> &variables);

} // namespace Headroom
