// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

namespace Headroom {

/// Judges second by second whether the generator or the target was what held the load back.
///
/// A measured second is generator-limited when more than 5 % of its sends were late, or when the 99th percentile of its
/// loop lag is above max(1 ms, 10 % of the median service time). The run is not valid when more than 5 %, and at least
/// 3, of its measured seconds are.
class ValidityJudge
{
public:
    explicit ValidityJudge(const RunFacts &facts)
        : m_workers(std::max(1, facts.workers))
    {
    }

    /// Adds one measured second. `medianService`: of that second, else of the run so far; 0 before any answer.
    void add(const MetricsFrame &frame, const HdrHistogram &loopLag, Nanoseconds medianService);
    /// The judgement over all seconds; warnings about the rest of the model come behind it.
    Validity judge(const ReportModel &model) const;

private:
    int m_workers;
    int m_measured = 0;
    int m_limited = 0;
    int m_lateSends = 0; // seconds
    int m_lateLoops = 0; // seconds
    int m_busy = 0; // seconds
};

} // namespace Headroom
