// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// Adds the keys that totals, measured, steps and stages share.
void addBlock(Json &into, const ReportBlock &block);
/// Count, minimum, maximum, mean and percentiles in ms.
Json lagJson(const HdrHistogram &lag);

} // namespace Headroom
