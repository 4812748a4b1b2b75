// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window does with the session that is shown: run it again, lay another one behind it, save what lies in
// it.
#include "core/run/againrequest.h"
#include "ui/charts/chartboard.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/replaybar.h"
#include "ui/run/runpage.h"
#include "ui/run/runtexts.h"
#include "ui/window/actions.h"
#include "ui/window/againdialog.h"
#include "ui/window/attachmentdialog.h"
#include "ui/window/ghostdesk.h"
#include "ui/window/mainwindow.h"
#include "ui/window/scenariofile.h"
#include "ui/window/sessiondesk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QStatusBar>

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::uint32_t kSeeds = 1'000'000; // new ones are below: short enough to be typed elsewhere
const QString kSeedField = QStringLiteral("seed");

bool holds(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.size() == text.size() && file.open(QIODevice::ReadOnly) && file.readAll() == text;
}

/// Another seed, whether or not the scenario names one.
void setSeed(RunRequest &request, std::uint64_t seed)
{
    std::erase_if(request.overrides, [](const ScenarioOverride &one) { return one.path == kSeedField; });
    request.overrides.push_back({kSeedField, QString::number(seed)});
    request.seed = seed;
}

} // namespace

void MainWindow::connectAgain()
{
    connect(m_actions->runAgain, &QAction::triggered, this, &MainWindow::runAgain);
    connect(m_actions->runAgainWith, &QAction::triggered, this, &MainWindow::askAndRunAgain);
    connect(m_actions->secondBack, &QAction::triggered, this, [this] { m_page->replayBar().step(-1); });
    connect(m_actions->secondForward, &QAction::triggered, this, [this] { m_page->replayBar().step(1); });
    connect(m_actions->attachments, &QAction::triggered, this, &MainWindow::showAttachments);
    connect(m_actions->ghostFrom, &QAction::triggered, m_ghosts, &GhostDesk::choose);
    connect(m_actions->noGhost, &QAction::triggered, m_ghosts, &GhostDesk::remove);
    connect(m_ghosts, &GhostDesk::changed, this, &MainWindow::updateActions);
    connect(m_ghosts, &GhostDesk::progressed, this, [this](double share) {
        statusBar()->showMessage(tr("Reading the lines of the other session: %1 %").arg(int(100.0 * share)), 5000);
    });
    connect(m_ghosts, &GhostDesk::laid, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 10000); });
    connect(m_ghosts, &GhostDesk::failed, this, [this](const Error &error) {
        // Nothing is lost by it, and a run may be on: not worth a dialog.
        statusBar()->showMessage(tr("No pale lines: %1").arg(foreignText(error.text())), 20000);
    });
    connect(m_page, &RunPage::chartsChanged, this, &MainWindow::updateActions);
}

void MainWindow::runAgain() { startAgain({}, {}); }

void MainWindow::askAndRunAgain()
{
    if (!m_sessions->replayer())
        return;
    const RunFacts &facts = m_sessions->replayer()->head().facts;
    const std::uint64_t newSeed = 1 + QRandomGenerator::global()->bounded(kSeeds);
    auto *dialog = new AgainDialog(facts.target, facts.seed, newSeed, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_sessions, &SessionDesk::shownChanged, dialog, &QDialog::reject); // it was asked about another session
    connect(dialog, &QDialog::accepted, this, [this, dialog] { startAgain(dialog->target(), dialog->seed()); });
    dialog->open();
}

void MainWindow::startAgain(const std::optional<QUrl> &target, std::optional<std::uint64_t> seed)
{
    if (m_runs->isBusy() || !m_sessions->replayer())
        return;
    const SessionHead &head = m_sessions->replayer()->head();
    const QString session = m_sessions->path();
    Result<AgainRequest> again = againRequest(head, session);
    if (!again)
        return tell(again.error());
    if (target)
        again->request.change.target = *target;
    if (seed)
        setSeed(again->request, *seed);
    const QString path = scenarioPathOf(head, session);
    m_wanted = {std::move(again->request), path, path.isEmpty() ? again->folder : QString(), session};
    startWanted();
}

/// The file that the scenario of a session was read from, as far as it can still be found with the same text: its own
/// files lie beside it. A session knows no folder of the machine that it was recorded on.
QString MainWindow::scenarioPathOf(const SessionHead &head, const QString &session) const
{
    if (head.scenarioFile.isEmpty() || QFileInfo(head.scenarioFile).fileName() != head.scenarioFile)
        return {};
    QStringList places{m_scenario->path(), QFileInfo(session).dir().filePath(head.scenarioFile)};
    places += m_settings.recentFiles();
    for (const QString &place : std::as_const(places)) {
        if (QFileInfo(place).fileName() == head.scenarioFile && holds(place, head.scenarioText))
            return place;
    }
    return {};
}

void MainWindow::showAttachments()
{
    auto *dialog = new AttachmentDialog(shownFiles(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_sessions, &SessionDesk::shownChanged, dialog, &QDialog::reject);
    if (m_sessions->replayer()) {
        connect(dialog, &AttachmentDialog::saveWanted, m_sessions, &SessionDesk::saveAttachmentAs);
    } else {
        m_runFilesDialog = dialog;
        connect(dialog, &AttachmentDialog::saveWanted, this, [this](std::size_t index, const QString &name) {
            if (const auto file = m_runFiles.file(index))
                m_sessions->saveBytesAs(file->bytes, name);
            else
                tell(file.error());
        });
    }
    connect(dialog, &AttachmentDialog::flameWanted, this, &MainWindow::showFlame);
    dialog->show(); // the dialog that asks where is to lie over it
}

} // namespace Headroom
