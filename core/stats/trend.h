// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace Headroom {

/// A value at a time.
struct TrendPoint
{
    double at = 0.0;
    double value = 0.0;
};

/// How values change over time, told by how each pair of them differs: a few wild ones change nothing.
struct Trend
{
    double slope = 0.0; ///< Median of the slopes of all pairs, in the values' unit per unit of time.
    std::optional<double> low; ///< Of the slope's 95 % interval ...
    std::optional<double> high; ///< ... open where there are too few points.
    bool isRise = false; ///< Rises beyond chance, at 5 % for both directions together.
    bool isFall = false;
};

/// Range: times that only rise, finite values. Nothing for fewer than two points.
/// Costs: in proportion to the square of the points; give it pieces of a long series, see trendPieces().
/// Source: test by Mann (Econometrica 13, 1945) and Kendall without the correction for ties, which would only make it
/// easier to call a flat series a trend; slope by Theil (1950) and Sen (JASA 63, 1968), its interval from the ranks
/// (N -+ z sd(S)) / 2 as in Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), 16.5.
std::optional<Trend> trendOf(std::span<const TrendPoint> points);

/// The means of time and value over at most 40 pieces of equally many points, from the beginning; a shorter last one is
/// left out. Neighbouring seconds resemble each other, and the test takes its points as independent; the means of
/// longer pieces nearly are.
std::vector<TrendPoint> trendPieces(std::span<const TrendPoint> points);

} // namespace Headroom
