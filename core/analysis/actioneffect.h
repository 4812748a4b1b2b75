// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/actiondone.h"
#include "core/rules/effectexpectation.h"
#include "core/rules/ruleevaluator.h"
#include "core/stats/difference.h"

#include <vector>

namespace Headroom {

/// Seconds of a run that a metric was measured in.
struct EffectWindow
{
    int from = 0; ///< First second.
    int end = 0; ///< Second behind the last.
    int seconds() const { return end - from; }
    bool operator==(const EffectWindow &) const = default;
};

/// A metric before and after an action.
///
/// Units: those of the rule: ms, fraction.
struct EffectMeasure
{
    QString metric; ///< "p95(retrieve)"
    Rule::Unit unit = Rule::Unit::Duration;
    std::optional<Estimate> before; ///< Nothing: no samples.
    std::optional<Estimate> after;
    std::uint64_t samplesBefore = 0;
    std::uint64_t samplesAfter = 0;
    std::uint64_t worthBefore = 0; ///< Independent samples that those are as good as.
    std::uint64_t worthAfter = 0;
    std::optional<Estimate> change; ///< After less before, with both ends of its interval; nothing: too few samples.

    /// Whether the interval of the change excludes 0.
    bool isDetected() const;
};

/// What one action has brought about.
struct ActionEffect
{
    enum class Outcome {
        AsExpected,
        LessThanExpected,
        MoreThanExpected,
        Opposite, ///< It went the other way.
        NoDetectableEffect, ///< The interval of the change contains 0.
        Unclear, ///< There is a change, but the interval does not tell whether it is the one expected.
        Measured, ///< Nothing was expected.
        NotJudged,
    };
    ActionDone done;
    EffectWindow before;
    EffectWindow after;
    std::vector<EffectMeasure> measures; ///< What is expected; or else p95 and errors of all steps.
    Outcome outcome = Outcome::NotJudged;
    /// What the outcome means for the run: an expected effect is judged like a rule. It is not met only when it was
    /// clearly not there, and undecided when the samples do not tell. Nothing: no effect was expected.
    std::optional<RuleResult::Standing> standing;
    QString reason; ///< Why it was not judged, or judged on less than its window; may be empty.
};

/// "as_expected", "no_detectable_effect" and so on: what reports call an outcome.
QLatin1String effectOutcomeName(ActionEffect::Outcome outcome);

/// The change between two results of the same rule, as far as their intervals are known.
EffectMeasure effectMeasure(const QString &metric, const RuleResult &before, const RuleResult &after);

/// Compares a measure with what was expected; sets outcome and standing.
///
/// As expected: the change is within the amounts and its interval excludes 0; of "stays within", the whole interval is.
/// Not met: the whole interval lies beyond an amount, or on the other side of 0. Everything between is undecided.
void judgeEffect(const EffectExpectation &expected, const EffectMeasure &measure, ActionEffect &effect);

} // namespace Headroom
