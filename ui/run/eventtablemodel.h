// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "ui/run/runtablemodel.h"

#include <vector>

namespace Headroom {

/// The event log of a run: time, kind, what happened. Qt::UserRole holds what a column sorts by.
class EventTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Kind, Text };
    explicit EventTableModel(QObject *parent = nullptr);

    void add(const RunEvent &event); ///< Placed by its time.
    void setEvents(std::vector<RunEvent> events);
    const std::vector<RunEvent> &events() const { return m_events; }

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;

private:
    std::vector<RunEvent> m_events;
};

} // namespace Headroom
