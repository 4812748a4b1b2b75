// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rundesk.h"

#include "core/run/foreignhosts.h"
#include "core/run/neededtrust.h"
#include "core/run/preparation.h"
#include "core/run/secretfilling.h"

#include <QDir>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace Headroom {

/// What was found out in the background.
struct RunDesk::Checked
{
    std::expected<Preparation, Diagnostics> preparation;
    SecretFinding secrets{};
};

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

void RunDesk::start(RunRequest request, const QString &path, const QString &ownFolder)
{
    Q_ASSERT(!isBusy());
    m_isPreparing = true;
    Q_EMIT busyChanged(true);
    request.targetProgram = m_setup.targetProgram;
    request.ceilingFile = m_setup.ceilingFile;
    request.canBeSteered = true;
    // Queued: a check that has ended already would call from within start().
    const auto take = [this, request, path](const Checked &checked) {
        QMetaObject::invokeMethod(this, [=, this] { takePreparation(request, path, checked); }, Qt::QueuedConnection);
    };
    const QString folder = !ownFolder.isEmpty() ? ownFolder
        : path.isEmpty()                        ? QDir::currentPath()
                                                : QFileInfo(path).absolutePath();
    std::erase_if(m_givenSecrets, [&path](const Given &given) { return given.path != path; });
    QtConcurrent::run([request, folder, given = m_givenSecrets] {
        Checked checked{prepare(request.scenarioText, request.overrides, request.change, request.seed, folder,
                                request.choice)};
        if (checked.preparation)
            checked.secrets = findSecrets(checked.preparation->scenario.secrets, standardSecretPlaces(folder),
                                          givenFor(checked.preparation->scenario, given));
        return checked;
    }).then(this, take);
}

void RunDesk::takePreparation(RunRequest request, const QString &path, Checked checked)
{
    auto &preparation = checked.preparation;
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
    QStringList strangers = foreignHosts(*preparation->plan, preparation->scenario);
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
    if (!takeSecretsOf(*preparation, checked.secrets, request.seed))
        return;
    const Result<QString> session = m_setup.newSessionPath(preparation->plan->name);
    if (!session) {
        Q_EMIT busyChanged(false);
        Q_EMIT failed(session.error());
        return;
    }
    request.sessionPath = *session;
    request.canBeRenamed = true;
    begin(std::move(request), std::move(*preparation));
}

void RunDesk::giveSecrets(const QString &path, const std::vector<MissingSecret> &missing, const SecretValues &values)
{
    for (std::size_t i = 0; i < std::min(missing.size(), values.size()); ++i) {
        const Scenario::Secret &secret = missing[i].secret;
        std::erase_if(m_givenSecrets, [&](const Given &known) { return known.secret.name == secret.name; });
        m_givenSecrets.push_back({path, secret, values[i].value});
    }
}

void RunDesk::forgetSecrets() { m_givenSecrets.clear(); }

/// A value was typed for a secret of a place: another place, or none, would be another secret.
SecretValues RunDesk::givenFor(const Scenario &scenario, const std::vector<Given> &given)
{
    SecretValues values;
    for (const Scenario::Secret &secret : scenario.secrets) {
        const auto known = std::ranges::find_if(given, [&secret](const Given &one) {
            return one.secret.name == secret.name && one.secret.source == secret.source
                && one.secret.location == secret.location;
        });
        if (known != given.end())
            values.push_back({secret.name, known->value});
    }
    return values;
}

/// False when it cannot be started so; then that was said.
bool RunDesk::takeSecretsOf(Preparation &preparation, const SecretFinding &secrets, std::uint64_t seed)
{
    if (!secrets.missing.empty()) {
        Q_EMIT busyChanged(false);
        Q_EMIT secretsInQuestion(secrets.missing);
        return false;
    }
    const auto taken = takeSecrets(preparation, secrets.values, seed);
    if (!taken) {
        forgetSecrets(); // whoever has typed a wrong one is asked again
        Q_EMIT busyChanged(false);
        Q_EMIT failed(taken.error());
    }
    return taken.has_value();
}

void RunDesk::begin(RunRequest request, Preparation preparation)
{
    m_run = std::make_unique<Run>(std::move(request), std::move(preparation));
    // Queued: the run must not be destroyed from within its own signal.
    connect(
        m_run.get(), &Run::finished, this,
        [this](const std::optional<Error> &error) { end(m_run->sessionPath(), error); },
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
