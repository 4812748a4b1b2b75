// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// One memory series over the run: its highest values, baseline and peak, the line of its trend with the two of its
/// interval, and the limit of a rule.
Html memoryPicture(const ReportModel &model, const MemoryFigure &figure);

} // namespace Headroom
