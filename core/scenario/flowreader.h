// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads the flows with their steps, and checks what the schema table cannot say.
std::vector<Scenario::Flow> readFlows(const std::vector<FieldReader> &items, Problems &problems);

/// Reads a single request beside the load.
Scenario::Call readCall(const FieldReader &fields, Problems &problems);

} // namespace Headroom
