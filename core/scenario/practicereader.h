// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// target.practice: what the scenario says, as options of headroom-target.
Scenario::Practice readPractice(const FieldReader &fields, Problems &problems);

} // namespace Headroom
