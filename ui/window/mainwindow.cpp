// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "core/base/version.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/help/helpwindow.h"
#include "ui/probes/probepanel.h"
#include "ui/run/runpage.h"
#include "ui/run/runtexts.h"
#include "ui/window/actions.h"
#include "ui/window/ghostdesk.h"
#include "ui/window/probedesk.h"
#include "ui/window/profilebar.h"
#include "ui/window/scenariofile.h"
#include "ui/window/sessiondesk.h"
#include "ui/window/startpanel.h"
#include "ui/window/statusline.h"
#include "ui/window/urlbar.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>

namespace Headroom {

namespace {

constexpr char kSqliteMagic[] = "SQLite format 3";

/// A session says so by its name, or begins as every SQLite file; whatever else is taken for a scenario's text.
bool isSession(const QString &path)
{
    if (path.endsWith(QLatin1String(".headroom")) || path.endsWith(QLatin1String(".part")))
        return true;
    QFile file(path);
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly)
        && file.read(sizeof kSqliteMagic) == QByteArray(kSqliteMagic, sizeof kSqliteMagic);
}

} // namespace

MainWindow::MainWindow(Settings &settings, RunDesk::Setup setup)
    : m_settings(settings)
    , m_actions(new Actions(this))
    , m_runs(new RunDesk(std::move(setup), this))
    , m_sessions(new SessionDesk(settings, this))
    , m_editor(new ScenarioEditor)
    , m_scenario(new ScenarioFile(*m_editor, settings, this))
    , m_page(new RunPage(this))
    , m_ghosts(new GhostDesk(settings, m_page->charts(), this))
    , m_start(new StartPanel(*m_actions, settings, this))
    , m_center(new QStackedWidget(this))
    , m_urlBar(new UrlBar(this))
    , m_profiles(new ProfileBar(this))
    , m_statusLine(new StatusLine(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks | AnimatedDocks);
    m_center->addWidget(m_start);
    m_center->addWidget(m_page);
    setCentralWidget(m_center);
    statusBar()->addPermanentWidget(m_statusLine);
    makeDocks();
    makeToolBars();
    makeMenus();
    connectFiles();
    connectRun();
    connectSteering();
    connectSession();
    connectView();
    connectProfiles();
    connectAgain();
    connectProfiling();
    connectProbes();
    restoreLayout();
    applyTheme();
    updateTitle();
    updateActions();
}

MainWindow::~MainWindow()
{
    if (Run *run = m_runs->run())
        run->disconnect(this);
    delete m_probes; // before what it works with
    m_runs->disconnect(this); // a run that is on is cut and waited for
    m_sessions->disconnect(this);
    m_page->letGo();
}

void MainWindow::openFile(const QString &path)
{
    if (isSession(path)) {
        if (m_runs->isBusy())
            statusBar()->showMessage(tr("A run is on; stop it before a session is opened"), 5000);
        else
            m_sessions->open(path);
        return;
    }
    m_scenario->beforeLosingChanges([this, path] {
        if (const Result<void> loaded = m_scenario->load(path); !loaded)
            tell(loaded.error());
    });
}

void MainWindow::tell(const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Headroom"), error.text(), QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("errorBox"));
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::updateTitle()
{
    const QString session = QFileInfo(m_sessions->path()).fileName();
    QString name = m_scenario->displayName() + QLatin1String("[*]");
    if (const RunFactsPtr facts = m_page->facts(); facts && !facts->profiles.isEmpty())
        name += tr(" (%1)").arg(foreignText(facts->profiles.join(QLatin1String(", "))).replace(QLatin1String("[*]"), QLatin1String("[*][*]")));
    setWindowTitle(tr("%1 – Headroom").arg(session.isEmpty() ? name : tr("%1 – %2").arg(name, session)));
    setWindowFilePath(m_scenario->path());
    setWindowModified(m_editor->isModified());
}

void MainWindow::updateActions()
{
    const bool isBusy = m_runs->isBusy();
    const RunState state = m_runs->run() ? m_runs->run()->state() : RunState::Finished;
    const bool hasSession = !m_sessions->path().isEmpty();
    m_actions->start->setEnabled(!isBusy);
    m_actions->findLimit->setEnabled(!isBusy);
    m_actions->firstRun->setEnabled(!isBusy);
    m_urlBar->setStartable(!isBusy);
    m_actions->stop->setEnabled(m_runs->run() && state < RunState::Draining);
    m_actions->cut->setEnabled(m_runs->run() && state < RunState::Storing);
    updateSteering();
    updateProfiling();
    for (QAction *action : {m_actions->saveSession, m_actions->exportReport, m_actions->playReplay,
                            m_actions->secondBack, m_actions->secondForward})
        action->setEnabled(hasSession);
    for (QAction *action : {m_actions->runAgain, m_actions->runAgainWith})
        action->setEnabled(hasSession && !isBusy);
    m_actions->ghostFrom->setEnabled(m_page->facts() != nullptr);
    m_actions->noGhost->setEnabled(m_ghosts->isThere());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_runs->isBusy()) {
        event->ignore();
        if (std::exchange(m_isClosing, true)) {
            m_runs->cut(); // asked twice: at once
        } else {
            statusBar()->showMessage(tr("Finishing what is in flight and storing the session; close again to cut it"));
            m_runs->stop();
        }
        return;
    }
    if (m_editor->isModified()) {
        event->ignore();
        m_isClosing = false;
        m_scenario->beforeLosingChanges([this] {
            m_editor->setModified(false);
            close();
        });
        return;
    }
    m_settings.setWindow(saveGeometry(), saveState(Settings::kLayoutVersion));
    m_settings.setBareRun(m_urlBar->content());
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void MainWindow::applyTheme()
{
    const Theme theme = Theme::of(palette());
    m_page->setTheme(theme);
    m_editor->setTheme(theme);
    m_probePanel->setTheme(theme);
}

void MainWindow::restoreLayout()
{
    const QSize room = screen()->availableSize() * 9 / 10;
    resize(room.boundedTo({fontMetrics().averageCharWidth() * 260, fontMetrics().height() * 66}));
    m_firstLayout = saveState(Settings::kLayoutVersion);
    restoreGeometry(m_settings.geometry());
    restoreState(m_settings.layout(), Settings::kLayoutVersion);
    m_urlBar->setContent(m_settings.bareRun());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) { openFile(event->mimeData()->urls().first().toLocalFile()); }

void MainWindow::showHelp(const QString &page)
{
    if (!m_help)
        m_help = new HelpWindow(this);
    m_help->open(page);
}

void MainWindow::tellAbout()
{
    QMessageBox::about(
        this, tr("About Headroom"),
        tr("<h3>Headroom %1</h3><p>Load tests with honest numbers.</p><p>Built with Qt %2, Qt Charts, QCoro, KDE "
           "Syntax Highlighting and dygraphs. GPL-3.0-or-later.</p>")
            .arg(QLatin1String(kVersion), QLatin1String(qVersion())));
}

} // namespace Headroom
