// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/rate.h"

#include <optional>

namespace Headroom {

/// The load as a hand has set it.
struct SteeredLoad
{
    std::optional<double> value{}; ///< Arrivals per second (open) or users (closed); nothing: as planned.
    bool isPaused = false;
    bool operator==(const SteeredLoad &) const = default;
};

/// The hand on the load of a run that is on.
///
/// A change takes effect at one instant, a little in the future and the same for all workers; it holds until the next
/// one or backToPlan(), is an event of the run, and never outlives the run's planned end; a run without one, which ends
/// with a count, ends an hour after it was first steered. While paused no iteration is
/// planned, flows with a rate of their own included, and the plan's time goes on; what was planned before still runs.
/// Values out of range are clamped. Outside of RunState::Running, and for the other model, all of it does nothing.
/// Thread: main.
class Steering
{
public:
    virtual ~Steering() = default;
    virtual void setRate(Rate rate) = 0;   ///< Open model; the weighted flows together. Range: 0 to kMaxSteeredRate.
    virtual void setUsers(int users) = 0;  ///< Closed model. Range: 0 to kMaxSteeredUsers.
    virtual void pause() = 0;
    virtual void resume() = 0;             ///< To what held before the pause or was set in it.
    virtual void backToPlan() = 0;         ///< Ends a pause too.
};

inline constexpr Rate kMaxSteeredRate = Rate::perSecond(1e6);
inline constexpr int kMaxSteeredUsers = 100'000;

} // namespace Headroom
