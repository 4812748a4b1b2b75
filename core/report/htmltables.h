// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// What was measured, as tables.

Html totalsHtml(const ReportModel &model); ///< Everything sent, and the measured window.
Html stepsHtml(const ReportModel &model); ///< Counts, response and service times of every step and of all.
Html networkHtml(const ReportModel &model); ///< First bytes, and connections that were opened.
Html stagesHtml(const ReportModel &model);
Html batchesHtml(const ReportModel &model); ///< Each, all together, and the probes at the barriers.
Html analysisHtml(const ReportModel &model); ///< Stretches of constant load, rising load, and overloads.
Html flowsHtml(const ReportModel &model);
Html healthHtml(const ReportModel &model); ///< Of the generator.

} // namespace Headroom
