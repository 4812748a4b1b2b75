// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The memory of what was watched: a table, and a picture of each series with its levels and its trend. Nothing without
/// such a series.
Html memoryHtml(const ReportModel &model);
/// What a request cost, for each watched process. Nothing without one.
Html resourcesHtml(const ReportModel &model);

} // namespace Headroom
