// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ghostlines.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace Headroom {

std::vector<std::optional<std::size_t>> GhostLines::columnsFor(const ChartSpec &chart) const
{
    std::vector<std::optional<std::size_t>> columns(chart.lines.size());
    std::map<QString, std::multimap<QString, std::size_t>> byHome; // of each chart its names, equal ones in their order
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ChartSpec::Line &line = chart.lines[i];
        const QString home = line.isAdded() ? line.home : chart.id;
        const auto earlier = std::ranges::find(charts, home, &ChartSpec::id);
        if (earlier == charts.end() || earlier->unit != chart.unitOf(line))
            continue;
        const auto [names, isNew] = byHome.try_emplace(line.isAdded() ? home + u'+' : home); // apart from its own
        if (isNew) {
            for (const ChartSpec::Line &other : earlier->lines)
                names->second.emplace(other.name, other.column);
        }
        const auto found = names->second.lower_bound(line.isAdded() ? line.homeName : line.name);
        if (found == names->second.end() || found->first != (line.isAdded() ? line.homeName : line.name))
            continue;
        columns[i] = found->second;
        names->second.erase(found);
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
