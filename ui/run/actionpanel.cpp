// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/actionpanel.h"

#include "ui/widgets/copytable.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QToolButton>
#include <QVBoxLayout>

namespace Headroom {

ActionPanel::ActionPanel(ActionTableModel *model, QWidget *parent)
    : QWidget(parent)
    , m_table(new CopyTable(QStringLiteral("actions"), model, this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("actionPanel"));
    m_table->setAccessibleName(tr("Actions"));
    m_table->setEmptyText(tr("The scenario has no actions, or no run is on"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addWidget(m_table, 1);
    column->addLayout(m_buttons);
    m_buttons->addStretch(1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ActionPanel::choiceChanged);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &ActionPanel::choiceChanged);
}

void ActionPanel::setOrder(QAction *order)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(order);
    button->setObjectName(order->objectName() + QLatin1String("Button"));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(order->iconText());
    m_buttons->insertWidget(0, button);
}

std::optional<int> ActionPanel::chosen() const
{
    const auto indexOf = [](const QModelIndex &index) { return index.data(ActionTableModel::IndexRole).toInt(); };
    const auto isByHand = [](const QModelIndex &index) { return index.data(ActionTableModel::ByHandRole).toBool(); };
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    if (!selected.isEmpty())
        return isByHand(selected.first()) ? std::optional(indexOf(selected.first())) : std::nullopt;
    std::optional<int> only;
    for (int row = 0; row < m_table->model()->rowCount(); ++row) {
        const QModelIndex index = m_table->model()->index(row, 0);
        if (isByHand(index) && only)
            return std::nullopt;
        if (isByHand(index))
            only = indexOf(index);
    }
    return only;
}

} // namespace Headroom
