// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"

#include <QAbstractTableModel>

namespace Headroom {

/// One row for each step, kind, status and message, most frequent first; its tool tip and "example" hold one example. Shows the view it was given and computes nothing. Rows that stay keep their index; only a new
/// run resets the model. Qt::UserRole holds what a column sorts by.
class FailureTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    RunViewPtr m_view;
};

} // namespace Headroom
