// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads target.start: a command of the scenario's own.
Scenario::Start readStart(const FieldReader &fields, Problems &problems);

/// Reads target.lines out of the target; what only HTTP has is reported.
Scenario::Lines readLinesTarget(const FieldReader &target, Problems &problems);

/// Reads the line of a step into its body; what only HTTP has is reported.
void readLine(const FieldReader &fields, Scenario::Step &step, Problems &problems);

} // namespace Headroom
