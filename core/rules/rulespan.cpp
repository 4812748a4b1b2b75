// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulespan.h"

#include "core/rules/rulemeasure.h"

namespace Headroom {

namespace {

using enum Rule::Metric;

constexpr ValueSpan kAny{};
constexpr ValueSpan kFromZero{.low = 0.0};
constexpr ValueSpan kShare{.low = 0.0, .high = 1.0};

/// Ends as far in as either has them.
void narrow(double &end, bool &without, double other, bool otherWithout, bool isHigher)
{
    if (other == end) {
        without = without || otherWithout;
    } else if ((other < end) == isHigher) {
        end = other;
        without = otherWithout;
    }
}

} // namespace

ValueSpan ValueSpan::and_(const ValueSpan &other) const
{
    ValueSpan both = *this;
    narrow(both.low, both.withoutLow, other.low, other.withoutLow, false);
    narrow(both.high, both.withoutHigh, other.high, other.withoutHigh, true);
    return both;
}

bool ValueSpan::isWithin(const ValueSpan &other) const { return isEmpty() || and_(other) == *this; }

ValueSpan keptSpan(const Rule &rule)
{
    using Comparison = Rule::Comparison;
    const bool isOfSeries = isProbeMetric(rule.metric) && rule.metric != ProbeGrowth;
    const double factor = isOfSeries ? factorTo(rule.unit) : 1.0;
    const double bound = rule.bound / factor;
    switch (rule.comparison) {
    case Comparison::Less:
        return {.high = bound, .withoutHigh = true};
    case Comparison::LessOrEqual:
        return {.high = bound};
    case Comparison::Greater:
        return {.low = bound, .withoutLow = true};
    case Comparison::GreaterOrEqual:
        return {.low = bound};
    case Comparison::Equal:
        return {.low = bound, .high = bound};
    case Comparison::Between:
        return {.low = bound, .high = rule.upperBound / factor};
    }
    Q_UNREACHABLE_RETURN({});
}

ValueSpan possibleSpan(const Rule &rule, const QString &seriesUnit)
{
    if (isLatency(rule.metric))
        return {.low = 0.0, .withoutLow = true};
    if (isSeriesLevel(rule.metric))
        return seriesUnit.isEmpty() ? kAny : kFromZero;
    switch (rule.metric) {
    case Errors:
    case Rejected:
    case Share:
    case Dropped:
    case Late:
    case HitRate:
        return kShare;
    case ProbeGrowth:
        return {.low = -1.0};
    case ObservedMean:
    case ObservedMin:
    case ObservedMax:
    case ObservedQuantile:
    case ProbeSlope:
        return kAny;
    default:
        return kFromZero;
    }
}

} // namespace Headroom
