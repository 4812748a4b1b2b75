// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"
#include "core/report/schemaparts.h"

namespace Headroom {

Json observationsJson(const ReportModel &model); ///< One for each that the run has, with its values over time.
Json serverJson(const ReportModel &model); ///< Its own time against the client's, and its parts; null without either.

Json observationSchema(); ///< Of one.
Json serverSchema();

} // namespace Headroom
