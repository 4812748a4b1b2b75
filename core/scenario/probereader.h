// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the probes, and checks what the schema table cannot say.
/// `root` is the whole scenario: a probe of the practice target needs one.
std::vector<Scenario::Probe> readProbes(const FieldReader &root, Problems &problems);

} // namespace Headroom
