// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/failurepanel.h"

#include "ui/widgets/copytable.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>

namespace Headroom {

FailurePanel::FailurePanel(FailureTableModel *model, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_table(new CopyTable(tr("Failures"), model))
    , m_example(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("failurePanel"));
    m_table->setEmptyText(tr("No failures so far."));
    m_table->horizontalHeader()->setStretchLastSection(false); // a number, best beside the others
    setupExample();
    addWidget(m_table);
    addWidget(m_example);
    setStretchFactor(0, 3);
    setStretchFactor(1, 2);
    setChildrenCollapsible(false);
    const QAbstractItemModel *shown = m_table->model();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &FailurePanel::showExample);
    connect(shown, &QAbstractItemModel::dataChanged, this, &FailurePanel::showExample);
    connect(shown, &QAbstractItemModel::rowsRemoved, this, &FailurePanel::showExample);
    connect(shown, &QAbstractItemModel::modelReset, this, &FailurePanel::showExample);
}

void FailurePanel::setupExample()
{
    m_example->setObjectName(QStringLiteral("failureExample"));
    m_example->setAccessibleName(tr("Example of the failure"));
    m_example->setReadOnly(true);
    m_example->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_example->setTabChangesFocus(true);
    m_example->setUndoRedoEnabled(false);
    m_example->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_example->setPlaceholderText(tr("Choose a failure to see one request and its answer."));
}

void FailurePanel::showExample()
{
    const QModelIndex current = m_table->currentIndex();
    QString text = current.data(FailureTableModel::ExampleRole).toString();
    if (current.isValid() && text.isEmpty())
        text = tr("No example was kept of this failure.");
    if (text == m_shown) // what is selected in it stays
        return;
    m_shown = text;
    m_example->setPlainText(text);
}

} // namespace Headroom
