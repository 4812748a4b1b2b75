// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// What the seconds of a run tell together.
Json segmentJson(const Segment &segment, const RunFacts &facts);
Json crossingJson(const Crossing &crossing, const RunFacts &facts);
Json recoveryJson(const Recovery &recovery, const RunFacts &facts);

// Their part of the report's JSON Schema.
Json segmentSchema();
Json crossingSchema();
Json recoverySchema();

} // namespace Headroom
