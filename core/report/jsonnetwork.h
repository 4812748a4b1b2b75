// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// A latency block of first bytes; `counts` are those of the same window.
Json firstByteJson(const FirstByteTimes &window, const RequestCounts &counts);
/// The connections that were opened; null when the transport cannot tell.
Json openingsJson(const ReportModel &model);
/// The columns of both in the series.
void addNetworkColumns(Json &series, const std::vector<ReportModel::SeriesRow> &rows);
Json openingsSchema(); ///< Of openingsJson().

} // namespace Headroom
