// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the load profile, and checks what the schema table cannot say: one kind of stages, lengths, what contradicts.
Scenario::Load readLoad(const FieldReader &fields, Problems &problems);

} // namespace Headroom
