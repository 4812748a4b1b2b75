// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/stats/batchresult.h"
#include "core/stats/hdrhistogram.h"
#include "core/stats/sample.h"

namespace Headroom {

/// What came of one worker's share of a batch. Thread: the worker's.
class BatchTally
{
public:
    void countStarted() { ++m_result.iterations; }
    void countCompleted() { ++m_result.completed; }
    /// Response times are those of a latency block: answered as expected, and what our own clock ended.
    void count(const Sample &sample);

    /// Moves out what was counted since the last time. Times are made to count from `runStart`.
    BatchResult take(int batch, SteadyTime released, SteadyTime runStart);

private:
    BatchResult m_result;
    SteadyTime m_lastEnd{};
    HdrHistogram m_responseTimes;
};

} // namespace Headroom
