// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchtally.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <utility>

namespace Headroom {

void BatchTally::count(const Sample &sample)
{
    ++m_result.requests;
    m_result.errors += sample.outcome == Outcome::Error;
    m_result.rejected += sample.outcome == Outcome::Rejected;
    m_lastEnd = std::max(m_lastEnd, sample.timings.finished);
    const bool isAnswered = sample.outcome == Outcome::Answered;
    if (isAnswered || (sample.outcome == Outcome::Error && isCensored(sample.failure)))
        m_responseTimes.record(sample.timings.responseTime());
}

BatchResult BatchTally::take(int batch, SteadyTime released, SteadyTime runStart)
{
    BatchResult taken = std::exchange(m_result, {});
    taken.index = batch;
    taken.start = released - runStart;
    taken.end = std::max(released, std::exchange(m_lastEnd, {})) - runStart;
    taken.responseTimes = encodeHistogram(m_responseTimes);
    m_responseTimes.reset();
    return taken;
}

} // namespace Headroom
