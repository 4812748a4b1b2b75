// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/htmlchart.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// What answers said of themselves, and the server's time against the client's, as tables; then its parts.
Html observationsHtml(const ReportModel &model);

/// The parts of the server's time: a bar of the whole run, and one for each stretch of it. Nothing without parts.
Html serverPartsHtml(const ReportModel &model);

/// Charts over time of hits, values and the server's time, after those that the page has anyway.
void addObservationCharts(std::vector<HtmlChart> &charts, const ReportModel &model,
                          const std::vector<HtmlSlice> &slices);

} // namespace Headroom
