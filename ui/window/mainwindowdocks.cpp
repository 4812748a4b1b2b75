// SPDX-License-Identifier: GPL-3.0-or-later
// Docks and tool bars of the main window.
#include "ui/editor/scenarioeditor.h"
#include "ui/probes/probepanel.h"
#include "ui/run/actionpanel.h"
#include "ui/run/eventtablemodel.h"
#include "ui/run/directoffer.h"
#include "ui/run/failurepanel.h"
#include "ui/run/failuretablemodel.h"
#include "ui/run/flowtablemodel.h"
#include "ui/run/rulepanel.h"
#include "ui/run/runpage.h"
#include "ui/run/slowtablemodel.h"
#include "ui/run/steptablemodel.h"
#include "ui/run/verdictline.h"
#include "ui/widgets/copytable.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/urlbar.h"

#include <QDockWidget>
#include <QHeaderView>
#include <QToolBar>
#include <QVBoxLayout>

namespace Headroom {

QDockWidget *MainWindow::addDock(const char *name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_docks.append(dock);
    return dock;
}

void MainWindow::makeDocks()
{
    const auto table = [this](const char *name, const QString &label, QAbstractItemModel &model, const QString &empty) {
        auto *view = new CopyTable(QLatin1String(name), &model, this);
        view->setAccessibleName(label);
        view->setEmptyText(empty);
        return view;
    };
    CopyTable *stepTable = table("steps", tr("Steps"), m_page->steps(), tr("No run yet"));
    stepTable->horizontalHeader()->setStretchLastSection(false); // a number
    addDock("scenarioDock", tr("Scenario"), m_editor, Qt::LeftDockWidgetArea);
    QDockWidget *steps = addDock("stepsDock", tr("Steps"), stepTable, Qt::BottomDockWidgetArea);
    QDockWidget *flows = addDock("flowsDock", tr("Flows"),
                                 table("flows", tr("Flows"), m_page->flows(), tr("No run yet")), Qt::BottomDockWidgetArea);
    QDockWidget *failures =
        addDock("failuresDock", tr("Failures"), new FailurePanel(&m_page->failures(), this), Qt::BottomDockWidgetArea);
    CopyTable *slowTable = table("slowest", tr("Slowest"), m_page->slowest(),
                                 tr("The slowest exchanges of the measured time, of whatever step, come here."));
    QDockWidget *slowest = addDock("slowestDock", tr("Slowest"), slowTable, Qt::BottomDockWidgetArea);
    auto *judgement = new QWidget(this);
    auto *column = new QVBoxLayout(judgement);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *verdict = new VerdictLine(judgement);
    column->addWidget(verdict);
    auto *offer = new DirectOffer(judgement);
    column->addWidget(offer);
    m_rulePanel = new RulePanel(&m_page->rules(), judgement);
    column->addWidget(m_rulePanel, 1);
    connect(m_page, &RunPage::viewChanged, verdict, &VerdictLine::setView);
    connect(m_page, &RunPage::viewChanged, offer, &DirectOffer::setView);
    connect(offer, &QAbstractButton::clicked, this, &MainWindow::writeDirect);
    QDockWidget *rules = addDock("rulesDock", tr("Rules"), judgement, Qt::BottomDockWidgetArea);
    connect(offer, &DirectOffer::made, rules, &QWidget::raise);
    m_actionPanel = new ActionPanel(&m_page->actionTable(), this);
    QDockWidget *actions = addDock("actionsDock", tr("Actions"), m_actionPanel, Qt::BottomDockWidgetArea);
    m_probePanel = new ProbePanel(this);
    m_probePanel->setOrders(m_actions->ofProbes());
    QDockWidget *probes = addDock("probesDock", tr("Probes"), m_probePanel, Qt::BottomDockWidgetArea);
    QDockWidget *events =
        addDock("eventsDock", tr("Events"), table("events", tr("Events"), m_page->events(), tr("Nothing happened yet")),
                Qt::BottomDockWidgetArea);
    for (QDockWidget *dock : {flows, failures, slowest, rules, actions, probes, events})
        tabifyDockWidget(steps, dock);
    steps->raise();
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    resizeDocks({m_docks.first()}, {fontMetrics().averageCharWidth() * 62}, Qt::Horizontal);
    resizeDocks({steps}, {fontMetrics().height() * 11}, Qt::Vertical);
}

void MainWindow::makeToolBars()
{
    QToolBar *run = addToolBar(tr("Run"));
    run->setObjectName(QStringLiteral("runToolBar"));
    run->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    run->addActions({m_actions->start, m_actions->stop, m_actions->cut, m_actions->pause});
    addProfileBar(run);
    run->addSeparator();
    run->addActions({m_actions->exportReport, m_actions->resetZoom});
    addToolBarBreak();
    QToolBar *url = addToolBar(tr("URL"));
    url->setObjectName(QStringLiteral("urlToolBar"));
    url->addWidget(m_urlBar);
}

} // namespace Headroom
