// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles and dashboards in the main window: where the time of a target went, and the same time elsewhere.
#include "core/base/timelink.h"
#include "ui/flame/flamewindow.h"
#include "ui/run/runpage.h"
#include "ui/run/runtexts.h"
#include "ui/sessions/stacksjob.h"
#include "ui/window/actions.h"
#include "ui/window/attachmentdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessiondesk.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>
#include <QStatusBar>

#include <algorithm>

namespace Headroom {

namespace {

constexpr auto kProfileLength = 10s;

} // namespace

void MainWindow::connectProfiling()
{
    connect(m_actions->captureProfile, &QAction::triggered, this, [this] {
        if (Run *run = m_runs->run())
            run->captureProfile(kProfileLength);
    });
    connect(m_actions->showProfile, &QAction::triggered, this, &MainWindow::showNewestFlame);
    connect(m_dashboardMenu, &QMenu::aboutToShow, this, &MainWindow::fillDashboardMenu);
}

/// What happens to a profile is said where it was asked for, not only among the events.
void MainWindow::takeProfiling(Run *run)
{
    m_runStartedMs = 0;
    m_runFiles.clear();
    if (m_runFilesDialog)
        m_runFilesDialog->reject();
    connect(run, &Run::attached, this, &MainWindow::takeFile);
    connect(run, &Run::stateChanged, this, [this](RunState state) {
        if (state == RunState::Running)
            m_runStartedMs = QDateTime::currentMSecsSinceEpoch();
    });
    connect(run, &Run::eventHappened, this, [this](const RunEvent &event) {
        if (event.kind == QLatin1String("profile"))
            statusBar()->showMessage(foreignText(event.text), 20000);
    });
}

void MainWindow::updateProfiling()
{
    const Run *run = m_runs->run();
    m_actions->captureProfile->setEnabled(run && run->state() == RunState::Running);
    const RunFactsPtr facts = m_page->facts();
    m_dashboardMenu->setEnabled(facts && !facts->dashboards.empty());
    m_actions->attachments->setEnabled(m_sessions->replayer() || !m_runFiles.entries().empty());
    m_actions->showProfile->setEnabled(std::ranges::any_of(shownFiles(), isFolded));
}

void MainWindow::takeFile(const Attachment &file)
{
    m_runFiles.add(file);
    if (m_runFilesDialog)
        m_runFilesDialog->add(m_runFiles.entries().back());
    updateProfiling();
}

/// Of the session that is shown, else of the run.
const std::vector<SessionReader::AttachmentEntry> &MainWindow::shownFiles() const
{
    return m_sessions->replayer() ? m_sessions->replayer()->attachments() : m_runFiles.entries();
}

void MainWindow::showNewestFlame()
{
    const auto &files = shownFiles();
    for (std::size_t i = files.size(); i > 0; --i) {
        if (isFolded(files[i - 1]))
            return showFlame(i - 1, foreignText(files[i - 1].name));
    }
}

void MainWindow::showFlame(std::size_t index, const QString &name)
{
    const auto show = [this, name](const Result<std::shared_ptr<const StackTree>> &tree) {
        if (!tree)
            return tell(tree.error());
        auto *window = new FlameWindow(name, *tree, this);
        window->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_sessions, &SessionDesk::shownChanged, window, [this, window] {
            if (m_sessions->path().isEmpty() || m_sessions->path() != m_ended) // else its run has ended, and is shown
                window->reject();
        });
        connect(window, &FlameWindow::saveWanted, this, &MainWindow::saveFlame);
        window->show();
    };
    if (m_sessions->replayer()) {
        readStacks(m_sessions->path(), index).then(this, show);
        return;
    }
    if (const auto file = m_runFiles.file(index))
        readStacks(*file).then(this, show);
    else
        tell(file.error());
}

void MainWindow::saveFlame(const QByteArray &svg, const QString &name)
{
    const QString suggestion = QFileInfo(name).completeBaseName() + QStringLiteral(".svg");
    auto *dialog = new QFileDialog(this, tr("Save Flame Graph"),
                                   m_settings.lastFolder() + QLatin1Char('/') + suggestion, tr("Pictures (*.svg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, svg](const QString &path) {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(svg) == svg.size() && file.commit())
            statusBar()->showMessage(tr("Flame graph saved as %1").arg(path), 10000);
        else
            tell({Error::Code::Unwritable, tr("the picture cannot be written"), path});
    });
    dialog->open();
}

/// Anew whenever it is opened: of a run that is on, the end is now.
void MainWindow::fillDashboardMenu()
{
    m_dashboardMenu->clear();
    const RunFactsPtr facts = m_page->facts();
    qint64 from = m_runStartedMs;
    qint64 to = QDateTime::currentMSecsSinceEpoch();
    if (const SessionReplayer *replayer = m_sessions->replayer()) {
        from = replayer->head().startedAtMs;
        to = from + std::chrono::round<std::chrono::milliseconds>(replayer->length()).count();
    }
    for (const auto &[name, address] : facts ? facts->dashboards : std::vector<std::pair<QString, QString>>()) {
        const QUrl url = timeLink(address, from, to);
        QAction *action = m_dashboardMenu->addAction(foreignText(name).replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setEnabled(url.isValid());
        action->setStatusTip(tr("Opens %1").arg(foreignText(url.toDisplayString())));
        connect(action, &QAction::triggered, this, [this, url] {
            if (!QDesktopServices::openUrl(url))
                tell({Error::Code::Unreachable,
                      tr("no browser could be started; the address is %1").arg(url.toDisplayString()),
                      {}});
        });
    }
}

} // namespace Headroom
