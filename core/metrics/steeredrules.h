// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

namespace Headroom {

inline constexpr int kNoRule = -1; ///< Of an objective or requirement whose rule a hand has switched off.

/// The facts once a hand has changed the run's rules to these: objectives, requirements and what must be met besides the
/// acceptance go on naming theirs.
void replaceRules(RunFacts &facts, const QStringList &rules);

} // namespace Headroom
