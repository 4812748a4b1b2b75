// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"
#include "core/rules/ruletotals.h"

namespace Headroom {

/// A rule's metric over some frames, in the rule's unit.
struct RuleMeasure
{
    std::optional<double> value;
    std::optional<double> low; ///< Of the 95 % interval.
    std::optional<double> high;
    std::uint64_t samples = 0;
    double designEffect = 1.0; ///< The interval is that of samples / this, as samples of one time resemble each other.
    QString missing; ///< Why there is no value.
    bool isVague = false; ///< No value for lack of values, not for lack of a window or a request: undecided.

    static RuleMeasure of(double value, std::uint64_t samples);
    static RuleMeasure none(const QString &why);
};

/// Range: rules of steps and of the whole run.
RuleMeasure measureSteps(const Rule &rule, const StepTotals &totals);
/// From a series' own numbers to the unit that the bound is written in: seconds become ms and percent fractions.
double factorTo(Rule::Unit unit);
/// Range: probe metrics that need no gauge. Seconds become ms and percent fractions when the rule's bound is written so.
/// Growth needs 20 values: the median of the last tenth against that of the first, as a fraction more.
RuleMeasure measureSeries(const Rule &rule, const SeriesTotals &totals);

} // namespace Headroom
