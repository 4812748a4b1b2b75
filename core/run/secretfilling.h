// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/preparation.h"
#include "core/secrets/secretfinder.h"

namespace Headroom {

/// A scenario as it can be planned without the values of its secrets: a mark stands for each of them.
Scenario withoutSecrets(const Scenario &scenario);

/// Puts the values of all its secrets into a prepared scenario, and plans it anew: what has secrets can be run then.
/// From here on the values are hidden in everything that the run tells.
/// Errors: InvalidInput when a value is missing or cannot stand where it is wanted.
Result<void> takeSecrets(Preparation &preparation, const SecretValues &values, std::uint64_t seed);

} // namespace Headroom
