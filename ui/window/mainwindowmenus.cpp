// SPDX-License-Identifier: GPL-3.0-or-later
// Menus of the main window.
#include "ui/charts/chartboard.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

namespace Headroom {

namespace {

struct Span
{
    const char *text;
    std::optional<double> seconds;
};
const Span kSpans[] = {{QT_TRANSLATE_NOOP("Headroom::MainWindow", "Last &Minute"), 60.0},
                       {QT_TRANSLATE_NOOP("Headroom::MainWindow", "Last &5 Minutes"), 300.0},
                       {QT_TRANSLATE_NOOP("Headroom::MainWindow", "Last &15 Minutes"), 900.0},
                       {QT_TRANSLATE_NOOP("Headroom::MainWindow", "&All"), std::nullopt}};

} // namespace

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions->newScenario, m_actions->open});
    m_recentMenu = file->addMenu(tr("Open &Recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    file->addSeparator();
    file->addActions({m_actions->save, m_actions->saveAs});
    file->addSeparator();
    file->addActions({m_actions->saveSession, m_actions->exportReport, m_actions->attachments});
    m_pictureMenu = file->addMenu(tr("Save &Chart as Picture"));
    file->addSeparator();
    file->addAction(m_actions->close);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions(m_editor->actions());
    edit->addSeparator();
    edit->addActions({m_actions->nextProblem, m_actions->previousProblem});

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_actions->start, m_actions->runAgain, m_actions->runAgainWith, m_actions->findLimit, m_actions->chooseProfile, m_actions->focusUrl, m_actions->firstRun});
    run->addSeparator();
    run->addActions({m_actions->stop, m_actions->cut});
    run->addSeparator();
    run->addActions({m_actions->pause, m_actions->hold, m_actions->skipStage, m_actions->extendStage});
    run->addActions(m_actions->extendMore());
    run->addSeparator();
    run->addActions({m_actions->increase, m_actions->decrease, m_actions->mix, m_actions->backToPlan});
    run->addSeparator();
    run->addActions({m_actions->addRule, m_actions->changeRule, m_actions->switchOffRule, m_actions->doAction, m_actions->captureProfile, m_actions->showProfile});
    run->addSeparator();
    run->addActions(m_actions->ofProbes());
    run->addSeparator();
    run->addActions({m_actions->playReplay, m_actions->secondBack, m_actions->secondForward});

    QMenu *view = menuBar()->addMenu(tr("&View"));
    auto *spans = new QActionGroup(this);
    for (const Span &span : kSpans) {
        QAction *action = spans->addAction(tr(span.text));
        action->setCheckable(true);
        action->setChecked(span.seconds == m_settings.chartSpanSeconds());
        connect(action, &QAction::triggered, this, [this, seconds = span.seconds] {
            m_page->charts().setSpan(seconds);
            m_settings.setChartSpanSeconds(seconds);
        });
    }
    view->addActions(spans->actions());
    view->addSeparator();
    view->addActions({m_actions->resetZoom, m_actions->logarithmic, m_actions->ghostFrom, m_actions->noGhost, m_actions->addSeries, m_actions->addBand});
    m_panelsMenu = view->addMenu(tr("&Charts"));
    m_dashboardMenu = view->addMenu(tr("&Dashboards"));
    m_dashboardMenu->setObjectName(QStringLiteral("dashboardMenu"));
    view->addSeparator();
    for (const QDockWidget *dock : std::as_const(m_docks))
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu *colors = view->addMenu(tr("C&olors"));
    auto *modes = new QActionGroup(this);
    const std::pair<QString, ColorMode> choices[] = {
        {tr("&System"), ColorMode::System}, {tr("&Light"), ColorMode::Light}, {tr("&Dark"), ColorMode::Dark}};
    for (const auto &[text, mode] : choices) {
        QAction *action = modes->addAction(text);
        action->setCheckable(true);
        action->setChecked(mode == m_settings.colorMode());
        connect(action, &QAction::triggered, this, [this, mode] {
            m_settings.setColorMode(mode);
            applyColorMode(mode);
        });
    }
    colors->addActions(modes->actions());
    view->addAction(m_actions->resetLayout);

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions->help, m_actions->howWeMeasure});
    help->addSeparator();
    help->addAction(m_actions->about);
}

void MainWindow::fillRecentMenu()
{
    m_recentMenu->clear();
    for (const QString &path : m_settings.recentFiles()) {
        QString text = QFileInfo(path).fileName();
        QAction *action = m_recentMenu->addAction(text.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setToolTip(path);
        action->setStatusTip(path);
        connect(action, &QAction::triggered, this, [this, path] { openFile(path); });
    }
    if (m_recentMenu->isEmpty())
        m_recentMenu->addAction(tr("No recent files"))->setEnabled(false);
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(m_actions->clearRecent);
}

void MainWindow::fillChartMenu()
{
    ChartBoard &charts = m_page->charts();
    m_panelsMenu->clear();
    m_pictureMenu->clear();
    const QStringList hidden = m_settings.hiddenCharts();
    for (const QString &id : charts.chartIds()) {
        charts.setChartVisible(id, !hidden.contains(id));
        QAction *shown = m_panelsMenu->addAction(charts.chartTitle(id));
        shown->setCheckable(true);
        shown->setChecked(charts.isChartVisible(id));
        connect(shown, &QAction::toggled, this, [this, id](bool isVisible) {
            m_page->charts().setChartVisible(id, isVisible);
            QStringList ids = m_settings.hiddenCharts();
            ids.removeAll(id);
            if (!isVisible)
                ids.append(id);
            m_settings.setHiddenCharts(ids);
        });
        connect(m_pictureMenu->addAction(charts.chartTitle(id)), &QAction::triggered, this,
                [this, id] { saveChart(id); });
    }
}

} // namespace Headroom
