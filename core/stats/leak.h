// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/trend.h"

#include <QString>

#include <cmath>

namespace Headroom {

/// Whether a series such as the memory of a process leaks, and the levels that it went through.
struct LeakFinding
{
    enum class Verdict { NotEnough, NoLeak, Leak };

    Verdict verdict = Verdict::NotEnough;
    QString reason; ///< Half a sentence on the series: "it rises, its last third included".
    bool keepsRising = false; ///< Beyond chance and to the end, however little it may be.

    double baseline = 0.0; ///< Median of the first tenth ...
    double final = 0.0; ///< ... and the last; of too few values the first and the last one.
    double peak = 0.0;
    double growth() const { return final - baseline; }
    /// As a fraction of the baseline; nothing when that is not above 0.
    std::optional<double> growthShare() const;

    Trend trend; ///< Of pieces, per unit of time; of the floor where the series gives back what it has taken; of its
                 ///< last half where only that rises.
    bool isOfFloor = false;
    double steepest = 0.0; ///< It rises by no more than that: the interval's upper end, or the span of all its values.
    double trendFrom = 0.0; ///< Where its line begins: value and time of the middle of the pieces ...
    double trendAt = 0.0; ///< ... so that value(t) = trendFrom + trend.slope * (t - trendAt).
    double risingShare = 0.0; ///< Of the pieces' steps that are no steps to the same; 0 without any.
    bool isMonotonic = false; ///< More of its steps rise than chance would let them, and none takes back half of it.
};

/// Judges a series of a value a second or so.
///
/// A leak rises beyond chance over the whole (trendOf() of its pieces), and does so in its last third by itself (at 3 %,
/// one-sided), at a quarter of the whole slope or more. One jump within that third does not count, where it describes
/// the third better than a line. So a start that settles, an arena that is taken at once and a single step are none. What
/// takes back half of its rise or more, as a heap with a garbage collector, is judged by the lowest values of 20
/// pieces. Where the whole does not show a rise, its last half is judged by itself in the same way. A rise of less than
/// 1 % of the baseline and less than `always` is no leak that matters; it still has keepsRising. No leak is said only
/// where one of 10 % of the baseline over the whole time would have been seen.
///
/// How well (tests/core/stats/leakbattery.h, 200 series of each kind, one value a second): no flat, stepping, settling or
/// saw-like kind is called a leak in 5 % or more. Found in 95 % or more: a growth, over the whole run, of 10 standard
/// deviations of independent noise in 2 min, 6 in 5 min, 4 in 15 min and 3 in an hour; where neighbours correlate by
/// 0.8, 40 in 2 min, 20 in 5 min, 10 in 15 min and 6 in an hour; 24 steps at random times or more; below a saw of 40
/// teeth or more 1.5 times its height; twice as much where the first half is flat. Too small to find is what is less: it
/// is "not enough evidence" mostly, and a longer run finds it. Not to be told from a leak are a handful of steps up to
/// the very end and noise that drifts for a third of the run.
///
/// Range: times that only rise, finite values, not empty; a verdict needs 20. `always` is in the values' unit.
/// Costs: in proportion to the number of points, and little more.
LeakFinding findLeak(std::span<const TrendPoint> points, double always = HUGE_VAL);

} // namespace Headroom
