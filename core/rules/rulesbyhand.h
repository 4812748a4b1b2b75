// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"

#include <vector>

namespace Headroom {

inline constexpr qsizetype kMaxRulesByHand = 1000;

/// The rules of a run that is on after a hand has changed them to `texts`.
///
/// Those that the run has (facts.rules) stay as they are. A new one is judged from second `from` on: nobody has kept
/// what was before. Its text says so, with "from 13 s" at its end or in place of an earlier "from". Blank texts are
/// left out. Errors: InvalidInput for the first text that cannot be read or does not fit the run, in one sentence.
Result<std::vector<Rule>> rulesByHand(const QStringList &texts, const RunFacts &facts, int from);

/// "rule added by hand: p95 < 1 s from 13 s", one sentence for each that came or went.
QStringList ruleChanges(const QStringList &before, const QStringList &after);

} // namespace Headroom
