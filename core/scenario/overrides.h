// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/yaml/yamlnode.h"

namespace Headroom {

/// Applies changes from outside to the tree of a scenario, in their order. What they bring in is marked as their place.
void applyOverrides(YamlNode &root, const std::vector<ScenarioOverride> &overrides, Problems &problems);

} // namespace Headroom
