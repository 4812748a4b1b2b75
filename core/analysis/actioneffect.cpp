// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/actioneffect.h"

namespace Headroom {

namespace {

using EffectOutcome = ActionEffect::Outcome;
using Standing = RuleResult::Standing;
using Direction = EffectExpectation::Direction;

std::optional<Estimate> estimateOf(const RuleResult &result)
{
    if (!result.value)
        return std::nullopt;
    return Estimate{*result.value, {result.low, result.high}};
}

bool isClosed(const Estimate &estimate) { return estimate.interval.low && estimate.interval.high; }

/// How a change stands to a bound of it, made such that 0 is the bound and above 0 is beyond.
struct Excess
{
    bool isNone = true; ///< The value keeps to the bound.
    bool isSurely = false; ///< The whole interval is beyond it.
    bool isSurelyNone = true; ///< The whole interval keeps to it.
};

Excess excessOf(const EffectMeasure &measure, double factor, double offset, bool isUpper)
{
    const Estimate change = differenceOf(*measure.after, *measure.before, factor);
    const double value = change.value - offset;
    const double low = *change.interval.low - offset;
    const double high = *change.interval.high - offset;
    if (isUpper)
        return {value <= 0.0, low > 0.0, high <= 0.0};
    return {value >= 0.0, high < 0.0, low >= 0.0};
}

/// Against a change by `amount`, which counts in the direction of `sign`.
Excess against(const EffectExpectation &expected, const EffectMeasure &measure, double sign, double amount,
               bool isUpper)
{
    return expected.isRelative ? excessOf(measure, 1.0 + sign * amount, 0.0, isUpper)
                               : excessOf(measure, 1.0, sign * amount, isUpper);
}

QString fewSamplesReason(const EffectMeasure &measure)
{
    const QString text = QStringLiteral("too few samples: %1 before and %2 after")
                             .arg(measure.samplesBefore)
                             .arg(measure.samplesAfter);
    if (measure.worthBefore >= measure.samplesBefore && measure.worthAfter >= measure.samplesAfter)
        return text;
    return text
        + QStringLiteral(", which are worth %1 and %2 independent ones").arg(measure.worthBefore).arg(measure.worthAfter);
}

void judgeStaying(const EffectExpectation &expected, const EffectMeasure &measure, ActionEffect &effect)
{
    const Excess above = against(expected, measure, 1.0, *expected.most, true);
    const Excess below = against(expected, measure, -1.0, *expected.most, false);
    if (above.isSurely || below.isSurely) {
        effect.outcome = EffectOutcome::MoreThanExpected;
        effect.standing = Standing::NotMet;
    } else if (above.isSurelyNone && below.isSurelyNone) {
        effect.outcome = EffectOutcome::AsExpected;
        effect.standing = Standing::Met;
    } else {
        effect.outcome = EffectOutcome::Unclear;
        effect.standing = Standing::Undecided;
    }
}

void judgeMoving(const EffectExpectation &expected, const EffectMeasure &measure, ActionEffect &effect)
{
    const bool isFall = expected.direction == Direction::Falls;
    const double sign = isFall ? -1.0 : 1.0;
    const Excess tooLittle = against(expected, measure, sign, expected.least.value_or(0.0), isFall);
    const Excess tooMuch = expected.most ? against(expected, measure, sign, *expected.most, !isFall) : Excess{};
    const bool isWrongWay = measure.isDetected() && (measure.change->value > 0.0) == isFall;
    if (!measure.isDetected())
        effect.outcome = EffectOutcome::NoDetectableEffect;
    else if (isWrongWay)
        effect.outcome = EffectOutcome::Opposite;
    else if (tooLittle.isSurely)
        effect.outcome = EffectOutcome::LessThanExpected;
    else if (tooMuch.isSurely)
        effect.outcome = EffectOutcome::MoreThanExpected;
    else
        effect.outcome = tooLittle.isNone && tooMuch.isNone ? EffectOutcome::AsExpected : EffectOutcome::Unclear;
    const bool isMissed = isWrongWay || tooLittle.isSurely || tooMuch.isSurely;
    effect.standing = effect.outcome == EffectOutcome::AsExpected ? Standing::Met
        : isMissed                                                ? Standing::NotMet
                                                                  : Standing::Undecided;
}

} // namespace

bool EffectMeasure::isDetected() const
{
    return change && (*change->interval.low > 0.0 || *change->interval.high < 0.0);
}

QLatin1String effectOutcomeName(EffectOutcome outcome)
{
    switch (outcome) {
    case EffectOutcome::AsExpected:
        return QLatin1String("as_expected");
    case EffectOutcome::LessThanExpected:
        return QLatin1String("less_than_expected");
    case EffectOutcome::MoreThanExpected:
        return QLatin1String("more_than_expected");
    case EffectOutcome::Opposite:
        return QLatin1String("opposite");
    case EffectOutcome::NoDetectableEffect:
        return QLatin1String("no_detectable_effect");
    case EffectOutcome::Unclear:
        return QLatin1String("unclear");
    case EffectOutcome::Measured:
        return QLatin1String("measured");
    case EffectOutcome::NotJudged:
        break;
    }
    return QLatin1String("not_judged");
}

EffectMeasure effectMeasure(const QString &metric, const RuleResult &before, const RuleResult &after)
{
    EffectMeasure measure{
        metric, before.rule.unit, estimateOf(before), estimateOf(after), before.samples, after.samples,
        before.worth, after.worth, {}};
    if (measure.before && measure.after && isClosed(*measure.before) && isClosed(*measure.after))
        measure.change = differenceOf(*measure.after, *measure.before);
    return measure;
}

void judgeEffect(const EffectExpectation &expected, const EffectMeasure &measure, ActionEffect &effect)
{
    if (!measure.change) {
        effect.outcome = EffectOutcome::NotJudged;
        effect.standing = Standing::Undecided;
        effect.reason = fewSamplesReason(measure);
    } else if (expected.direction == Direction::Stays) {
        judgeStaying(expected, measure, effect);
    } else {
        judgeMoving(expected, measure, effect);
    }
}

} // namespace Headroom
