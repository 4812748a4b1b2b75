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

/// Distribution-free interval of a quantile from order statistics, as wide as the samples are worth: n / designEffect
/// independent ones (ClusteredCounts tells it; 1 takes them all as independent, which the samples of a run never are).
/// Both ends are rounded up to their bucket like the percentile itself, so that the three compare.
/// Range: quantile in (0, 1), designEffect from 1 up. An end is open when the samples are worth less than its minimum
/// count: minimumSamplesFor(quantile) for the upper one, minimumSamplesFor(1 - quantile) for the lower one.
/// Source: ranks n p -+ z sqrt(n p (1 - p)) (Le Boudec, Performance Evaluation of Computer and Communication
/// Systems, 2.2), the root times that of the design effect (Kish, Survey Sampling, 8.2).
Interval<Nanoseconds> quantileInterval(const HdrHistogram &histogram, double quantile, double designEffect = 1.0);

/// Samples below which the upper end of a quantile's 95 % interval is open: ln(0.025) / ln(p); p99 needs 368.
std::uint64_t minimumSamplesFor(double quantile);

/// Wilson score interval of a share, of trials that are worth of / designEffect independent ones (ClusteredShare).
/// Range: hits <= of, designEffect from 1 up. Both ends are open when `of` is 0. Source: Wilson, JASA 22 (1927).
Interval<double> shareInterval(std::uint64_t hits, std::uint64_t of, double designEffect = 1.0);

} // namespace Headroom
