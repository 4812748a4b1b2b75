// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runsummary.h"
#include "core/report/schemaparts.h"

namespace Headroom {

// One of several runs, as the JSON reports of sweeps and suites have it.

/// Adds the fields of runSchemaFields(), in their order.
void addRunJson(Json &json, const RunSummary &run);
SchemaParts::Fields runSchemaFields();

Json toolJson(const QString &version); ///< The program that made it.
Json notAlikeSchema(); ///< Of connectionNote().
Json toolSchema();

} // namespace Headroom
