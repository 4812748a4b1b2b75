// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

#include <QStringList>

namespace Headroom {

/// "✓", "✗", "?" or "–".
QString standingMark(RuleResult::Standing standing);

/// The table of objectives and the requirements; empty for a scenario without.
QStringList objectiveLines(const ReportModel &model);

} // namespace Headroom
