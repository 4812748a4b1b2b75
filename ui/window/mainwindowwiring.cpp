// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions of the main window do, and what it hears of runs and sessions.
#include "ui/charts/chartboard.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/replaybar.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/scenariofile.h"
#include "ui/window/sessiondesk.h"
#include "ui/window/startpanel.h"
#include "ui/window/statusline.h"
#include "ui/window/urlbar.h"

#include <QFileDialog>
#include <QStatusBar>

namespace Headroom {

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
    connect(m_actions->findLimit, &QAction::triggered, this, &MainWindow::findLimit);
    connect(m_actions->firstRun, &QAction::triggered, this, &MainWindow::startFirstRun);
    connect(m_actions->focusUrl, &QAction::triggered, m_urlBar, &UrlBar::focusUrl);
    connect(m_urlBar, &UrlBar::startWanted, this, &MainWindow::startText);
    connect(m_actions->stop, &QAction::triggered, m_runs, &RunDesk::stop);
    connect(m_actions->cut, &QAction::triggered, m_runs, &RunDesk::cut);
    connect(m_runs, &RunDesk::busyChanged, this, &MainWindow::takeBusy);
    connect(m_runs, &RunDesk::refused, this, &MainWindow::showProblems);
    connect(m_runs, &RunDesk::hostsInQuestion, this, &MainWindow::askForHosts);
    connect(m_runs, &RunDesk::commandsInQuestion, this, &MainWindow::askForCommands);
    connect(m_runs, &RunDesk::secretsInQuestion, this, &MainWindow::askForSecrets);
    connect(m_scenario, &ScenarioFile::loaded, m_runs, &RunDesk::forgetSecrets);
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
    connect(m_sessions, &SessionDesk::done, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 10000); });
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
    connect(m_actions->resetLayout, &QAction::triggered, this,
            [this] { restoreState(m_firstLayout, Settings::kLayoutVersion); });
    connect(m_actions->help, &QAction::triggered, this, [this] { showHelp(QStringLiteral("load-models")); });
    connect(m_actions->howWeMeasure, &QAction::triggered, this,
            [this] { showHelp(QStringLiteral("how-we-measure")); });
    connect(m_actions->about, &QAction::triggered, this, &MainWindow::tellAbout);
}

void MainWindow::saveChart(const QString &id)
{
    const QPixmap picture = m_page->charts().picture(id);
    auto *dialog = new QFileDialog(this, tr("Save Chart"),
                                   m_settings.lastFolder() + QLatin1Char('/') + id + QStringLiteral(".png"),
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
