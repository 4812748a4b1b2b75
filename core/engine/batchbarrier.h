// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/batchresult.h"
#include "core/stats/hdrhistogram.h"

#include <optional>

namespace Headroom {

/// Where the workers of a batch meet: adds up their shares, and has the whole when all of them have come.
/// Thread: one.
class BatchBarrier
{
public:
    explicit BatchBarrier(int workers);

    /// The whole batch with the last of its shares. A share comes once from every worker; its histogram is one of ours.
    std::optional<BatchResult> add(const BatchResult &share);

private:
    const int m_workers;
    int m_arrived = 0;
    BatchResult m_sum;
    HdrHistogram m_responseTimes;
};

} // namespace Headroom
