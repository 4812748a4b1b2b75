// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The memory of what was watched, with its verdict; in MB of 1,000,000 bytes.
Json memoryJson(const ReportModel &model);
/// What a request cost.
Json resourcesJson(const ReportModel &model);

Json memorySchema(); ///< Of memoryJson().
Json resourcesSchema(); ///< Of resourcesJson().

} // namespace Headroom
