// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"
#include "core/rules/rulefinding.h"

#include <vector>

namespace Headroom {

/// What rules say of each other: that no run can meet both (an error), that one says what another has said, or less
/// (a warning, of the later or the weaker one).
///
/// Compared are rules on the same steps, or the same series, in the same window. Percentiles of one kind of time do not
/// fall from one to a higher one, no service time is above its response time, and all lie between min and max: p99 <
/// 100 ms leaves nothing to say to p95 < 200 ms, and cannot stand with p50 > 100 ms. A rule with "for" is compared
/// only with its like. `rules` that checkRule() has passed.
std::vector<RuleFinding> findContradictions(const std::vector<Rule> &rules, const RunFacts &facts,
                                            const RulePlace &place);

} // namespace Headroom
