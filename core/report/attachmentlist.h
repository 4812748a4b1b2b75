// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The report's "attachments": files that lie in the session, by name, type, time and size.
Json attachmentsJson(const ReportModel &model);
/// And its description.
Json attachmentsSchema();
/// The same as a table; nothing without any. Long lists end with how many more there are.
Html attachmentsHtml(const ReportModel &model);

} // namespace Headroom
