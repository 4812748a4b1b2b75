// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulecomparison.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Comparison = Rule::Comparison;

bool isNear(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

} // namespace

bool keepsTo(const Rule &rule, double value)
{
    const bool isEqual = isNear(value, rule.bound);
    switch (rule.comparison) {
    case Comparison::Less:
        return value < rule.bound && !isEqual;
    case Comparison::LessOrEqual:
        return value < rule.bound || isEqual;
    case Comparison::Greater:
        return value > rule.bound && !isEqual;
    case Comparison::GreaterOrEqual:
        return value > rule.bound || isEqual;
    case Comparison::Equal:
        return isEqual;
    case Comparison::Between:
        return (value > rule.bound || isEqual) && (value < rule.upperBound || isNear(value, rule.upperBound));
    }
    Q_UNREACHABLE_RETURN(false);
}

bool isSurelyViolated(const Rule &rule, const RuleMeasure &measure)
{
    const bool isTooHigh = measure.low && !keepsTo(rule, *measure.low);
    const bool isTooLow = measure.high && !keepsTo(rule, *measure.high);
    switch (rule.comparison) {
    case Comparison::Less:
    case Comparison::LessOrEqual:
        return isTooHigh;
    case Comparison::Greater:
    case Comparison::GreaterOrEqual:
        return isTooLow;
    case Comparison::Equal:
    case Comparison::Between: {
        const double upper = rule.comparison == Comparison::Between ? rule.upperBound : rule.bound;
        return (isTooHigh && *measure.low > upper) || (isTooLow && *measure.high < rule.bound);
    }
    }
    Q_UNREACHABLE_RETURN(false);
}

std::optional<bool> isSurelyKept(const Rule &rule, const RuleMeasure &measure)
{
    const bool needsLow = rule.comparison != Comparison::Less && rule.comparison != Comparison::LessOrEqual;
    const bool needsHigh = rule.comparison != Comparison::Greater && rule.comparison != Comparison::GreaterOrEqual;
    if (isSurelyViolated(rule, measure))
        return false;
    if ((needsLow && !measure.low) || (needsHigh && !measure.high))
        return std::nullopt;
    return (!needsLow || keepsTo(rule, *measure.low)) && (!needsHigh || keepsTo(rule, *measure.high));
}

} // namespace Headroom
