// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The report's "actions": each with what came of it, as often as it was done.
Json actionsJson(const ReportModel &model);
/// And its description.
Json actionSchema();

} // namespace Headroom
