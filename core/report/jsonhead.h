// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// What was run, where and how: the report's first keys.
Json toolJson(const ReportModel &model);
Json sessionJson(const ReportModel &model);
Json scenarioJson(const SessionHead &head);
Json environmentJson(const SessionHead &head);
Json loadJson(const RunFacts &facts);

} // namespace Headroom
