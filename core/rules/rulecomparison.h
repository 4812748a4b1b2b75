// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemeasure.h"

namespace Headroom {

/// Whether a value keeps to the bounds. Values nearer than 1e-9 of each other are equal: 0.7 % is 7 in 1,000.
bool keepsTo(const Rule &rule, double value);

/// Whether even the favourable end of the interval breaks the bounds: violated beyond chance.
bool isSurelyViolated(const Rule &rule, const RuleMeasure &measure);
/// Whether the unfavourable end of the interval keeps to the bounds; nothing when that end is open.
std::optional<bool> isSurelyKept(const Rule &rule, const RuleMeasure &measure);

} // namespace Headroom
