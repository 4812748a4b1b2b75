// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/connectionnote.h"

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kMostShown = 6; // groups, and runs of each; the JSON report has them all

struct Group
{
    const RunSummary *first = nullptr;
    QStringList labels;
};

std::vector<Group> groupsOf(const std::vector<RunSummary> &runs)
{
    std::vector<Group> groups;
    for (const RunSummary &run : runs) {
        if (!run.hasRun())
            continue;
        const auto alike = [&run](const Group &group) {
            return group.first->transport == run.transport && group.first->connections == run.connections;
        };
        auto group = std::ranges::find_if(groups, alike);
        if (group == groups.end())
            group = groups.insert(groups.end(), Group{&run, {}});
        group->labels << run.label;
    }
    return groups;
}

QString shownLabels(const QStringList &labels)
{
    const auto shown = labels.first(std::min(labels.size(), qsizetype(kMostShown))).join(QLatin1String(", "));
    return std::size_t(labels.size()) > kMostShown ? shown + QStringLiteral(" and others") : shown;
}

} // namespace

QString connectionNote(const std::vector<RunSummary> &runs)
{
    const std::vector<Group> groups = groupsOf(runs);
    if (groups.size() < 2)
        return {};
    QStringList parts;
    for (const Group &group : groups | std::views::take(kMostShown))
        parts << QStringLiteral("%1 by %2").arg(shownLabels(group.labels), group.first->connectionWords);
    if (groups.size() > kMostShown)
        parts << QStringLiteral("and others");
    return QStringLiteral(
               "These runs did not make their requests alike, which changes their figures whatever the target does: ")
        + parts.join(QLatin1String("; "));
}

} // namespace Headroom
