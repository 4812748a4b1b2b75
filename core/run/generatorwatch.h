// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/ceilingmeter.h"
#include "core/rules/limitwatch.h"
#include "core/run/ceilingcache.h"
#include "core/run/processwatch.h"

namespace Headroom {

/// Looks after the generator itself during one run: what it uses, whether it is the limit, and what it can do at most.
/// Thread: one, that of the run.
class GeneratorWatch
{
public:
    /// A plan beyond this share of the ceiling is flagged: above it a generator's own delays begin to show.
    static constexpr double kFlaggedShare = 0.7;

    GeneratorWatch(const Plan &plan, const RunFacts &facts, CeilingCache ceilings);

    /// An event when the plan asks for more than kFlaggedShare of the ceiling that is known.
    std::optional<RunEvent> lookAhead() const;
    /// From here on use counts.
    void begin() { m_process.take(); }
    /// What the process used since the last call; nothing when that was for the same second or a later one.
    std::optional<ProcessUse> useOf(int second);
    /// Frames in order; an event when the generator has become the limit.
    std::optional<RunEvent> follow(const MetricsFrame &frame);
    /// Keeps the ceiling that the run has shown, when it has. What cannot be written is no fault of the run.
    void keepCeiling();

private:
    const QString m_shape;
    const std::optional<double> m_peakRate;
    CeilingCache m_ceilings;
    ProcessWatch m_process;
    int m_nextSecond = 0;
    LimitWatch m_limits;
    const bool m_wouldGainFromDirect;
    CeilingMeter m_ceiling;
};

} // namespace Headroom
