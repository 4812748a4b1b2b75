// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

namespace Headroom {

/// The judgement of a model whose rules and validity are known. Exit codes as LANGUAGE, section 7, ranks them:
/// 130 interrupted, 1 fault, 5 not valid, 4 rule not met or target lost, 0.
Verdict judge(const ReportModel &model);

/// One sentence on a rule that is not met, undecided or not run; empty for one that is met.
QString ruleReason(const RuleResult &result);

/// The word of the JSON report: "met", "not_met", "undecided", "none".
QLatin1String verdictName(Verdict::Result result);

} // namespace Headroom
