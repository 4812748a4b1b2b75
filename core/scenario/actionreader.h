// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the actions with their ladders, and checks what the schema table cannot say; stages and conditions are the
/// planner's. Names of actions and rungs together are unique.
std::vector<Scenario::Action> readActions(const FieldReader &root, Problems &problems);

} // namespace Headroom
