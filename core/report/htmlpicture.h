// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/htmlchart.h"

namespace Headroom {

/// The next round number that is not below a value: the end of an axis. Binary: a power of two, for bytes.
double roundedUp(double value, bool isBinary);

/// Seconds between the times below an axis of that length: whole ones, such as 5, 30 or 600.
qint64 timeStep(double lengthSeconds);

/// A chart as a static drawing (SVG): what paper and readers without scripts see. Colours come from the style sheet.
Html pictureHtml(const HtmlChart &chart, const std::vector<HtmlSlice> &slices, const std::vector<HtmlMark> &marks,
                 double lengthSeconds);

/// The names of its lines and bounds, each with a piece of it.
Html legendHtml(const HtmlChart &chart);

} // namespace Headroom
