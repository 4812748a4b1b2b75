// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/mappingstable.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// What held the memory of the processes of one probe: all together first, then what held most. Qt::UserRole holds what
/// a column sorts by.
class MappingsTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Holder, Start, End, Growth };
    explicit MappingsTableModel(QObject *parent = nullptr);

    void setTable(const MappingsTable &table);
    const MappingsTable &table() const { return m_table; }

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;

private:
    MappingsTable m_table;
};

} // namespace Headroom
