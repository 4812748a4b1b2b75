// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/searchpilot.h"

#include "core/plan/steeredplan.h"
#include "core/run/loadsteering.h"

#include <algorithm>

namespace Headroom {

SearchPilot::SearchPilot(RunFactsPtr facts, PlanPtr written)
    : m_search(std::move(facts))
    , m_written(std::move(written))
    , m_current(m_written)
{
}

SearchPilot::Order SearchPilot::follow(const MetricsFrame &frame, Nanoseconds now)
{
    LimitSearch::Advice advice = m_search.add(frame);
    Order order{nullptr, std::move(advice.events), advice.isOver};
    if (!advice.ratePerSecond || advice.isOver)
        return order;
    m_changedAt =
        std::max({advice.fromSecond * Nanoseconds(1s), now + LoadSteering::kLead, m_changedAt, Nanoseconds(0ns)});
    m_current = steeredPlan(*m_current, *m_written, m_changedAt, {.value = advice.ratePerSecond});
    order.plan = m_current;
    return order;
}

} // namespace Headroom
