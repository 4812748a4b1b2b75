// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/run.h"
#include "core/run/runrequest.h"
#include "core/scenario/diagnostic.h"
#include "core/secrets/secretfinder.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace Headroom {

struct Preparation;

/// The run that is on, at most one: from a scenario's text to its stored session.
///
/// start() checks the text in the background; then started(), or refused() with all problems, or hostsInQuestion() when
/// a host that is not loopback was never allowed, or commandsInQuestion() likewise. finished() follows every started(), once, and the run is gone after
/// it. Thread: main.
class RunDesk : public QObject
{
    Q_OBJECT
public:
    struct Setup
    {
        QString targetProgram; ///< headroom-target, for scenarios with a practice target.
        QString ceilingFile{}; ///< What generators can do (CeilingCache); empty: none is looked up or kept.
        /// Where the session of a run goes; makes its folder.
        std::function<Result<QString>(const QString &scenarioName)> newSessionPath;
        std::function<bool(const QString &host)> isAllowed; ///< Asked for hosts that are not loopback.
        /// Asked for the commands of a scenario; without it none may run.
        std::function<bool(const QString &scenarioPath, const QString &command)> isCommandAllowed{};
    };
    explicit RunDesk(Setup setup, QObject *parent = nullptr);
    ~RunDesk() override; ///< Cuts a run that is on and waits for what is written.

    /// From start() until started or not, and from then until finished().
    bool isBusy() const { return m_isPreparing || m_run; }
    Run *run() const { return m_run.get(); }

    /// Only while not busy. Session and programs of the request are the desk's to fill in. `path`: of the scenario's file,
    /// which its commands are allowed for; empty while it has none. `folder`: where they start from and the scenario's own
    /// files are; empty: that of the file, without one the current folder.
    void start(RunRequest request, const QString &path = {}, const QString &folder = {});
    /// Values for the next start() of the scenario that they are missing in, in the order of `missing`. They count for
    /// the same secrets of the same file, and are kept until forgetSecrets() or a start that they are no good for.
    void giveSecrets(const QString &path, const std::vector<MissingSecret> &missing, const SecretValues &values);
    void forgetSecrets(); ///< Another scenario is there; or they are to be asked for again.
    void stop(); ///< Starts nothing more; requests under way finish. While it is checked: it is not started at all.
    void cut(); ///< Cuts requests under way as well.

Q_SIGNALS:
    void busyChanged(bool isBusy);
    void refused(const Headroom::Diagnostics &problems);
    void hostsInQuestion(const QStringList &hosts);
    void commandsInQuestion(const QStringList &commands);
    void secretsInQuestion(const std::vector<Headroom::MissingSecret> &missing); ///< Not found anywhere; see giveSecrets().
    void started(Headroom::Run *run);
    /// Whoever shows the run must let go of it now. An error: nothing was stored.
    void finished(const QString &sessionPath, const std::optional<Headroom::Error> &error);
    void failed(const Headroom::Error &error); ///< The run could not be started.

private:
    struct Given ///< By hand.
    {
        QString path; // of the scenario
        Scenario::Secret secret;
        QString value;
    };
    static SecretValues givenFor(const Scenario &scenario, const std::vector<Given> &given);
    bool takeSecretsOf(Preparation &preparation, const SecretFinding &secrets, std::uint64_t seed);
    struct Checked;
    void takePreparation(RunRequest request, const QString &path, Checked checked);
    void begin(RunRequest request, Preparation preparation);
    void end(const QString &sessionPath, const std::optional<Error> &error);

    Setup m_setup;
    std::vector<Given> m_givenSecrets;
    std::unique_ptr<Run> m_run;
    bool m_isPreparing = false;
    bool m_isDropped = false; // what is checked is not to be started
};

} // namespace Headroom
