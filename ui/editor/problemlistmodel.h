// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace Headroom {

/// The problems of a scenario, one a row, in the order of their places.
class ProblemListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Severity, Place, Text, ColumnCount };
    enum Role {
        OrderRole = Qt::UserRole, ///< Sorts by value: errors before warnings, places by line and column.
        IndexRole, ///< Which of the diagnostics it is, however a proxy has sorted.
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setDiagnostics(const Diagnostics &diagnostics);
    void setTheme(const Theme &theme);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant orderOf(const QModelIndex &index) const;
    QString textOf(const QModelIndex &index) const;

    Diagnostics m_diagnostics;
    Theme m_theme;
};

} // namespace Headroom
