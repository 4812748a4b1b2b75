// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

#include <functional>

namespace Headroom {

/// Adds the keys that totals, measured, steps and stages share.
void addBlock(Json &into, const ReportBlock &block);
/// A latency block; `interval` gives the 95 % interval of a percentile.
Json latencyJson(const HdrHistogram &times, std::uint64_t censored,
                 const std::function<Interval<Nanoseconds>(double quantile)> &interval);
/// Count, minimum, maximum, mean and percentiles in ms.
Json lagJson(const HdrHistogram &lag);

} // namespace Headroom
