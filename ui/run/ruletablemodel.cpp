// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/ruletablemodel.h"

#include "core/base/humanformat.h"
#include "ui/run/runtexts.h"

#include <QGuiApplication>

namespace Headroom {

namespace {

int urgency(RuleResult::Standing standing) // the worst first
{
    switch (standing) {
    case RuleResult::Standing::NotMet:
        return 0;
    case RuleResult::Standing::Undecided:
        return 1;
    case RuleResult::Standing::NotRun:
        return 2;
    case RuleResult::Standing::Met:
        break;
    }
    return 3;
}

} // namespace

RuleTableModel::RuleTableModel(QObject *parent)
    : RunTableModel(
          {{tr("Standing"), tr("How the rule stands now, over the measured seconds so far."), false, tr("? undecided")},
           {tr("Rule"), {}},
           {tr("Value"), {}, true, QStringLiteral("12.3 ms")},
           {tr("Bound"), {}, true},
           {tr("Interval"), tr("Where the true value lies with 95 % confidence."), true,
            QStringLiteral("12.3 ms to 12.3 ms")},
           {tr("Samples"), tr("Requests, arrivals, sends or probe values that the value rests on."), true,
            QStringLiteral("1,234,567")},
           {tr("Why"), {}}},
          parent)
{
}

void RuleTableModel::setView(const RunViewPtr &view)
{
    const RunFactsPtr facts = view ? view->facts : nullptr;
    if (view && facts == m_facts) {
        setRules(view->rules);
        return;
    }
    beginResetModel();
    m_facts = facts;
    m_rules = view ? view->rules : std::vector<RuleResult>();
    endResetModel();
}

void RuleTableModel::setRules(const std::vector<RuleResult> &rules)
{
    const int before = int(m_rules.size());
    const int after = int(rules.size());
    // What comes and goes does so at the end; only then do the others change.
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rules.erase(m_rules.begin() + after, m_rules.end());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rules.insert(m_rules.end(), rules.begin() + before, rules.end());
        endInsertRows();
    }
    m_rules = rules;
    reportAllChanged();
}

int RuleTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rules.size()); }

RunTableModel::Cell RuleTableModel::cell(int row, int column) const
{
    const RuleResult &result = m_rules[std::size_t(row)];
    const auto text = [](const QString &value) { return Cell{value, value, value}; };
    switch (Column(column)) {
    case Standing:
        return {standingText(result.standing), urgency(result.standing)};
    case Text:
        return ruleCell(row);
    case Value:
        return result.value ? Cell{formatRuleValue(*result.value, result.rule), *result.value}
                            : Cell{noValue(), {}};
    case Bound:
        return {boundText(result.rule), result.rule.bound};
    case Interval:
        return {intervalText(result), result.low ? QVariant(*result.low) : QVariant()};
    case Samples:
        return {formatCount(result.samples), qulonglong(result.samples)};
    case Why:
        return text(foreignText(result.reason));
    }
    return {};
}

/// With the requirement that it shows in front; what that asks for is in the tip, like the objective that it is a cell of.
RunTableModel::Cell RuleTableModel::ruleCell(int row) const
{
    const QString rule = foreignText(m_rules[std::size_t(row)].rule.text);
    QStringList ids;
    QStringList tip{rule};
    for (const RunFacts::Requirement &one : m_facts ? m_facts->requirements : std::vector<RunFacts::Requirement>()) {
        if (one.rule != row)
            continue;
        ids << foreignText(one.id);
        tip << tr("Requirement %1: %2").arg(ids.last(), foreignText(one.text));
    }
    for (const RunFacts::Objective &one : m_facts ? m_facts->objectives : std::vector<RunFacts::Objective>()) {
        if (one.rule == row)
            tip << tr("Objective: %1 of %2").arg(foreignText(one.column), foreignText(one.row));
    }
    const QString shown = ids.isEmpty() ? rule : tr("%1: %2").arg(ids.join(QStringLiteral(", ")), rule);
    return {shown, rule, tip.join(u'\n')};
}

QVariant RuleTableModel::extra(int row, int column, int role) const
{
    if (role == TextRole)
        return m_rules[std::size_t(row)].rule.text;
    if (role != Qt::ForegroundRole || column != Standing)
        return {};
    return standingColor(m_rules[std::size_t(row)].standing, Theme::of(QGuiApplication::palette()));
}

} // namespace Headroom
