// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"
#include "core/report/schemaparts.h"

namespace Headroom {

/// The report's "target_health": the time until the target was ready, and the tiers of its health.
Json targetHealthJson(const ReportModel &model);
Json targetHealthSchema();

/// How the target ended, of an action that told it to; null of any other.
Json drainJson(const std::optional<DrainFindings> &drain);
Json drainSchema();

} // namespace Headroom
