// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"

#include <QAbstractTableModel>

#include <vector>

namespace Headroom {

/// The event log of a run: time, kind, what happened. Qt::UserRole holds what a column sorts by.
class EventTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void add(const RunEvent &event); ///< Placed by its time.
    void setEvents(std::vector<RunEvent> events);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RunEvent> m_events;
};

} // namespace Headroom
