// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

namespace Headroom {

// What happened, and what it was made with. Long lists end with how many more there are.

Html failuresHtml(const ReportModel &model); ///< With an example and its body, folded.
Html slowestHtml(const ReportModel &model); ///< With a bar of its parts each; and how many requests were kept whole.
Html eventsHtml(const ReportModel &model);
/// A value of a series with its unit: "1.5 MiB".
QString probeText(double value, const QString &unit);
Html probesHtml(const ReportModel &model); ///< Lowest, mean, highest and last value of every series.
Html environmentHtml(const ReportModel &model);
Html scenarioHtml(const ReportModel &model); ///< The text as it was read, its digest and what was changed.

} // namespace Headroom
