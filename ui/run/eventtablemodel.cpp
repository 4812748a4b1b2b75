// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/eventtablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

#include <algorithm>

namespace Headroom {

EventTableModel::EventTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Time"), tr("Since the start of the run."), true}, {tr("Kind"), {}}, {tr("What happened"), {}}}, parent)
{
}

void EventTableModel::add(const RunEvent &event)
{
    const auto place = std::ranges::upper_bound(m_events, event.at, {}, &RunEvent::at);
    const int row = int(place - m_events.begin());
    beginInsertRows({}, row, row);
    m_events.insert(place, event);
    endInsertRows();
}

void EventTableModel::setEvents(std::vector<RunEvent> events)
{
    std::ranges::stable_sort(events, {}, &RunEvent::at);
    if (events == m_events)
        return;
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

int EventTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_events.size()); }

RunTableModel::Cell EventTableModel::cell(int row, int column) const
{
    const RunEvent &event = m_events[std::size_t(row)];
    const auto text = [](const QString &value) { return Cell{value, value, value}; };
    switch (Column(column)) {
    case Time:
        return {event.at < 0ns ? tr("before") : formatElapsed(event.at), qlonglong(event.at.count())};
    case Kind:
        return text(foreignText(event.kind));
    case Text:
        return text(foreignText(event.text));
    }
    return {};
}

} // namespace Headroom
