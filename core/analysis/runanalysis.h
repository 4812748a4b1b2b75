// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/crossing.h"
#include "core/analysis/recovery.h"
#include "core/analysis/segments.h"
#include "core/metrics/loadchanges.h"

namespace Headroom {

/// What the seconds of a run tell together: its steady stretches, where a rising load broke a rule, and how long the
/// target took to get over an overload. The same for a run that is on and for a session that is read.
///
/// Memory: about 150 bytes a second, and for each selector of the first 50 rules what SlidingTimes says.
/// Thread: one.
class RunAnalysis
{
public:
    explicit RunAnalysis(RunFactsPtr facts);

    /// The rules of the run were changed by hand; holds from the next second on.
    void setRules(const QStringList &texts);
    /// Times and counts of one step in the second that ends next.
    void addStep(std::size_t step, const LatencySet &set) { m_judge.addStep(step, set); }
    /// Ends a second; in order. `all` and `sendLag`: what the frame's histograms add up to.
    void endSecond(const MetricsFrame &frame, const LatencySet &all, const HdrHistogram &sendLag);

    std::vector<Segment> segments() const { return findSegments(*m_facts, m_seconds, m_changes.times()); }
    std::vector<Crossing> crossings() const { return m_crossings.crossings(); }
    std::vector<Recovery> recoveries() const { return m_recoveries.recoveries(); }

private:
    bool isBroken(const std::vector<TrailingJudge::Standing> &standings);

    RunFactsPtr m_facts;
    std::vector<RunSecond> m_seconds;
    LoadChanges m_changes;
    TrailingJudge m_judge;
    std::vector<int> m_broken; // by rule: judged seconds in a row
    CrossingFinder m_crossings;
    RecoveryFinder m_recoveries;
};

} // namespace Headroom
