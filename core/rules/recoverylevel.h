// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/slidingtimes.h"

#include <algorithm>

namespace Headroom {

/// When a time counts as back at its level after an overload: for the rules on recovery and for what is found without
/// them. The level is that of the last 10 s before; what follows is taken over 5 s, at the beginning over 3.
struct RecoveryLevel
{
    static constexpr std::size_t kSecondsBefore = 10;
    static constexpr std::size_t kSecondsAfter = 5;
    static constexpr std::size_t kFewestSeconds = 3;
    static constexpr std::uint64_t kFewestSamples = 20; ///< Below, a p95 is the maximum.

    /// At most 10 % or 1 ms above the level.
    static bool isBackMs(double levelMs, double valueMs) { return valueMs <= levelMs + std::max(0.10 * levelMs, 1.0); }
    /// At most one percentage point above the level.
    static bool isBackShare(double level, double value) { return value <= level + 0.01; }
};

} // namespace Headroom
