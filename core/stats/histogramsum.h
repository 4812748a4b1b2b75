// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/hdrhistogram.h"

#include <QByteArray>

#include <vector>

namespace Headroom {

/// Adds encoded histograms up, again and again. Memory: 92 KiB, from construction on. Thread: one at a time.
class HistogramSum
{
public:
    /// The sum of the parts, encoded; decodes nothing when only one of them holds anything.
    /// Errors: InvalidInput when bytes are damaged.
    Result<QByteArray> of(const std::vector<QByteArray> &parts);

private:
    HdrHistogram m_sum;
};

} // namespace Headroom
