// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// The slowest exchanges of the measured window, of whatever step, one a row, the slowest first; what the time of one is made of stands
/// in its tool tip. Shows the view it was given and computes nothing. Rows that stay keep their index; only a new run
/// resets the model. Qt::UserRole holds what a column sorts by.
class SlowTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Step, Response, Lag, FirstByte, Service, Status, Url };
    explicit SlowTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;

private:
    using Rows = std::vector<ReportModel::SlowRequest>;
    // One after the other these make the old rows into the new ones; those of both stand in the same order.
    void removeAllBut(const Rows &wanted);
    void insertMissing(const Rows &wanted);

    RunFactsPtr m_facts;
    Rows m_rows;
};

} // namespace Headroom
