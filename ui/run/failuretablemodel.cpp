// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/failuretablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/failureexample.h"
#include "ui/run/runtexts.h"

#include <algorithm>
#include <set>

namespace Headroom {

FailureTableModel::FailureTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Step"), {}},
           {tr("Kind"), {}},
           {tr("Status"), tr("HTTP status of the answer, when there was one."), true},
           {tr("Message"), {}},
           {tr("Count"), tr("Over the whole run, warm-up and drain included."), true, QStringLiteral("1,234,567")},
           {tr("First"), tr("Since the start of the run."), true, QStringLiteral("1:23:45")},
           {tr("Last"), tr("Since the start of the run."), true, QStringLiteral("1:23:45")}},
          parent)
{
}

FailureTableModel::Rows FailureTableModel::rowsOf(const RunViewPtr &view)
{
    Rows rows;
    if (!view)
        return rows;
    std::map<Key, int> seen;
    for (const ReportModel::Failure &failure : view->failures) {
        Row row{failure};
        row.occurrence = seen[keyOf(row)]++;
        rows.push_back(std::move(row));
    }
    return rows;
}

FailureTableModel::Key FailureTableModel::keyOf(const Row &row)
{
    const ReportModel::Failure &failure = row.failure;
    return {failure.step, int(failure.kind), failure.status, failure.message, row.occurrence};
}

void FailureTableModel::setView(const RunViewPtr &view)
{
    const RunFactsPtr facts = view ? view->facts : nullptr;
    Rows wanted = rowsOf(view);
    if (view && facts == m_facts) {
        removeAllBut(wanted);
        moveIntoOrderOf(wanted);
        insertMissing(wanted);
        reportAllChanged();
        return;
    }
    beginResetModel();
    m_facts = facts;
    m_rows = std::move(wanted);
    endResetModel();
}

void FailureTableModel::removeAllBut(const Rows &wanted)
{
    std::set<Key> keys;
    for (const Row &row : wanted)
        keys.insert(keyOf(row));
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (keys.contains(keyOf(m_rows[std::size_t(row)])))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void FailureTableModel::moveIntoOrderOf(const Rows &wanted)
{
    std::map<Key, int> before;
    for (int row = 0; row < rowCount(); ++row)
        before.emplace(keyOf(m_rows[std::size_t(row)]), row);
    Rows ordered;
    std::map<int, int> rowAfterByRowBefore;
    for (const Row &row : wanted) {
        if (const auto known = before.find(keyOf(row)); known != before.end()) {
            rowAfterByRowBefore.emplace(known->second, int(ordered.size()));
            ordered.push_back(row);
        }
    }
    if (std::ranges::all_of(rowAfterByRowBefore, [](const auto &move) { return move.first == move.second; }))
        m_rows = std::move(ordered);
    else
        reorder(std::move(ordered), rowAfterByRowBefore);
}

void FailureTableModel::reorder(Rows ordered, const std::map<int, int> &rowAfterByRowBefore)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    m_rows = std::move(ordered);
    const QModelIndexList old = persistentIndexList();
    QModelIndexList moved;
    for (const QModelIndex &place : old)
        moved.append(index(rowAfterByRowBefore.at(place.row()), place.column()));
    changePersistentIndexList(old, moved);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void FailureTableModel::insertMissing(const Rows &wanted)
{
    for (int row = 0; row < int(wanted.size()); ++row) {
        const Row &next = wanted[std::size_t(row)];
        if (row < rowCount() && keyOf(m_rows[std::size_t(row)]) == keyOf(next))
            continue;
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, next);
        endInsertRows();
    }
}

int FailureTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

RunTableModel::Cell FailureTableModel::cell(int row, int column) const
{
    const ReportModel::Failure &failure = m_rows[std::size_t(row)].failure;
    const auto second = [](int value) { return Cell{formatElapsed(value * 1s), value}; };
    const auto text = [](const QString &value) { return Cell{value, value, value}; };
    switch (Column(column)) {
    case Step:
        return failure.step.isEmpty() ? Cell{noValue(), QString()} : text(foreignText(failure.step));
    case Kind: {
        const QString name = failureKindName(failure.kind);
        return {name, name, failureKindText(failure.kind)};
    }
    case Status:
        return failure.status > 0 ? Cell{QString::number(failure.status), failure.status} : Cell{noValue(), {}};
    case Message: {
        const QString message = foreignText(failure.message);
        if (!failure.example)
            return text(message);
        return {message, message, message + QLatin1Char('\n') + exampleRequest(*failure.example)};
    }
    case Count:
        return {formatCount(failure.count), qulonglong(failure.count)};
    case First:
        return second(failure.firstSecond);
    case Last:
        return second(failure.lastSecond);
    }
    return {};
}

QVariant FailureTableModel::extra(int row, int, int role) const
{
    const ReportModel::Failure &failure = m_rows[std::size_t(row)].failure;
    return role == ExampleRole && failure.example ? exampleText(*failure.example) : QVariant();
}

} // namespace Headroom
