// SPDX-License-Identifier: GPL-3.0-or-later
// A run in the main window: how it begins, what is asked before, what follows its end.
#include "core/report/origintext.h"
#include "core/run/againrequest.h"
#include "core/secrets/keyring.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/runpage.h"
#include "ui/run/runtexts.h"
#include "ui/window/actions.h"
#include "ui/window/ghostdesk.h"
#include "ui/window/limitdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/probedesk.h"
#include "ui/window/profilebar.h"
#include "ui/window/scenariofile.h"
#include "ui/window/secretdialog.h"
#include "ui/window/sessiondesk.h"
#include "ui/window/statusline.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QtConcurrentRun>

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

const QString kFirstRun = QStringLiteral(":/scenarios/first-run.yaml");

QByteArray resourceText(const QString &path)
{
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return file.readAll();
}

} // namespace

void MainWindow::startFirstRun()
{
    m_scenario->beforeLosingChanges([this] {
        m_scenario->loadText(resourceText(kFirstRun), QFileInfo(kFirstRun).fileName());
        statusBar()->showMessage(
            tr("Half a minute of load on the practice target that comes with Headroom; change it with + and -"), 20000);
        start();
    });
}

void MainWindow::start() { startChanged({}); }

void MainWindow::startChanged(const LoadChange &change)
{
    if (m_runs->isBusy())
        return; // what is wanted by then is being started
    m_wanted = {};
    m_wanted.path = m_scenario->path();
    m_wanted.request.scenarioText = m_editor->text();
    m_wanted.request.scenarioFile = m_scenario->fileName();
    m_wanted.request.change = change;
    m_wanted.request.choice = m_profiles->choice();
    startWanted();
}

void MainWindow::startWanted()
{
    if (m_runs->isBusy())
        return;
    m_statusLine->showPreparing();
    m_runs->start(m_wanted.request, m_wanted.path, m_wanted.folder);
}

/// A question about it was answered: unless the editor has another text by now, which nobody was asked about.
void MainWindow::startWantedAnew()
{
    if (!m_wanted.earlier.isEmpty() || isOfEditor(m_wanted))
        startWanted();
}

bool MainWindow::isOfEditor(const WantedRun &wanted) const { return m_editor->text() == wanted.request.scenarioText; }

void MainWindow::findLimit()
{
    auto *dialog = new LimitDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { startChanged(dialog->change()); });
    dialog->open();
}

/// What the URL bar stands for becomes the scenario, so that it can be read, changed and saved.
void MainWindow::startText(const QByteArray &scenario)
{
    if (m_editor->text() == scenario) {
        start();
        return;
    }
    m_scenario->beforeLosingChanges([this, scenario] {
        m_scenario->loadText(scenario, {});
        start();
    });
}

/// The text is changed, not the run: the user sees what is different, and can take it back.
void MainWindow::writeDirect()
{
    const auto edit = editToDirect(m_editor->text());
    if (!edit) {
        statusBar()->showMessage(tr("The scenario in the editor needs no change: it uses the transport direct already, or is "
                                    "none"),
                                 20000);
        return;
    }
    m_docks.first()->show();
    m_docks.first()->raise();
    m_editor->edit(*edit);
    m_editor->goTo(edit->range.start);
    statusBar()->showMessage(tr("The scenario says transport: direct now. Start it to see what that changes; undo takes it "
                                "back."),
                             20000);
}

void MainWindow::showProblems(const Diagnostics &problems)
{
    m_statusLine->showIdle();
    if (isOfEditor(m_wanted)) {
        m_docks.first()->show();
        m_docks.first()->raise();
    }
    const auto isError = [](const Diagnostic &one) { return one.severity == Diagnostic::Severity::Error; };
    const auto first = std::ranges::find_if(problems, isError);
    if (first == problems.end())
        return;
    if (!m_wanted.earlier.isEmpty()) // of a text that lies in a session: nowhere else would they be seen
        return tellProblemsOfSession(problems);
    // The sentence itself: the editor knows nothing of what a dialog asked for.
    const auto more = int(std::ranges::count_if(problems, isError)) - 1;
    const QString others = more > 0 ? tr(" (and %n more)", nullptr, more) : QString();
    statusBar()->showMessage(tr("Not started: %1%2").arg(foreignText(first->message), others), 20000);
    if (isOfEditor(m_wanted))
        m_editor->goTo(first->range.start);
}

void MainWindow::tellProblemsOfSession(const Diagnostics &problems)
{
    constexpr int kMostLines = 20; // as many as a box can show
    QStringList lines;
    for (const Diagnostic &one : problems | std::views::take(kMostLines))
        lines << tr("Line %1: %2").arg(one.range.start.line).arg(foreignText(one.message));
    tell({Error::Code::InvalidInput,
          tr("not started; in the scenario that lies in it:\n%1").arg(lines.join(QLatin1Char('\n'))),
          QFileInfo(m_wanted.earlier).fileName()});
}

void MainWindow::askForHosts(const QStringList &hosts)
{
    m_statusLine->showIdle();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Headroom"),
                                tr("Put load on %1?").arg(hosts.join(QStringLiteral(", "))), QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("hostQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("This host was never allowed. Make sure that you may test it: load can disturb it and "
                               "whoever else uses it. The answer is remembered."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *allow = box->addButton(tr("&Allow and Start"), QMessageBox::AcceptRole);
    connect(allow, &QAbstractButton::clicked, this, [this, hosts] {
        m_settings.allowHosts(hosts);
        startWantedAnew();
    });
    box->open();
}

void MainWindow::askForCommands(const QStringList &commands)
{
    m_statusLine->showIdle();
    QString shown; // all of it: what is cut off could be the worst
    for (const QString &command : commands)
        shown += QLatin1Char('\n') + foreignLines(command);
    auto *box = new QMessageBox(QMessageBox::Question, tr("Headroom"),
                                tr("Run what the scenario says, on this machine?") + QLatin1Char('\n') + shown,
                                QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("commandQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(tr("A command can do all that you can. Allow it only when you know where the scenario comes "
                               "from. The answer is remembered for this file and these very words."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *allow = box->addButton(tr("&Allow and Start"), QMessageBox::AcceptRole);
    connect(allow, &QAbstractButton::clicked, this, [this, commands, path = m_wanted.path] {
        m_settings.allowCommands(path, commands);
        startWantedAnew();
    });
    box->open();
}

void MainWindow::askForSecrets(const std::vector<MissingSecret> &missing)
{
    m_statusLine->showIdle();
    auto *dialog = new SecretDialog(missing, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, missing, path = m_wanted.path] {
        const SecretValues values = dialog->values();
        m_runs->giveSecrets(path, missing, values);
        if (dialog->isToBeKept())
            keepSecrets(missing, values);
        startWantedAnew();
    });
    dialog->open();
}

/// In the background: the keyring may ask for its password first.
void MainWindow::keepSecrets(const std::vector<MissingSecret> &missing, const SecretValues &values)
{
    const auto keep = [missing, values] {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!isSoughtInKeyring(missing[i].secret))
                continue;
            if (const auto kept = Keyring::write(keyringLocationOf(missing[i].secret), values[i].value); !kept)
                return kept.error().text();
        }
        return QString();
    };
    QtConcurrent::run(keep).then(this, [this](const QString &problem) {
        statusBar()->showMessage(problem.isEmpty() ? tr("The keyring has the secrets")
                                                   : tr("The secrets were not kept: %1").arg(foreignText(problem)),
                                 20000);
    });
}

void MainWindow::takeRun(Run *run)
{
    m_center->setCurrentWidget(m_page);
    m_sessions->dropOpening(); // else the one before would come in the place of the run
    m_page->showRun(run, changesText(changesOf(m_wanted.request)));
    connect(run, &Run::stateChanged, this, [this](RunState state) {
        if (state == RunState::Running) {
            m_sessions->close(); // until now the one before can be looked at
            if (m_wanted.earlier.isEmpty())
                m_ghosts->remove();
            else
                m_ghosts->lay(m_wanted.earlier);
        }
        updateTitle();
        m_statusLine->showState(state);
        updateActions();
    });
    connect(run, &Run::eventHappened, this, [this](const RunEvent &event) {
        if (event.kind == QLatin1String("generator")) // the numbers are in question: not only one more event
            statusBar()->showMessage(event.text, 20000);
    });
    takeSteering(run);
    takeProfiling(run);
    updateActions();
}

void MainWindow::takeEnd(const QString &sessionPath, const std::optional<Error> &error)
{
    m_page->letGo();
    showSteered({});
    if (QFileInfo::exists(sessionPath)) { // what is shown from now on is what the file says
        m_settings.addRecentFile(sessionPath);
        m_ended = sessionPath;
        m_sessions->open(sessionPath);
        statusBar()->showMessage(tr("Session stored as %1").arg(sessionPath), 10000);
    } else {
        m_statusLine->showIdle();
        if (SessionReplayer *before = m_sessions->replayer())
            m_page->showReplay(before);
    }
    if (error) {
        m_isClosing = false; // nobody would read it
        tell(*error);
    }
    QApplication::alert(this);
}

void MainWindow::takeBusy(bool isBusy)
{
    updateActions();
    if (isBusy)
        return;
    if (!m_runs->run() && m_sessions->path().isEmpty())
        m_statusLine->showIdle();
    if (m_isClosing)
        QMetaObject::invokeMethod(this, &QWidget::close, Qt::QueuedConnection);
}

void MainWindow::takeReplay(SessionReplayer *replayer)
{
    m_center->setCurrentWidget(m_page);
    if (m_sessions->path() != std::exchange(m_ended, {})) // of a run that has just ended they stay
        m_ghosts->remove();
    m_page->showReplay(replayer);
    m_probes->showSession(m_sessions->path(), replayer->attachments());
    m_runFiles.clear(); // the session has them
    const SessionHead &head = replayer->head();
    if (!m_editor->isModified() && m_editor->text() != head.scenarioText) // Start is to mean what is seen
        m_scenario->loadText(head.scenarioText, head.scenarioFile);
    if (m_editor->text() == head.scenarioText)
        m_profiles->setWanted(choiceOfWords(head.facts.profiles));
    updateTitle();
    updateActions();
}

} // namespace Headroom
