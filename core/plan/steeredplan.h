// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"

namespace Headroom {

/// What a hand wants the load to be.
struct LoadWish
{
    std::optional<double> value{}; ///< Arrivals per second of the weighted flows, or users; nothing: as written.
    bool isPaused = false; ///< Nothing is planned, whatever the value.
};

/// A plan that is `current` up to an instant and what is wished from then on, to the same planned end.
///
/// Arrivals that are planned before the instant keep number, content and time; the numbers go on from there. Flows with
/// a rate of their own keep it, and stand still only in a pause. Stages, warm-up, cap and late policy stay as written.
/// `written`: the plan as it was compiled, whose time has gone on. Range: at from 0 to the plan's end.
PlanPtr steeredPlan(const Plan &current, const Plan &written, Nanoseconds at, const LoadWish &wish);

} // namespace Headroom
