// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The result of an objective's or requirement's rule; nullptr when a hand has switched it off.
const RuleResult *resultOf(int rule, const ReportModel &model);

// The report's "objectives", "requirements" and "acceptance", and their parts of its schema.
Json objectivesJson(const ReportModel &model);
Json requirementsJson(const ReportModel &model);
Json acceptanceJson(const ReportModel &model); ///< null: all rules must be met.
Json objectivesSchema();
Json requirementsSchema();
Json acceptanceSchema();

} // namespace Headroom
