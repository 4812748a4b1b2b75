// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/closedpacer.h"

#include <cmath>

namespace Headroom {

ClosedPacer::ClosedPacer(PlanPtr plan, int worker, int workers, SteadyTime start)
    : m_plan(std::move(plan))
    , m_worker(worker)
    , m_workers(workers)
    , m_start(start)
{
}

int ClosedPacer::wantedUsers(SteadyTime time) const
{
    return int(std::ceil(m_plan->profile.valueAt(time - m_start)));
}

int ClosedPacer::mostUsersFrom(SteadyTime time) const { return int(std::ceil(m_plan->profile.mostFrom(time - m_start))); }

std::optional<SteadyTime> ClosedPacer::nextChange(SteadyTime after) const
{
    const auto step = m_plan->profile.nextStep(after - m_start);
    return step ? std::optional(m_start + *step) : std::nullopt;
}

} // namespace Headroom
