// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// One row a flow: the share or rate that the plan wants of it, and what it got. Shows the view it was given. Rows that
/// stay keep their index; only a new run resets the model. Qt::UserRole holds what a column sorts by.
class FlowTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Name, WantedShare, AchievedShare, OwnRate, AchievedRate, Planned, Started, Completed, Dropped };
    explicit FlowTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;

private:
    RunViewPtr m_view;
};

} // namespace Headroom
