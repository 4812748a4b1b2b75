// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actiontablemodel.h"

#include "core/base/humanformat.h"
#include "core/report/actiontext.h"
#include "ui/run/runtexts.h"

#include <QGuiApplication>

#include <algorithm>
#include <ranges>

namespace Headroom {

ActionTableModel::ActionTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Action"), {}},
           {tr("What"), tr("The request or the command.")},
           {tr("When"), tr("Those by hand are done with Do Action.")},
           {tr("State"), tr("What came of it, the last time that it was done."), false, tr("0:45: answered 200")},
           {tr("Effect"), tr("What it has brought about, against what was expected."), false,
            tr("no detectable effect")},
           {tr("Before and after"), {}}},
          parent)
{
}

void ActionTableModel::setView(const RunViewPtr &view)
{
    const RunFactsPtr facts = view ? view->facts : nullptr;
    const bool isSameRun = facts && m_facts && facts->actions == m_facts->actions;
    if (isSameRun) {
        m_facts = facts;
        m_view = view;
        reportAllChanged();
        return;
    }
    beginResetModel();
    m_facts = facts;
    m_view = view;
    endResetModel();
}

int ActionTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_facts ? 0 : int(m_facts->actions.size());
}

const ActionEffect *ActionTableModel::lastOf(int row) const
{
    const auto reversed = m_view->actions | std::views::reverse;
    const auto found = std::ranges::find(reversed, row, [](const ActionEffect &effect) { return effect.done.action; });
    return found == reversed.end() ? nullptr : &*found;
}

RunTableModel::Cell ActionTableModel::cell(int row, int column) const
{
    const RunFacts::Action &action = m_facts->actions[std::size_t(row)];
    const ActionEffect *last = lastOf(row);
    const auto text = [](const QString &value) { return Cell{value, value, value}; };
    switch (Column(column)) {
    case Name:
        return text(
            foreignText(action.ladder.isEmpty() ? action.name : action.ladder + QStringLiteral(": ") + action.name));
    case What:
        return text(foreignText(action.text));
    case When:
        return text(foreignText(action.when));
    case State:
        if (!last)
            return {tr("not done"), -1.0};
        return {tr("%1: %2").arg(formatElapsed(last->done.at), foreignText(last->done.text)),
                double(last->done.at.count()), foreignText(last->done.text)};
    case Effect:
        return last ? text(effectOutcomeText(last->outcome)) : Cell{noValue(), {}};
    case Detail:
        return last ? text(foreignText(effectText(*last, action)))
                    : text(action.expectEffect.isEmpty() ? QString()
                                                         : tr("expected: %1").arg(foreignText(action.expectEffect)));
    }
    return {};
}

QVariant ActionTableModel::extra(int row, int column, int role) const
{
    if (role == IndexRole)
        return row;
    if (role == ByHandRole)
        return m_facts->actions[std::size_t(row)].isByHand;
    const ActionEffect *last = role == Qt::ForegroundRole && column == Effect ? lastOf(row) : nullptr;
    if (!last || !last->standing)
        return {};
    return standingColor(*last->standing, Theme::of(QGuiApplication::palette()));
}

} // namespace Headroom
