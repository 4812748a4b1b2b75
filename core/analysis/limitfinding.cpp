// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitfinding.h"

#include "core/rules/rulecomparison.h"

namespace Headroom {

namespace {

using Ending = LimitFinding::Ending;
using Standing = RuleResult::Standing;

bool wantsMore(const Rule &rule)
{
    return rule.comparison == Rule::Comparison::Greater || rule.comparison == Rule::Comparison::GreaterOrEqual;
}

/// The limit lies somewhere above the value: enough to keep a lower bound or to break an upper one.
Standing standingAbove(const Rule &rule, double value)
{
    if (wantsMore(rule))
        return keepsTo(rule, value) ? Standing::Met : Standing::Undecided;
    const double highest = rule.comparison == Rule::Comparison::Between ? rule.upperBound : rule.bound;
    return keepsTo(rule, value) || value < highest ? Standing::Undecided : Standing::NotMet;
}

} // namespace

std::optional<double> LimitFinding::headroom() const
{
    if (!sustainablePerSecond || plannedPerSecond <= 0.0)
        return std::nullopt;
    return *sustainablePerSecond / plannedPerSecond;
}

QLatin1String endingName(LimitFinding::Ending ending)
{
    switch (ending) {
    case Ending::Running:
        return QLatin1String("running");
    case Ending::Found:
        return QLatin1String("found");
    case Ending::AtLeast:
        return QLatin1String("at_least");
    case Ending::NothingHeld:
        return QLatin1String("nothing_held");
    case Ending::Unstable:
        return QLatin1String("unstable");
    case Ending::GeneratorLimit:
        return QLatin1String("generator_limit");
    case Ending::NotRecovered:
        return QLatin1String("not_recovered");
    case Ending::OutOfTime:
        return QLatin1String("out_of_time");
    }
    Q_UNREACHABLE_RETURN(QLatin1String());
}

QLatin1String verdictName(LimitProbe::Verdict verdict)
{
    switch (verdict) {
    case LimitProbe::Verdict::Running:
        return QLatin1String("running");
    case LimitProbe::Verdict::Held:
        return QLatin1String("held");
    case LimitProbe::Verdict::Broke:
        return QLatin1String("broke");
    case LimitProbe::Verdict::NotShown:
        return QLatin1String("not_shown");
    case LimitProbe::Verdict::GeneratorLimited:
        return QLatin1String("generator_limited");
    }
    Q_UNREACHABLE_RETURN(QLatin1String());
}

RuleResult headroomResult(RuleResult unjudged, const LimitFinding &finding)
{
    RuleResult result = std::move(unjudged);
    const bool isNothing = finding.ending == Ending::NothingHeld;
    const std::optional<double> value = isNothing ? 0.0 : finding.headroom();
    result.value = value;
    result.samples = finding.probes.size();
    if (!finding.probes.empty()) {
        result.windowStartSeconds = finding.probes.front().start;
        result.windowEndSeconds = finding.probes.back().to;
    }
    if (!value || !(finding.isConfirmed() || isNothing)) {
        result.standing = Standing::Undecided;
        result.reason = QStringLiteral("the search has not confirmed a rate");
        return result;
    }
    result.low = value;
    if (finding.brokenPerSecond)
        result.high = *finding.brokenPerSecond / finding.plannedPerSecond;
    result.standing = keepsTo(result.rule, *value) ? Standing::Met : Standing::NotMet;
    if (finding.ending == Ending::AtLeast)
        result.standing = standingAbove(result.rule, *value);
    result.reason = result.standing == Standing::Undecided
        ? QStringLiteral("the search went no further, the limit lies above")
        : QString();
    return result;
}

} // namespace Headroom
