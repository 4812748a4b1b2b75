// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruleparser.h"
#include "core/rules/rulescanner.h"

namespace Headroom {

/// Takes everything up to the next qualifier's word, trimmed.
RulePiece takeUntilQualifier(RuleScanner &scanner);

/// Reads "during burst for 10 s stop" to the text's end, in any order, each at most once.
/// Returns the first problem; then the rule holds a part.
std::optional<RuleProblem> readQualifiers(RuleScanner &scanner, Rule &rule);

/// A sentence on qualifiers that make no sense for the rule's metric, which no single word shows; else empty.
QString contradictionIn(const Rule &rule, QStringView metricName);

} // namespace Headroom
