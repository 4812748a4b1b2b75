// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/yaml/yamlnode.h"

namespace Headroom {

/// Which changes are meant: those of profiles and environments, which must be made before one is chosen, or the others.
enum class OverrideOf { Profiles, Rest };

/// Applies changes from outside to the tree of a scenario, in their order. What they bring in is marked as their place.
void applyOverrides(YamlNode &root, const std::vector<ScenarioOverride> &overrides, OverrideOf which, Problems &problems);

} // namespace Headroom
