// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// The slowest requests, and how many were kept whole; each with its schema.
Json slowestJson(const ReportModel &model);
Json slowestSchema();
Json samplesJson(const ReportModel &model); ///< null when it is not known.
Json samplesSchema();

} // namespace Headroom
