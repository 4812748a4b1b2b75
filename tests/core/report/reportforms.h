// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"

namespace Headroom {

/// The JSON report, read again.
inline Json jsonOf(const ReportModel &model) { return Json::parse(jsonReport(model).toStdString()); }

/// The HTML report.
inline QString pageOf(const ReportModel &model) { return QString::fromUtf8(htmlReport(model)); }

} // namespace Headroom
