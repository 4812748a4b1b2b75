// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// The generator's own health: the report's "health", and its columns in "series".
Json healthJson(const ReportModel &model);
void addHealthColumns(Json &series, const std::vector<ReportModel::SeriesRow> &rows);

} // namespace Headroom
