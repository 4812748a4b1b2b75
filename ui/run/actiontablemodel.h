// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/runtablemodel.h"

namespace Headroom {

/// Every action of the scenario, the rungs of a ladder in their order, with what came of it and its effect as far as it
/// is known; of one that was done several times, the last. Shows the view it was given and computes nothing. Only a new
/// run resets the model. Qt::UserRole holds what a column sorts by.
class ActionTableModel : public RunTableModel
{
    Q_OBJECT
public:
    enum Column { Name, What, When, State, Effect, Detail };
    static constexpr int IndexRole = Qt::UserRole + 1; ///< Of every column: index into RunFacts::actions.
    static constexpr int ByHandRole = Qt::UserRole + 2; ///< Whether it waits for a hand.
    explicit ActionTableModel(QObject *parent = nullptr);

    void setView(const RunViewPtr &view); ///< Null: no rows.

    int rowCount(const QModelIndex &parent = {}) const override;

protected:
    Cell cell(int row, int column) const override;
    QVariant extra(int row, int column, int role) const override;

private:
    const ActionEffect *lastOf(int row) const;

    RunFactsPtr m_facts;
    RunViewPtr m_view;
};

} // namespace Headroom
