// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"

#include <atomic>
#include <memory>
#include <optional>

namespace Headroom {

/// Closed model: the fixed count of iterations that ends a load early, of all users together or of each, over all
/// workers. Without one in the plan nothing is ever used up.
/// Thread: the worker's; the number begun is shared.
class IterationQuota
{
public:
    /// `begun`: iterations begun so far, over all workers.
    IterationQuota(PlanPtr plan, std::shared_ptr<std::atomic<std::uint64_t>> begun)
        : m_plan(std::move(plan))
        , m_begun(std::move(begun))
    {
    }

    /// Takes one iteration: how many were begun before, over all workers; 0 where nobody counts. Nothing: there was
    /// none left, on whichever worker.
    std::optional<std::uint64_t> take()
    {
        if (!m_plan->iterations && !m_plan->iterationsEach)
            return 0;
        const std::uint64_t begun = m_begun->fetch_add(1);
        return !m_plan->iterations || begun < *m_plan->iterations ? std::optional(begun) : std::nullopt;
    }
    /// Whether all iterations of the fixed count have begun, on whichever worker.
    bool isUsedUp() const { return m_plan->iterations && m_begun->load() >= *m_plan->iterations; }
    /// Whether a user that has begun so many has begun the iterations that each has to do.
    bool isUsedUpBy(std::uint64_t begunByUser) const
    {
        return m_plan->iterationsEach && begunByUser >= *m_plan->iterationsEach;
    }
    /// Whether as many have begun as so many users have to do. False while there are none: in a pause nobody is done.
    bool areAllBegun(int users) const
    {
        return m_plan->iterationsEach && users > 0 && m_begun->load() >= *m_plan->iterationsEach * std::uint64_t(users);
    }
    bool isOfEach() const { return m_plan->iterationsEach.has_value(); }

private:
    PlanPtr m_plan;
    std::shared_ptr<std::atomic<std::uint64_t>> m_begun;
};

} // namespace Headroom
