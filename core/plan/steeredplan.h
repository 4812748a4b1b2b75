// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/plantime.h"
#include "core/plan/plan.h"

namespace Headroom {

/// What a hand wants the load to be.
struct LoadWish
{
    std::optional<double> value{}; ///< Arrivals per second of the weighted flows, or users; nothing: as written.
    PlanTime time{};               ///< Where in the plan the run is, and will be.
    std::vector<double> mix{};     ///< Weights of the weighted flows, in their order; empty: as written.
    double thinkFactor = 1.0;      ///< Of think times and paces.
};

/// A plan that is `current` up to an instant and what is wished from then on. It ends when the plan's own time has come
/// to its end (PlanTime::endOf).
///
/// Arrivals that are planned before the instant keep number, content and time; the numbers go on from there. Flows with
/// a rate of their own keep it, but for waits and jumps of the plan's time. Warm-up, cap and late policy stay as
/// written, and so do the stages, which lie in the plan's own time. `written`: the plan as it was compiled. Range: at
/// from 0 to the end of `current`.
PlanPtr steeredPlan(const Plan &current, const Plan &written, Nanoseconds at, const LoadWish &wish);

} // namespace Headroom
