// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/countfamilies.h"

#include "core/report/seriesgroup.h"

#include <algorithm>
#include <map>

namespace Headroom {

namespace {

constexpr std::size_t kMostAlone = 6; // of a probe; more would fill the board

bool isUpOrDown(const RunFacts::Series &series) { return series.unit == QLatin1String("up"); }

std::map<QString, std::size_t> countsByProbe(const RunFacts &facts)
{
    std::map<QString, std::size_t> counts;
    for (const RunFacts::Series &series : facts.series)
        counts[series.probe] += groupOf(series) == SeriesGroup::Queues && !isUpOrDown(series) ? 1 : 0;
    return counts;
}

} // namespace

std::vector<CountFamily> countFamiliesOf(const RunFacts &facts)
{
    const auto counts = countsByProbe(facts);
    std::vector<CountFamily> families;
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        const RunFacts::Series &series = facts.series[i];
        if (groupOf(series) != SeriesGroup::Queues)
            continue;
        const QString whose = counts.at(series.probe) > kMostAlone ? series.probe : series.name();
        const QString name = isUpOrDown(series) ? QString() : whose;
        auto family = std::ranges::find(families, name, &CountFamily::name);
        if (family == families.end())
            family = families.insert(family, {name, {}});
        family->series.push_back(i);
    }
    return families;
}

} // namespace Headroom
