// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/limitsearch.h"
#include "core/plan/plan.h"

namespace Headroom {

/// Steers a run that searches for its limit: turns what the search advises into plans.
/// Thread: one, that of the run.
class SearchPilot
{
public:
    /// What follows from a frame.
    struct Order
    {
        PlanPtr plan; ///< To run from now on; null: go on.
        std::vector<RunEvent> events;
        bool isOver = false;
    };
    /// Range: facts and plan of a run with a search.
    SearchPilot(RunFactsPtr facts, PlanPtr written);

    RunEvent begin() const { return m_search.begin(); }
    /// `now`: since the start of the run. A change takes effect at the start of the second that the search names, or a
    /// little later than now when the frame came late; the search then waits for a whole second at its rate.
    Order follow(const MetricsFrame &frame, Nanoseconds now);

private:
    LimitSearch m_search;
    const PlanPtr m_written;
    PlanPtr m_current;
    Nanoseconds m_changedAt{}; // the last instant; never goes back
};

} // namespace Headroom
