// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundesk.h"

#include "core/run/foreignhosts.h"
#include "core/run/neededtrust.h"
#include "core/run/preparation.h"
#include "core/run/runrequest.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <utility>

namespace Headroom {

RunDesk::RunDesk(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
{
}

RunDesk::~RunDesk()
{
    if (m_run)
        m_run->disconnect(this); // it runs an event loop until all is stored, and must not be ended twice
    m_run.reset();
}

void RunDesk::start(const QByteArray &scenarioText, const QString &fileName, const QString &path, const LoadChange &change)
{
    Q_ASSERT(!isBusy());
    m_isPreparing = true;
    Q_EMIT busyChanged(true);
    RunRequest request;
    request.scenarioText = scenarioText;
    request.scenarioFile = fileName;
    request.change = change;
    request.targetProgram = m_setup.targetProgram;
    request.ceilingFile = m_setup.ceilingFile;
    request.canBeSteered = true;
    // Queued: a check that has ended already would call from within start().
    const auto take = [this, request, path](const std::expected<Preparation, Diagnostics> &preparation) {
        QMetaObject::invokeMethod(this, [=, this] { takePreparation(request, path, preparation); }, Qt::QueuedConnection);
    };
    const QString folder = path.isEmpty() ? QDir::currentPath() : QFileInfo(path).absolutePath();
    QtConcurrent::run([scenarioText, folder, change] { return prepare(scenarioText, {}, change, 1, folder); }).then(this, take);
}

void RunDesk::takePreparation(RunRequest request, const QString &path, std::expected<Preparation, Diagnostics> preparation)
{
    m_isPreparing = false;
    if (std::exchange(m_isDropped, false)) {
        Q_EMIT busyChanged(false);
        return;
    }
    if (!preparation) {
        Q_EMIT busyChanged(false);
        Q_EMIT refused(preparation.error());
        return;
    }
    QStringList strangers = foreignHosts(*preparation->plan);
    strangers.removeIf([this](const QString &host) { return m_setup.isAllowed(host); });
    if (!strangers.isEmpty()) {
        Q_EMIT busyChanged(false);
        Q_EMIT hostsInQuestion(strangers);
        return;
    }
    QStringList commands = neededCommands(preparation->scenario);
    commands.removeIf([&](const QString &command) { return m_setup.isCommandAllowed && m_setup.isCommandAllowed(path, command); });
    if (!commands.isEmpty()) {
        Q_EMIT busyChanged(false);
        Q_EMIT commandsInQuestion(commands);
        return;
    }
    const Result<QString> session = m_setup.newSessionPath(preparation->plan->name);
    if (!session) {
        Q_EMIT busyChanged(false);
        Q_EMIT failed(session.error());
        return;
    }
    request.sessionPath = *session;
    begin(std::move(request), std::move(*preparation));
}

void RunDesk::begin(RunRequest request, Preparation preparation)
{
    const QString path = request.sessionPath;
    m_run = std::make_unique<Run>(std::move(request), std::move(preparation));
    // Queued: the run must not be destroyed from within its own signal.
    connect(
        m_run.get(), &Run::finished, this, [this, path](const std::optional<Error> &error) { end(path, error); },
        Qt::QueuedConnection);
    Q_EMIT started(m_run.get());
    m_run->start();
}

void RunDesk::end(const QString &sessionPath, const std::optional<Error> &error)
{
    const std::unique_ptr<Run> ended = std::move(m_run); // lives until everybody has let go of it
    Q_EMIT finished(sessionPath, error);
    Q_EMIT busyChanged(false);
}

void RunDesk::stop()
{
    m_isDropped = m_isPreparing;
    if (m_run)
        m_run->stop(RunEnding::Reason::Stopped, tr("stopped by hand"));
}

void RunDesk::cut()
{
    if (!m_run)
        return;
    stop();
    m_run->cut();
}

} // namespace Headroom
