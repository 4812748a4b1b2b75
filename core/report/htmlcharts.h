// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/reportmodel.h"

#include <QByteArray>

namespace Headroom {

inline constexpr std::size_t kChartPoints = 1200; ///< Of each line that a script draws.
inline constexpr std::size_t kPicturePoints = 300; ///< Of each line of a static picture.

/// A figure for each chart: title, legend, static picture, and the place where the script draws.
Html chartsHtml(const ReportModel &model);

/// What the script draws, as JSON that can stand in a <script>: no '<', '>' or '&' is in it.
QByteArray chartData(const ReportModel &model);

} // namespace Headroom
