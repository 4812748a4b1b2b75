// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/problemlistmodel.h"

#include "ui/editor/textplaces.h"
#include "ui/widgets/plaintooltip.h"

namespace Headroom {

void ProblemListModel::setDiagnostics(const Diagnostics &diagnostics)
{
    beginResetModel();
    m_diagnostics = diagnostics;
    endResetModel();
}

void ProblemListModel::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (!m_diagnostics.empty())
        Q_EMIT dataChanged(index(0, Severity), index(rowCount() - 1, Severity), {Qt::ForegroundRole});
}

int ProblemListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_diagnostics.size());
}

int ProblemListModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ProblemListModel::textOf(const QModelIndex &index) const
{
    const Diagnostic &diagnostic = m_diagnostics[std::size_t(index.row())];
    switch (index.column()) {
    case Severity:
        return diagnostic.severity == Diagnostic::Severity::Warning ? tr("Warning") : tr("Error");
    case Place: {
        const TextPosition place = diagnostic.range.start;
        return QStringLiteral("%1:%2").arg(place.line).arg(place.column);
    }
    default:
        return diagnostic.message;
    }
}

QVariant ProblemListModel::orderOf(const QModelIndex &index) const
{
    const Diagnostic &diagnostic = m_diagnostics[std::size_t(index.row())];
    switch (index.column()) {
    case Severity:
        return int(diagnostic.severity);
    case Place:
        return (qint64(diagnostic.range.start.line) << 32) + diagnostic.range.start.column;
    default:
        return diagnostic.message;
    }
}

QVariant ProblemListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Diagnostic &diagnostic = m_diagnostics[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(index);
    case Qt::ToolTipRole:
        return plainToolTip(diagnostic.message);
    case Qt::ForegroundRole:
        if (index.column() != Severity)
            return {};
        return diagnostic.severity == Diagnostic::Severity::Warning ? m_theme.warning : m_theme.bad;
    case OrderRole:
        return orderOf(index);
    case IndexRole:
        return index.row();
    default:
        return {};
    }
}

QVariant ProblemListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Severity:
        return tr("Kind");
    case Place:
        return tr("Place");
    case Text:
        return tr("Problem");
    default:
        return {};
    }
}

} // namespace Headroom
