// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// "✓ met", with its colour.
Html standingHtml(RuleResult::Standing standing);
QLatin1String standingClass(RuleResult::Standing standing);

/// Every rule with its bound, value, interval and standing; the standing as symbol and word.
Html rulesHtml(const ReportModel &model);

} // namespace Headroom
