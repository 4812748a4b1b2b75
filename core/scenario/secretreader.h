// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// Reads `secrets`: a list of names, or a mapping of names to places ("env TOKEN", "file secrets/pw", "keyring
/// headroom/staging"). Values are not looked for.
std::vector<Scenario::Secret> readSecrets(const FieldReader &root, Problems &problems);

/// Warns of secrets that no text uses.
void reportUnusedSecrets(Scenario &scenario, Problems &problems);

} // namespace Headroom
