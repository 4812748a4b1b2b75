// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"

#include <vector>

namespace Headroom {

/// Why a rule's text could not be read, and where in it.
struct RuleProblem
{
    qsizetype position = 0; ///< Character of the text, from 0.
    qsizetype length = 1;
    QString message; ///< One sentence: what is wrong and what to write instead; without a final full stop.
};

/// Reads "p95(retrieve) < 900 ms during burst". Hostile texts included: at most 1,000 characters.
std::expected<Rule, RuleProblem> parseRule(const QString &text);

/// A rule that names a step, stage or probe series that the run does not have, or a metric that its model lacks.
/// Returns nothing when all is known. Positions are those of the rule's text.
std::optional<RuleProblem> checkRule(const Rule &rule, const RunFacts &facts);

/// Settles what a name in min, max, mean or p95 means: a step when the run has one of that name or path, else a probe
/// series. Other rules come back as they are.
Rule resolveRule(Rule rule, const RunFacts &facts);

/// Which steps a selector means, by StepIndex: those of that name, else those of that path; globs match either.
/// An empty one means all.
std::vector<bool> selectedSteps(const QString &selector, const RunFacts &facts);

/// The rule that the open model adds unless switched off: "achieved >= 99 %".
Rule implicitAchievedRule();

} // namespace Headroom
