// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace Headroom {

/// What the tables of a run have in common: headings with an explanation, numbers at the right, and beside each text
/// the value that it sorts by (Qt::UserRole; invalid where there is none).
class RunTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    struct Column
    {
        QString title;
        QString explanation; ///< Tool tip of the heading; may be empty.
        bool isNumber = false;
        QString typicalText{}; ///< Asks for its width, as columns are fitted while the numbers are still short.
    };
    struct Cell
    {
        QString text;
        QVariant sortValue;
        QString explanation{}; ///< Tool tip, as plain text; may be empty.
    };

    RunTableModel(std::vector<Column> columns, QObject *parent);

    virtual Cell cell(int row, int column) const = 0;
    /// Any other role.
    virtual QVariant extra(int row, int column, int role) const;
    void reportAllChanged();

private:
    QVariant sizeHint(int row, int column) const;
    std::vector<Column> m_columns;
};

} // namespace Headroom
