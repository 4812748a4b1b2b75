// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

#include <expected>

namespace Headroom {

/// Compiles a scenario that was read without errors. `feeds`: the rows of each of its feeds; without them, what needs
/// them cannot be rendered.
/// `target` replaces the scenario's (a practice target gets its port only when it runs); seed: where the scenario names
/// none. Errors: as diagnostics, for what only shows when parts are put together.
std::expected<PlanPtr, Diagnostics> compilePlan(const Scenario &scenario, const QUrl &target, std::uint64_t seed,
                                                const std::vector<FeedRowsPtr> &feeds = {});

/// Iterations under way at once in the open model when the scenario sets no cap.
inline constexpr int kDefaultUserCap = 1000;

} // namespace Headroom
