// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probepanel.h"

#include "ui/probes/mappingsview.h"
#include "ui/probes/probetreemodel.h"
#include "ui/probes/sparkdelegate.h"
#include "ui/probes/trialbox.h"
#include "ui/run/runtexts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace Headroom {

ProbePanel::ProbePanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ProbeTreeModel(this))
    , m_halves(new QSplitter(this))
    , m_tree(new QTreeView(this))
    , m_mappings(new MappingsView(this))
    , m_empty(new QLabel(
          tr("The scenario has no probes. A probe watches the target, its machine or a service beside the load."),
          this))
    , m_sparks(new SparkDelegate(ProbeTreeModel::CourseRole, this))
    , m_trial(new TrialBox(this))
    , m_cost(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("probePanel"));
    m_tree->setObjectName(QStringLiteral("probes"));
    m_tree->setAccessibleName(tr("Probes"));
    m_tree->setModel(m_model);
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setItemDelegateForColumn(ProbeTreeModel::Course, m_sparks);
    m_tree->setTabKeyNavigation(false);
    const int letter = fontMetrics().averageCharWidth();
    const int widths[] = {24, 16, 20, 36};
    for (int column = 0; column < int(std::size(widths)); ++column)
        m_tree->setColumnWidth(column, widths[column] * letter);
    m_halves->setObjectName(QStringLiteral("probeHalves"));
    m_halves->setChildrenCollapsible(false);
    m_halves->addWidget(m_tree);
    m_halves->addWidget(m_mappings);
    m_halves->setStretchFactor(0, 3);
    m_halves->setStretchFactor(1, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    m_empty->setObjectName(QStringLiteral("noProbes"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setEnabled(false); // pale
    column->addWidget(m_halves, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_trial);
    m_cost->setObjectName(QStringLiteral("probeCost"));
    m_cost->setTextFormat(Qt::PlainText);
    m_cost->setWordWrap(true);
    m_cost->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_cost->setMargin(fontMetrics().height() / 4);
    column->addWidget(m_cost);
    showCost({});
    column->addLayout(m_buttons);
    m_buttons->addStretch(1);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ProbePanel::choiceChanged);
    connect(this, &ProbePanel::choiceChanged, m_mappings, [this] { m_mappings->choose(chosen()); });
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &ProbePanel::rememberFolds);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProbePanel::restoreFolds);
    showEmptiness();
    connect(m_tree, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const int line = index.data(ProbeTreeModel::LineRole).toInt(); line > 0)
            Q_EMIT placeWanted(line);
    });
}

void ProbePanel::setOrders(const QList<QAction *> &orders)
{
    for (QAction *action : orders) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QLatin1String("Button"));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAccessibleName(action->iconText());
        m_buttons->insertWidget(m_buttons->count() - 1, button);
    }
}

void ProbePanel::showMappings(const std::vector<MappingsTable> &tables) { m_mappings->setTables(tables); }

void ProbePanel::showCost(const QString &sentence)
{
    m_cost->setText(foreignText(sentence));
    m_cost->setHidden(sentence.isEmpty());
}

void ProbePanel::setTheme(const Theme &theme)
{
    m_model->setTheme(theme);
    m_sparks->setTheme(theme);
    m_tree->viewport()->update();
}

QString ProbePanel::chosen() const
{
    const QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    if (!rows.isEmpty())
        return rows.first().data(ProbeTreeModel::ProbeRole).toString();
    return m_model->rowCount() == 1 ? m_model->index(0, 0).data(ProbeTreeModel::ProbeRole).toString() : QString();
}

bool ProbePanel::isChosenInScenario() const
{
    const QString name = chosen();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (index.data(ProbeTreeModel::ProbeRole).toString() == name)
            return index.data(ProbeTreeModel::LineRole).toInt() > 0;
    }
    return false;
}

void ProbePanel::choose(const QString &probe)
{
    m_wanted = probe;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (index.data(ProbeTreeModel::ProbeRole).toString() != probe)
            continue;
        m_tree->setCurrentIndex(index);
        m_wanted.clear();
        return;
    }
}

void ProbePanel::rememberFolds()
{
    if (m_wanted.isEmpty() && m_model->rowCount() > 1)
        m_wanted = chosen();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const QString name = index.data(ProbeTreeModel::ProbeRole).toString();
        if (m_model->rowCount(index) > 0 && !m_tree->isExpanded(index))
            m_folded.insert(name);
        else
            m_folded.remove(name);
    }
}

/// All are unfolded at first.
void ProbePanel::restoreFolds()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_tree->setExpanded(index, !m_folded.contains(index.data(ProbeTreeModel::ProbeRole).toString()));
    }
    showEmptiness();
    if (!m_wanted.isEmpty())
        choose(QString(m_wanted));
    Q_EMIT choiceChanged();
}

void ProbePanel::showEmptiness()
{
    m_tree->setHidden(m_model->rowCount() == 0);
    m_halves->setHidden(m_model->rowCount() == 0);
    m_empty->setHidden(m_model->rowCount() > 0);
}

} // namespace Headroom
