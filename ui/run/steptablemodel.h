// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// One row a step, and one of all steps last. Shows the view it was given and computes nothing. Rows that stay keep
/// their index; only a new run resets the model. Qt::UserRole holds what a column sorts by.
class StepTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column {
        Name,
        Request,
        Requests,
        PerSecond,
        Errors,
        Rejected,
        P50,
        P95,
        P99,
        Maximum,
        ServiceP50,
        ServiceP95,
        ServiceP99,
        Received
    };
    explicit StepTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;
    QVariant extra(int row, int column, int role) const override;

private:
    bool isAllSteps(int row) const { return row == int(m_view->steps.size()); }
    const RunView::Step &stepAt(int row) const;
    RunViewPtr m_view;
};

} // namespace Headroom
