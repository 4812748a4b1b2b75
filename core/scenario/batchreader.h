// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the batches of a load into `load`: as a count of iterations and one stage with the users that are under way at
/// most. What contradicts batches is reported.
void readBatches(const FieldReader &fields, Scenario::Load &load, Problems &problems);

} // namespace Headroom
