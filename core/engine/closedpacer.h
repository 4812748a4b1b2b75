// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/plan/plan.h"

#include <optional>

namespace Headroom {

/// How many users of the closed model the plan wants, and which of them fall to one worker.
/// Worker i of n runs the users u with u mod n = i.
/// Thread: the worker's.
class ClosedPacer
{
public:
    ClosedPacer(PlanPtr plan, int worker, int workers, SteadyTime start);

    /// Users of the whole run that are wanted at a time; 0 from the plan's end on.
    int wantedUsers(SteadyTime time) const;
    /// The most that are wanted at any time from then on.
    int mostUsersFrom(SteadyTime time) const;
    bool isMine(int user) const { return user % m_workers == m_worker; }
    /// The next time at which the wanted number changes; nothing when it never does again.
    std::optional<SteadyTime> nextChange(SteadyTime after) const;
    /// Goes on with a plan that was steered.
    void steer(PlanPtr plan) { m_plan = std::move(plan); }

private:
    PlanPtr m_plan;
    int m_worker;
    int m_workers;
    SteadyTime m_start;
};

} // namespace Headroom
