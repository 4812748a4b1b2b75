// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/arrival.h"
#include "core/plan/plan.h"

#include <optional>
#include <vector>

namespace Headroom {

/// The arrivals of the open model that fall to one worker, in order of their planned starts.
/// Of every stream, worker i of n takes the arrivals k with (k + stream) mod n = i: the traffic does not depend on n.
/// Thread: the worker's.
class OpenPacer
{
public:
    OpenPacer(PlanPtr plan, int worker, int workers, SteadyTime start);

    /// When the next arrival is planned; nothing when there are no more.
    std::optional<SteadyTime> nextPlanned() const;
    /// Takes it. Needs one.
    Arrival take();
    /// Whether all fixed counts are taken: whatever comes, there is nothing more to do.
    bool isCountTaken() const;
    /// Goes on with a plan that was steered. Arrivals already taken stay taken and none is taken twice: when more were
    /// taken than the new plan wants by now (it was told late), the next waits until the plan has reached it.
    void steer(PlanPtr plan);

private:
    struct Cursor
    {
        std::size_t stream = 0;
        ArrivalCursor arrival; // its place does not change by steering
        std::optional<Nanoseconds> planned;
    };
    const Cursor *earliest() const;

    PlanPtr m_plan;
    int m_workers;
    SteadyTime m_start;
    std::vector<Cursor> m_cursors;
};

} // namespace Headroom
