// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// What the rules say of each other and of the plan: contradictions as errors; what is said twice, can never fail or
/// can never be met as warnings. Each at its place, naming the other rule's. A cell of the objectives or a requirement
/// may say what another rule has said: tables are complete on purpose. So may a rule from outside, whose place is the
/// scenario's first line.
/// `rules`: those of the scenario in its order, each readable; implicit ones may follow.
Diagnostics checkJudgement(const Scenario &scenario, const std::vector<Rule> &rules, const RunFacts &facts);

/// Adds the scenario's objectives, requirements and acceptance, and which of `rules` must be met besides that; they are
/// those of facts.rules: the scenario's in its order, then the implicit ones.
void addJudgement(RunFacts &facts, const Scenario &scenario, const std::vector<Rule> &rules);

/// What is said of a rule from outside the scenario, where no line shows which it is, with its text.
QString withSource(const Scenario::RuleText &rule, const QString &message);

/// Takes the rules of those indices, which only rise, out of the scenario and whatever names them.
void removeRules(Scenario &scenario, const std::vector<int> &rules);

} // namespace Headroom
