// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The report's "profiles": where processes spent their time, of the folded stacks in the session.
Json profilesJson(const ReportModel &model);
Json profilesSchema(); ///< And its description.
Html profilesHtml(const ReportModel &model); ///< As flame graphs with tables; nothing without any.

/// The report's "dashboards": pages that show the time of the run elsewhere.
Json dashboardsJson(const ReportModel &model);
Json dashboardsSchema();
Html dashboardsHtml(const ReportModel &model); ///< As links; nothing without any.

} // namespace Headroom
