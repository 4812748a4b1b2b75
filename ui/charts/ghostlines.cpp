// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ghostlines.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace Headroom {

std::vector<std::optional<std::size_t>> GhostLines::columnsFor(const ChartSpec &chart) const
{
    std::vector<std::optional<std::size_t>> columns(chart.lines.size());
    const auto earlier = std::ranges::find(charts, chart.id, &ChartSpec::id);
    if (earlier == charts.end() || earlier->unit != chart.unit)
        return columns;
    std::multimap<QString, std::size_t> byName; // keeps the order of equal names
    for (const ChartSpec::Line &line : earlier->lines)
        byName.emplace(line.name, line.column);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = byName.lower_bound(chart.lines[i].name);
        if (found == byName.end() || found->first != chart.lines[i].name)
            continue;
        columns[i] = found->second;
        byName.erase(found);
    }
    return columns;
}

std::optional<double> GhostLines::valueAt(std::size_t column, double time) const
{
    constexpr double kHalfRow = 0.5; // rows are a second apart
    const std::optional<double> row = rows.nearestTime(time);
    if (!row || std::abs(*row - time) > kHalfRow)
        return std::nullopt;
    return rows.valueAt(column, *row);
}

} // namespace Headroom
