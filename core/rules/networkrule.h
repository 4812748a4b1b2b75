// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/ruleparser.h"
#include "core/rules/rulescanner.h"

#include <vector>

namespace Headroom {

/// As it is written: "first_byte", "resolve", "connect", "tls".
QLatin1String networkPartName(Rule::NetworkPart part);

/// Reads what stands in the brackets of first_byte(p95), connect(max) and their like. `name` is where the metric
/// stands. Gives a problem, or nothing.
std::optional<RuleProblem> readNetworkTime(const RulePiece &name, const std::vector<RulePiece> &brackets, Rule &rule);

/// Whether the run's transport can tell what the rule asks. Range: Opened and isNetworkTime() metrics.
std::optional<RuleProblem> checkNetworkRule(const Rule &rule, const RunFacts &facts);

} // namespace Headroom
