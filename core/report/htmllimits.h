// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/htmlchart.h"
#include "core/report/jsonvalue.h"

namespace Headroom {

/// What limited the seconds, as a strip over time with its words: told by height and colour.
Html limitsHtml(const ReportModel &model, const std::vector<HtmlSlice> &slices);

/// The same for the script, which draws it below each chart: stretches that something limited.
Json limitsJson(const ReportModel &model, const std::vector<HtmlSlice> &slices);

} // namespace Headroom
