// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/htmltable.h"

#include <functional>

namespace Headroom {

// Tables with a row of percentiles for each thing that was timed.

HtmlTable timesTable(const char *id, const char *rowsAre);
/// `intervalOf` gives the 95 % interval of a percentile.
std::vector<Html> estimatedRow(const QString &name, const HdrHistogram &times,
                               const std::function<Interval<Nanoseconds>(double quantile)> &intervalOf);
/// Without intervals: of the generator, whose delays are no sample of anything, and of connections.
std::vector<Html> lagRow(const char *name, const HdrHistogram &lag);

} // namespace Headroom
