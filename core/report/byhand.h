// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/reportmodel.h"

namespace Headroom {

/// What a hand did to the length of a run.
struct ByHand
{
    std::size_t changes = 0; ///< Of load, plan or rules.
    double pausedSeconds = 0.0; ///< Not measured, of no stage.
    double loadSeconds = 0.0; ///< From the start to the planned end as the hand has moved it, or to the stop.
};
ByHand byHandOf(const ReportModel &model);

/// "3 changes; paused for 0:12; the load took 0:42 instead of the planned 0:30"; empty for a run nobody steered.
QString byHandText(const ReportModel &model);

} // namespace Headroom
