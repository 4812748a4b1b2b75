// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/hdrhistogram.h"

#include <optional>

namespace Headroom {

/// A two-sided 95 % interval. A missing end is open: too few samples to bound it.
template <typename T> struct Interval
{
    std::optional<T> low;
    std::optional<T> high;
};

/// Distribution-free interval of a quantile from order statistics, taken as independent samples.
/// Both ends are rounded up to their bucket like the percentile itself, so that the three compare.
/// Range: quantile in (0, 1). An end is open below its minimum count: minimumSamplesFor(quantile) for the upper one,
/// minimumSamplesFor(1 - quantile) for the lower one.
/// Source: ranks n p -+ z sqrt(n p (1 - p)) (Le Boudec, Performance Evaluation of Computer and Communication
/// Systems, 2.2).
Interval<Nanoseconds> quantileInterval(const HdrHistogram &histogram, double quantile);

/// Samples below which the upper end of a quantile's 95 % interval is open: ln(0.025) / ln(p); p99 needs 368.
std::uint64_t minimumSamplesFor(double quantile);

/// Wilson score interval of a share. Range: hits <= of. Both ends are open when `of` is 0. Source: Wilson, JASA 22
/// (1927).
Interval<double> shareInterval(std::uint64_t hits, std::uint64_t of);

} // namespace Headroom
