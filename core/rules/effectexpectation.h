// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleparser.h"

namespace Headroom {

/// What an action is expected to do, parsed. The text form is the truth; this is its value:
///
///     METRIC (falls | rises) [by AMOUNT [to AMOUNT]]  |  METRIC stays within PERCENT
///
/// METRIC is that of a rule whose interval is known: percentiles and shares. An amount is written as the bound of such
/// a rule; of what is no share it may also be a percentage, which is then one of the value before. Of a share all
/// percentages are points: errors that rise by 2 % rise from 1 % to 3 %.
struct EffectExpectation
{
    enum class Direction { Falls, Rises, Stays };
    QString text; ///< As written, blanks trimmed.
    QString metric; ///< As written: "p95(retrieve)".
    Rule rule; ///< Of that metric; its bound means nothing.
    Direction direction = Direction::Falls;
    bool isRelative = false; ///< The amounts are fractions of the value before; else they are in the rule's unit.
    std::optional<double> least; ///< Of the change; nothing: any that is there. Stays: nothing.
    std::optional<double> most;
};

/// Errors: what is wrong and where in the text; hostile texts included: at most 1,000 characters.
std::expected<EffectExpectation, RuleProblem> parseEffect(const QString &text);

/// As checkRule(): whether the run has what the metric names.
std::optional<RuleProblem> checkEffect(const EffectExpectation &effect, const RunFacts &facts);

/// A rule of a metric, with a bound that means nothing. Errors: those of parseRule().
std::expected<Rule, RuleProblem> ruleOfMetric(const QString &metric);

} // namespace Headroom
