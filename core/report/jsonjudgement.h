// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// What went wrong, and whether the run was good enough and can be trusted: the report's last keys.
/// A value of a rule in its unit.
Json jsonInUnit(const std::optional<double> &value, Rule::Unit unit);
/// A failed exchange; bytes of its body that are not UTF-8 are replaced.
Json exampleJson(const FailureExample &example);
Json ruleJson(const RuleResult &result);
Json validityJson(const Validity &validity);
Json verdictJson(const Verdict &verdict);

} // namespace Headroom
