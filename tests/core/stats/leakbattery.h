// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/trend.h"

#include <cstdint>
#include <vector>

namespace Headroom {

/// A made-up series of memory whose behaviour is known, one value a second: what findLeak() is tried on.
///
/// The noise has a standard deviation of 1 and stands on a level of 1000; with correlation its neighbours resemble each
/// other. The same kind and seed give the same series.
struct LeakSeries
{
    enum class Kind {
        Flat,
        Step, ///< One, at any time.
        Stairs, ///< Four, in the first 60 %.
        Pages, ///< Thirty, in the first 60 %.
        WarmUp, ///< Settles by e in 3 to 12 % of the length.
        Ramp, ///< Straight up, to 10 to 60 % of the length.
        Saw, ///< Up and down again at once, 1.5 to 80 times.
        Leak, ///< Straight up to the end.
        TwoSpeedLeak, ///< Four times as fast in the second half.
        LateLeak, ///< Flat for the first half, then straight up to the end.
        PagedLeak, ///< Steps at random times: `height` of them, of 1.
        SawLeak, ///< Below a saw of 40 to 80 teeth of 10.
    };
    Kind kind = Kind::Flat;
    int seconds = 120;
    double correlation = 0.0; ///< Of the noise, from second to second.
    double height = 0.0; ///< What it rises by over all, or of a saw the teeth, in standard deviations.
    double noise = 1.0; ///< What it is multiplied by.

    std::vector<TrendPoint> points(std::uint64_t seed) const; ///< Minutes.
};

/// How many of so many series, seeds 1 to `count`, findLeak() calls a leak.
int leaksFound(const LeakSeries &series, int count);

} // namespace Headroom
