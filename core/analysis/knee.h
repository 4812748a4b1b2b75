// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace Headroom {

/// One measured point of a curve that bends upwards, such as a latency over the rate.
struct CurvePoint
{
    double x = 0.0;
    double y = 0.0;
};

/// Where a curve that bends upwards turns from flat to steep.
///
/// Depends on the range that was swept, so never show it without.
struct Knee
{
    double x = 0.0;
    double y = 0.0;
    double from = 0.0; ///< Range of x that it was looked for in.
    double to = 0.0;
    bool operator==(const Knee &) const = default;
};

/// The point farthest below the chord from the first to the last, both axes scaled to 0 to 1. Nothing for fewer than
/// four points, or when none lies clearly below it: a line has no knee.
/// Range: points by rising x, all finite.
/// Source: Kneedle (Satopää, Albrecht, Irwin, Raghavan, 2011), for the few points of a search without its smoothing.
std::optional<Knee> kneeOf(std::span<const CurvePoint> points);

} // namespace Headroom
