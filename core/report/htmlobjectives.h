// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// Acceptance in a sentence, the requirements, and the objectives as a table of rows and metrics: each cell with its
/// value, its bound and how it stands. Nothing of what the scenario does not have.
Html objectivesHtml(const ReportModel &model);

/// A cell of such a table: "912 ms", its bound below it, and how it stands.
Html ruleCellHtml(const RuleResult &result);

} // namespace Headroom
