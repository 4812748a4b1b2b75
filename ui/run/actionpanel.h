// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/actiontablemodel.h"

#include <QWidget>

#include <optional>

class QAction;
class QHBoxLayout;

namespace Headroom {

class CopyTable;

/// The actions of a run, what came of them, and the button for those that wait for a hand.
class ActionPanel : public QWidget
{
    Q_OBJECT
public:
    /// The model must outlive it.
    explicit ActionPanel(ActionTableModel *model, QWidget *parent = nullptr);

    CopyTable *table() const { return m_table; }
    /// A button below the table: an action of the window. Once.
    void setOrder(QAction *order);
    /// The action that is chosen, by its index in RunFacts::actions, when it waits for a hand; without a choice, the
    /// only one that does.
    std::optional<int> chosen() const;

Q_SIGNALS:
    void choiceChanged();

private:
    CopyTable *m_table;
    QHBoxLayout *m_buttons;
};

} // namespace Headroom
