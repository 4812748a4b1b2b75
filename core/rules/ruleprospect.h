// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"
#include "core/rules/rulefinding.h"

#include <vector>

namespace Headroom {

/// What can be said of each rule alone before a run, by its metric and the plan: that it always holds, that it never
/// can, that there will be too little to judge it by. All of it warnings.
///
/// `mostPerIteration`: by step, how often an iteration of its flow sends it at most; empty: not known, then nothing is
/// said by planned requests. A load without a set end (batches, counts, a search for the limit) is asked for less.
/// `hasSine`: some stage swings, of which the facts know the middle only. `rules` that checkRule() has passed.
std::vector<RuleFinding> findIdleRules(const std::vector<Rule> &rules, const RunFacts &facts,
                                       const std::vector<double> &mostPerIteration, bool hasSine = false);

} // namespace Headroom
