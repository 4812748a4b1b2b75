// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/batchbarrier.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <utility>

namespace Headroom {

BatchBarrier::BatchBarrier(int workers)
    : m_workers(workers)
{
}

std::optional<BatchResult> BatchBarrier::add(const BatchResult &share)
{
    m_sum.index = share.index;
    m_sum.start = share.start;
    m_sum.end = m_arrived == 0 ? share.end : std::max(m_sum.end, share.end);
    for (std::uint64_t BatchResult::*count : {&BatchResult::iterations, &BatchResult::completed, &BatchResult::requests,
                                              &BatchResult::errors, &BatchResult::rejected})
        m_sum.*count += share.*count;
    const auto merged = mergeEncodedHistogram(share.responseTimes, m_responseTimes);
    Q_ASSERT(merged);
    if (++m_arrived < m_workers)
        return std::nullopt;
    m_arrived = 0;
    m_sum.responseTimes = encodeHistogram(m_responseTimes);
    m_responseTimes.reset();
    return std::exchange(m_sum, {});
}

} // namespace Headroom
