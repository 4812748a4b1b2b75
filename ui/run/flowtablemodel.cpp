// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/flowtablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

namespace Headroom {

FlowTableModel::FlowTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Flow"), {}},
           {tr("Wanted share"), tr("Of the iterations of all weighted flows, as planned."), true,
            QStringLiteral("12.34 %")},
           {tr("Achieved share"), tr("The same of those that were started."), true, QStringLiteral("12.34 %")},
           {tr("Own rate"), tr("Planned iterations per second of a flow with a rate of its own."), true,
            QStringLiteral("1234.5/s")},
           {tr("Achieved rate"), tr("Started iterations per second of the measured window."), true,
            QStringLiteral("1234.5/s")},
           {tr("Planned"), tr("Planned iterations; with users, the started ones."), true, QStringLiteral("1,234,567")},
           {tr("Started"), {}, true, QStringLiteral("1,234,567")},
           {tr("Completed"), tr("Walked to the end, with or without errors."), true, QStringLiteral("1,234,567")},
           {tr("Dropped"), tr("Not started, because all users were taken."), true, QStringLiteral("12,345")}},
          parent)
{
}

void FlowTableModel::setView(const RunViewPtr &view)
{
    // The facts of a run fix its flows.
    const bool isSameRun = view && m_view && view->facts == m_view->facts && view->flows.size() == m_view->flows.size();
    if (isSameRun) {
        m_view = view;
        reportAllChanged();
        return;
    }
    beginResetModel();
    m_view = view;
    endResetModel();
}

int FlowTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_view ? 0 : int(m_view->flows.size());
}

RunTableModel::Cell FlowTableModel::cell(int row, int column) const
{
    const ReportModel::FlowShare &flow = m_view->flows[std::size_t(row)];
    const auto count = [](std::uint64_t value) { return Cell{formatCount(value), qulonglong(value)}; };
    const auto share = [](std::optional<double> value) {
        return value ? Cell{formatShare(*value), *value} : Cell{QStringLiteral("–"), {}};
    };
    const auto rate = [](std::optional<double> value) {
        return value ? Cell{formatRate(Rate::perSecond(*value)), *value} : Cell{QStringLiteral("–"), {}};
    };
    switch (Column(column)) {
    case Name:
        return {foreignText(flow.name), foreignText(flow.name)};
    case WantedShare:
        return share(flow.intendedShare);
    case AchievedShare:
        return share(flow.achievedShare);
    case OwnRate:
        return rate(flow.ownRatePerSecond);
    case AchievedRate:
        return rate(flow.achievedPerSecond);
    case Planned:
        return count(flow.counts.planned);
    case Started:
        return count(flow.counts.started);
    case Completed:
        return count(flow.counts.completed);
    case Dropped:
        return count(flow.counts.dropped);
    }
    return {};
}

} // namespace Headroom
