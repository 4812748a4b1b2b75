// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the profile of an action into it, and checks what the schema table cannot say. `target`: that of the scenario.
/// Expects `fields` to have a profile. Of a command, ${file} in it stays as it is written.
void readCapture(const FieldReader &fields, const FieldReader &target, Scenario::Action &action, Problems &problems);

/// Reads the dashboards of a scenario.
std::vector<std::pair<QString, QString>> readDashboards(const FieldReader &root, Problems &problems);

} // namespace Headroom
