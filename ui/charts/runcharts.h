// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "core/report/reportmodel.h"
#include "ui/charts/chartspec.h"

#include <optional>
#include <vector>

namespace Headroom {

/// The charts of a run: latency (response and service p50, p95, p99, first byte), throughput (offered, achieved, requests, errors,
/// rejected, dropped), queues (backlog, in flight), connections where the transport tells of them, the generator's lateness
/// and CPU; the probes' series as groupOf() parts them: memory, CPU, threads and files, input and output, and of what has
/// no unit one chart for each value, for all values of a probe with many, and for whether services are up; what answers
/// say: the server's time and its parts, hit rates, values; charts without lines are left out. Rules whose metric a
/// chart shows stand in it as bounds, those with two as bands.
struct RunCharts
{
    std::vector<ChartSpec> charts;
    std::size_t columns = 0;
    std::vector<ChartSpec> others{}; ///< Of series that no chart shows unless a hand puts them on one.
};
RunCharts chartsOf(const RunFacts &facts, const std::vector<Rule> &rules);

/// A second's values, in the columns of chartsOf().
std::vector<std::optional<double>> chartValues(const ReportModel::SeriesRow &row, const RunFacts &facts);

/// How an event is marked; nothing for one that is no mark.
std::optional<ChartMark> markOf(const RunEvent &event);

} // namespace Headroom
