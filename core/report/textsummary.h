// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QString>

#include <optional>

namespace Headroom {

/// What the terminal shows at the end: totals, one line a step, one line a rule with value and bound, the verdict.
/// Plain text in at most 100 columns; control characters from names and messages are replaced. `exitCode`: what the
/// program returns for the verdict; nothing: it shows a saved session, and returns nothing for that.
QString textSummary(const ReportModel &model, std::optional<int> exitCode = {});

} // namespace Headroom
