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
    double score = 0.0; ///< Pairs that rise less those that fall, in standard deviations of what chance brings.
    double stepScore = 0.0; ///< The same of neighbours; 0 where the steps prove nothing.
    int rises = 0; ///< Values that are higher than the one before ...
    int falls = 0; ///< ... and lower.
    bool givesBack = false; ///< Half of what it changes, or more, it takes back on the way, at least once.
    bool isRise = false; ///< Rises beyond chance, at 5 % for both directions together.
    bool isFall = false;

    /// Whether it rises by more than so many standard deviations: by its pairs, or by its steps from value to value.
    bool risesBeyond(double deviations) const;
};

/// Range: times that only rise, finite values. Nothing for fewer than two points.
/// Costs: in proportion to the square of the points; give it pieces of a long series, see trendPieces().
///
/// Neighbours resemble each other, which makes trends of nothing. So the variance of the test is that of as many
/// independent values as the series is worth, by the autocorrelation of its ranks without the slope, taken as that of
/// a process of first order and set right for the few values it was read from. Of 100 series of noise over 2 to 60 min,
/// a value a second in 60 pieces, whose neighbours correlate by 0 to 0.9, this called 3 to 7 a trend; at 0.95 up to 10,
/// in 1 min up to 16. The correction of Hamed and Rao (J. Hydrology 204, 1998) called 8 to 31 so, as its many
/// autocorrelations are mostly noise themselves, and no correction 4 to 52.
/// A smooth rise that is no line (a leak that follows the load) is by that measure as good as noise. What tells is that
/// step by step it hardly ever falls: the steps alone are enough, by the test of signs, which holds for all noise that
/// as often rises as falls. A saw is no such noise, so no steps count where half of the rise is taken back on the way.
/// The interval of a trend that only its steps show is that of the mean step.
/// Source: test by Mann (Econometrica 13, 1945) and Kendall with its correction for ties; worth of autocorrelated values
/// by Bayley and Hammersley (1946); bias of the autocorrelation by Kendall (Biometrika 41, 1954); slope by Theil (1950)
/// and Sen (JASA 63, 1968), its interval from the ranks (N -+ z sd(S)) / 2 as in Gilbert, Statistical Methods for
/// Environmental Pollution Monitoring (1987), 16.5.
std::optional<Trend> trendOf(std::span<const TrendPoint> points);

/// The means of time and value over at most 60 pieces of equally many points, from the beginning; a shorter last one is
/// left out.
std::vector<TrendPoint> trendPieces(std::span<const TrendPoint> points);
/// The same with the lowest value of each of at most 20 pieces: what a saw stands on.
std::vector<TrendPoint> trendFloors(std::span<const TrendPoint> points);

/// Medians of the first and last tenth of a series.
struct Tenths
{
    double first = 0.0;
    double last = 0.0;
};
inline constexpr std::size_t kFewestForTenths = 20; ///< Two values on each side.
/// Range: at least kFewestForTenths values.
Tenths tenthsOf(std::span<const double> values);

} // namespace Headroom
