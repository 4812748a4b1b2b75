// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemetric.h"
#include "core/rules/ruleparser.h"
#include "core/rules/rulescanner.h"

namespace Headroom {

/// Reads what stands in brackets behind a metric's name, which may be nothing, into the rule. `name`: the metric's.
/// Settles in `word` how the bound of cost() is written, which only the brackets tell.
/// Gives the first problem, or nothing.
std::optional<RuleProblem> readBrackets(RuleScanner &scanner, const RulePiece &name, MetricWord &word, Rule &rule);

} // namespace Headroom
