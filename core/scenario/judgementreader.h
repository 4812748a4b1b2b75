// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads what a run is judged by into the scenario: rules, objectives, requirements, acceptance.
///
/// The rules of objectives and requirements stand behind those of the list, each text once; the place of a cell's rule
/// is the cell. Whether a rule can be read is seen when the run's steps are known.
void readJudgement(const FieldReader &root, Scenario &scenario, Problems &problems);

} // namespace Headroom
