// SPDX-License-Identifier: GPL-3.0-or-later
// How the window is put together: docks, tool bars, menus, and what its actions do.
#include "ui/charts/chartboard.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/eventtablemodel.h"
#include "ui/run/failurepanel.h"
#include "ui/run/failuretablemodel.h"
#include "ui/run/loaddial.h"
#include "ui/run/replaybar.h"
#include "ui/run/ruletablemodel.h"
#include "ui/run/runpage.h"
#include "ui/run/steptablemodel.h"
#include "ui/run/verdictline.h"
#include "ui/widgets/copytable.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/scenariofile.h"
#include "ui/window/sessiondesk.h"
#include "ui/window/startpanel.h"
#include "ui/window/statusline.h"
#include "ui/window/urlbar.h"

#include <QActionGroup>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

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

// --- Building --------------------------------------------------------------------------------------------------------

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
    QDockWidget *failures = addDock("failuresDock", tr("Failures"), new FailurePanel(&m_page->failures(), this), Qt::BottomDockWidgetArea);
    auto *judgement = new QWidget(this);
    auto *column = new QVBoxLayout(judgement);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *verdict = new VerdictLine(judgement);
    column->addWidget(verdict);
    column->addWidget(table("rules", tr("Rules"), m_page->rules(), tr("Rules stand here once a run is on")), 1);
    connect(m_page, &RunPage::viewChanged, verdict, &VerdictLine::setView);
    QDockWidget *rules = addDock("rulesDock", tr("Rules"), judgement, Qt::BottomDockWidgetArea);
    QDockWidget *events = addDock("eventsDock", tr("Events"), table("events", tr("Events"), m_page->events(), tr("Nothing happened yet")), Qt::BottomDockWidgetArea);
    for (QDockWidget *dock : {failures, rules, events})
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
    run->addSeparator();
    run->addActions({m_actions->exportReport, m_actions->resetZoom});
    addToolBarBreak();
    QToolBar *url = addToolBar(tr("URL"));
    url->setObjectName(QStringLiteral("urlToolBar"));
    url->addWidget(m_urlBar);
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions->newScenario, m_actions->open});
    m_recentMenu = file->addMenu(tr("Open &Recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    file->addSeparator();
    file->addActions({m_actions->save, m_actions->saveAs});
    file->addSeparator();
    file->addActions({m_actions->saveSession, m_actions->exportReport});
    m_pictureMenu = file->addMenu(tr("Save &Chart as Picture"));
    file->addSeparator();
    file->addAction(m_actions->close);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions(m_editor->actions());
    edit->addSeparator();
    edit->addActions({m_actions->nextProblem, m_actions->previousProblem});

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_actions->start, m_actions->focusUrl, m_actions->firstRun});
    run->addSeparator();
    run->addActions({m_actions->stop, m_actions->cut});
    run->addSeparator();
    run->addActions({m_actions->pause, m_actions->increase, m_actions->decrease, m_actions->backToPlan});
    run->addSeparator();
    run->addAction(m_actions->playReplay);

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
    view->addActions({m_actions->resetZoom, m_actions->logarithmic});
    m_panelsMenu = view->addMenu(tr("&Charts"));
    view->addSeparator();
    for (const QDockWidget *dock : std::as_const(m_docks))
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu *colors = view->addMenu(tr("C&olors"));
    auto *modes = new QActionGroup(this);
    const std::pair<QString, ColorMode> choices[]
        = {{tr("&System"), ColorMode::System}, {tr("&Light"), ColorMode::Light}, {tr("&Dark"), ColorMode::Dark}};
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

    menuBar()->addMenu(tr("&Help"))->addAction(m_actions->about);
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
        connect(m_pictureMenu->addAction(charts.chartTitle(id)), &QAction::triggered, this, [this, id] { saveChart(id); });
    }
}

// --- Wiring ----------------------------------------------------------------------------------------------------------

void MainWindow::connectFiles()
{
    connect(m_actions->newScenario, &QAction::triggered, this, [this] {
        m_scenario->beforeLosingChanges([this] {
            m_scenario->loadText({}, {});
            m_editor->setFocus();
        });
    });
    connect(m_actions->open, &QAction::triggered, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Open"), m_settings.lastFolder(),
                                       tr("Scenarios and sessions (*.yaml *.yml *.headroom *.part);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
        dialog->open();
    });
    connect(m_actions->clearRecent, &QAction::triggered, this, [this] { m_settings.clearRecentFiles(); });
    connect(m_actions->save, &QAction::triggered, this, [this] { m_scenario->save(); });
    connect(m_actions->saveAs, &QAction::triggered, this, [this] { m_scenario->saveAs(); });
    connect(m_start, &StartPanel::fileWanted, this, &MainWindow::openFile);
    connect(m_actions->close, &QAction::triggered, this, &QWidget::close);
    connect(m_scenario, &ScenarioFile::nameChanged, this, &MainWindow::updateTitle);
    connect(m_scenario, &ScenarioFile::failed, this, &MainWindow::tell);
    connect(m_editor, &ScenarioEditor::modifiedChanged, this, &MainWindow::updateTitle);
    connect(m_actions->nextProblem, &QAction::triggered, m_editor, &ScenarioEditor::goToNextProblem);
    connect(m_actions->previousProblem, &QAction::triggered, m_editor, &ScenarioEditor::goToPreviousProblem);
}

void MainWindow::connectRun()
{
    connect(m_actions->start, &QAction::triggered, this, &MainWindow::start);
    connect(m_actions->firstRun, &QAction::triggered, this, &MainWindow::startFirstRun);
    connect(m_actions->focusUrl, &QAction::triggered, m_urlBar, &UrlBar::focusUrl);
    connect(m_urlBar, &UrlBar::startWanted, this, &MainWindow::startText);
    connect(m_actions->stop, &QAction::triggered, m_runs, &RunDesk::stop);
    connect(m_actions->cut, &QAction::triggered, m_runs, &RunDesk::cut);
    connect(m_actions->pause, &QAction::triggered, this, [this](bool isPaused) {
        if (Run *run = m_runs->run())
            isPaused ? run->pause() : run->resume();
    });
    connect(m_actions->increase, &QAction::triggered, &m_page->dial(), &LoadDial::increase);
    connect(m_actions->decrease, &QAction::triggered, &m_page->dial(), &LoadDial::decrease);
    connect(m_actions->backToPlan, &QAction::triggered, this, [this] {
        if (Run *run = m_runs->run())
            run->backToPlan();
    });
    connect(m_runs, &RunDesk::busyChanged, this, &MainWindow::takeBusy);
    connect(m_runs, &RunDesk::refused, this, &MainWindow::showProblems);
    connect(m_runs, &RunDesk::hostsInQuestion, this, &MainWindow::askForHosts);
    connect(m_runs, &RunDesk::failed, this, &MainWindow::tell);
    connect(m_runs, &RunDesk::started, this, &MainWindow::takeRun);
    connect(m_runs, &RunDesk::finished, this, &MainWindow::takeEnd);
}

void MainWindow::connectSession()
{
    connect(m_sessions, &SessionDesk::opened, this, &MainWindow::takeReplay);
    connect(m_sessions, &SessionDesk::closed, this, [this] {
        updateTitle();
        updateActions();
    });
    connect(m_sessions, &SessionDesk::progressed, m_statusLine, &StatusLine::showReading);
    connect(m_sessions, &SessionDesk::failed, this, [this](const Error &error) {
        m_page->view() ? m_statusLine->showView(m_page->view(), false) : m_statusLine->showIdle();
        tell(error);
    });
    connect(m_sessions, &SessionDesk::done, this, [this](const QString &sentence) { statusBar()->showMessage(sentence, 10000); });
    connect(m_actions->saveSession, &QAction::triggered, m_sessions, &SessionDesk::saveAs);
    connect(m_actions->exportReport, &QAction::triggered, m_sessions, &SessionDesk::exportReport);
    connect(m_actions->playReplay, &QAction::triggered, &m_page->replayBar(), &ReplayBar::togglePlaying);
    connect(m_page, &RunPage::viewChanged, this,
            [this](const RunViewPtr &view) { m_statusLine->showView(view, m_runs->run() != nullptr); });
}

void MainWindow::connectView()
{
    ChartBoard &charts = m_page->charts();
    charts.setSpan(m_settings.chartSpanSeconds());
    charts.setLogarithmic(m_settings.isLogarithmic());
    m_actions->logarithmic->setChecked(m_settings.isLogarithmic());
    connect(m_actions->logarithmic, &QAction::toggled, this, [this](bool isLogarithmic) {
        m_page->charts().setLogarithmic(isLogarithmic);
        m_settings.setLogarithmic(isLogarithmic);
    });
    connect(m_actions->resetZoom, &QAction::triggered, &charts, &ChartBoard::resetZoom);
    connect(&charts, &ChartBoard::zoomChanged, m_actions->resetZoom, &QAction::setEnabled);
    m_actions->resetZoom->setEnabled(false);
    connect(m_page, &RunPage::chartsChanged, this, &MainWindow::fillChartMenu);
    connect(m_actions->resetLayout, &QAction::triggered, this, [this] { restoreState(m_firstLayout, Settings::kLayoutVersion); });
    connect(m_actions->about, &QAction::triggered, this, &MainWindow::tellAbout);
}

void MainWindow::saveChart(const QString &id)
{
    const QPixmap picture = m_page->charts().picture(id);
    auto *dialog = new QFileDialog(this, tr("Save Chart"), m_settings.lastFolder() + QLatin1Char('/') + id + QStringLiteral(".png"),
                                   tr("Pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, picture](const QString &path) {
        if (picture.save(path, "PNG"))
            statusBar()->showMessage(tr("Chart saved as %1").arg(path), 10000);
        else
            tell({Error::Code::Unwritable, tr("the picture cannot be written"), path});
    });
    dialog->open();
}

} // namespace Headroom
