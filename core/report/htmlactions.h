// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// What was done beside the load and what it brought about: a table, and a picture of each metric before and after.
Html actionsHtml(const ReportModel &model);

} // namespace Headroom
