// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

namespace Headroom {

/// What each bound of a rule says alone, in the words of rules.
struct RuleEdges
{
    QString lower; ///< Of "p50 between 5 ms and 9 ms during burst": "p50 >= 5 ms during burst".
    QString upper; ///< "p50 <= 9 ms during burst"
};

/// For whoever draws both bounds of "between". Of other rules both are the rule's text.
RuleEdges ruleEdges(const Rule &rule);

} // namespace Headroom
