// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/rules/ruleevaluator.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

QLatin1String standingName(RuleResult::Standing standing)
{
    switch (standing) {
    case RuleResult::Standing::Met:
        return QLatin1String("met");
    case RuleResult::Standing::NotMet:
        return QLatin1String("not_met");
    case RuleResult::Standing::Undecided:
        return QLatin1String("undecided");
    case RuleResult::Standing::NotRun:
        return QLatin1String("not_run");
    }
    Q_UNREACHABLE_RETURN(QLatin1String());
}

QString formatRuleValue(double value, Rule::Unit unit)
{
    switch (unit) {
    case Rule::Unit::Duration: {
        constexpr double kLongest = 9e18; // what fits into 64 bits of nanoseconds
        return formatDuration(Nanoseconds(std::llround(std::clamp(value * 1e6, -kLongest, kLongest))));
    }
    case Rule::Unit::Share:
        return formatShare(value);
    case Rule::Unit::Rate:
        return formatRate(Rate::perSecond(value));
    case Rule::Unit::Bytes:
        return formatBytes(value);
    case Rule::Unit::Number:
        return formatNumber(value);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString formatRuleValue(double value, const Rule &rule)
{
    if (rule.metric == Rule::Metric::Drained)
        return value == 1.0 ? QStringLiteral("yes") : QStringLiteral("no");
    const QString text = formatRuleValue(value, rule.unit);
    return isPerMinute(rule.metric) ? text + QLatin1String("/min") : text;
}

QString formatRuleBound(const Rule &rule)
{
    if (rule.metric == Rule::Metric::Drained)
        return formatRuleValue(1.0, rule);
    const QString bound = formatRuleValue(rule.bound, rule);
    switch (rule.comparison) {
    case Rule::Comparison::Less:
        return QLatin1String("< ") + bound;
    case Rule::Comparison::LessOrEqual:
        return QLatin1String("<= ") + bound;
    case Rule::Comparison::Greater:
        return QLatin1String("> ") + bound;
    case Rule::Comparison::GreaterOrEqual:
        return QLatin1String(">= ") + bound;
    case Rule::Comparison::Equal:
        return QLatin1String("== ") + bound;
    case Rule::Comparison::Between:
        return QStringLiteral("between %1 and %2").arg(bound, formatRuleValue(rule.upperBound, rule));
    }
    Q_UNREACHABLE_RETURN(bound);
}

} // namespace Headroom
