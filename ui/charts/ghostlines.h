// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/seriesstore.h"
#include "ui/charts/chartspec.h"

#include <memory>

namespace Headroom {

/// What the charts of an earlier run show: their lines by name and the rows behind them, no frames. Immutable.
/// Units: seconds since the start of that run, which is laid on the start of the run that is shown.
struct GhostLines
{
    QString name; ///< Of the run, as a legend names it: "Retrieval mix, 14:03".
    std::vector<ChartSpec> charts;
    SeriesStore rows;

    /// The columns of the lines that a chart has in common with the one of the same id, by name; of a line that was added,
    /// with the chart it comes from: one for each line of `chart`, nothing where the earlier run has no such line. Of lines with the same name the first belongs to the
    /// first.
    std::vector<std::optional<std::size_t>> columnsFor(const ChartSpec &chart) const;
    /// The value of a second; nothing where there is none, and beyond the end.
    std::optional<double> valueAt(std::size_t column, double time) const;
};

using GhostLinesPtr = std::shared_ptr<const GhostLines>;

} // namespace Headroom
