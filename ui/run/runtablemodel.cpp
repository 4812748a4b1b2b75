// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runtablemodel.h"

#include "ui/run/runtexts.h"

#include <QFontMetrics>
#include <QGuiApplication>

#include "ui/widgets/plaintooltip.h"
#include <algorithm>

namespace Headroom {

RunTableModel::RunTableModel(std::vector<Column> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

int RunTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_columns.size()); }

QVariant RunTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), index.column()).text;
    case Qt::UserRole:
        return cell(index.row(), index.column()).sortValue;
    case Qt::ToolTipRole: {
        const QString explanation = cell(index.row(), index.column()).explanation;
        return explanation.isEmpty() ? QVariant() : plainToolTip(explanation);
    }
    case Qt::SizeHintRole:
        return sizeHint(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return headerData(index.column(), Qt::Horizontal, role);
    default:
        return extra(index.row(), index.column(), role);
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column &column = m_columns[std::size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return column.explanation.isEmpty() ? QVariant() : plainToolTip(column.explanation);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant RunTableModel::sizeHint(int row, int column) const
{
    const QString &typical = m_columns[std::size_t(column)].typicalText;
    if (typical.isEmpty())
        return {};
    QFont font = QGuiApplication::font();
    font.setBold(true); // of the widest row
    const QFontMetrics metrics(font);
    const int width = std::max(metrics.horizontalAdvance(typical), metrics.horizontalAdvance(cell(row, column).text));
    return QSize(width + metrics.averageCharWidth(), metrics.height());
}

QVariant RunTableModel::extra(int, int, int) const { return {}; }

void RunTableModel::reportAllChanged()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

} // namespace Headroom
