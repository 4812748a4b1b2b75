// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/scenario/profilechoice.h"
#include "core/scenario/templatescope.h"
#include "core/yaml/yamlnode.h"

namespace Headroom {

/// Lays the chosen profiles, in the order of their groups, and then the environment over the tree of a scenario.
/// All profiles and environments are checked by the schema table, also those that are not chosen: each for itself, and
/// what it makes of the parts of the scenario that it changes. Nothing more is to be said about places that have a
/// problem then.
/// Returns what was chosen; nothing after a problem with the choice, with the tree as it was.
ChosenProfiles applyProfiles(YamlNode &root, const ProfileChoice &choice, Problems &problems);

/// Counts vars as used that stand in a profile or an environment, chosen or not.
void useVarsOfProfiles(const YamlNode &root, TemplateScope &scope);

} // namespace Headroom
