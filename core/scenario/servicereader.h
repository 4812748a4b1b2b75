// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads `services`: what must be there before the load begins.
std::vector<Scenario::Service> readServices(const FieldReader &root, Problems &problems);

} // namespace Headroom
