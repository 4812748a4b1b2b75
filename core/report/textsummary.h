// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QString>

namespace Headroom {

/// What the terminal shows at the end: totals, one line a step, one line a rule with value and bound, the verdict.
/// Plain text in at most 100 columns; control characters from names and messages are replaced.
QString textSummary(const ReportModel &model);

} // namespace Headroom
