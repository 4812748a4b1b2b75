// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

Json batchesJson(const ReportModel &model); ///< One entry for each batch; empty without batches.
Json batchTotalsJson(const BatchFigures &batches); ///< null without batches.

} // namespace Headroom
