// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// Every rule with bound, value, interval and standing. Shows the view it was given and computes nothing. Rows that
/// stay keep their index; only a new run resets the model. Qt::UserRole holds what a column sorts by.
class RuleTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Standing, Text, Value, Bound, Interval, Samples, Why };
    static constexpr int TextRole = Qt::UserRole + 1; ///< The rule's text as it is, of every column.
    explicit RuleTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;
    QVariant extra(int row, int column, int role) const override;

private:
    void setRules(const std::vector<RuleResult> &rules);
    Cell ruleCell(int row) const;
    RunFactsPtr m_facts;
    std::vector<RuleResult> m_rules;
};

} // namespace Headroom
