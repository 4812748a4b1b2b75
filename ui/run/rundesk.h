// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/run.h"
#include "core/scenario/diagnostic.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace Headroom {

struct Preparation;
struct RunRequest;

/// The run that is on, at most one: from a scenario's text to its stored session.
///
/// start() checks the text in the background; then started(), or refused() with all problems, or hostsInQuestion() when
/// a host that is not loopback was never allowed. finished() follows every started(), once, and the run is gone after
/// it. Thread: main.
class RunDesk : public QObject
{
    Q_OBJECT
public:
    struct Setup
    {
        QString targetProgram; ///< headroom-target, for scenarios with a practice target.
        /// Where the session of a run goes; makes its folder.
        std::function<Result<QString>(const QString &scenarioName)> newSessionPath;
        std::function<bool(const QString &host)> isAllowed; ///< Asked for hosts that are not loopback.
    };
    explicit RunDesk(Setup setup, QObject *parent = nullptr);
    ~RunDesk() override; ///< Cuts a run that is on and waits for what is written.

    /// From start() until started or not, and from then until finished().
    bool isBusy() const { return m_isPreparing || m_run; }
    Run *run() const { return m_run.get(); }

    /// Only while not busy. `fileName`: for messages and the session; may be empty.
    void start(const QByteArray &scenarioText, const QString &fileName);
    void stop(); ///< Starts nothing more; requests under way finish. While it is checked: it is not started at all.
    void cut(); ///< Cuts requests under way as well.

Q_SIGNALS:
    void busyChanged(bool isBusy);
    void refused(const Headroom::Diagnostics &problems);
    void hostsInQuestion(const QStringList &hosts);
    void started(Headroom::Run *run);
    /// Whoever shows the run must let go of it now. An error: nothing was stored.
    void finished(const QString &sessionPath, const std::optional<Headroom::Error> &error);
    void failed(const Headroom::Error &error); ///< The run could not be started.

private:
    void takePreparation(RunRequest request, std::expected<Preparation, Diagnostics> preparation);
    void begin(RunRequest request, Preparation preparation);
    void end(const QString &sessionPath, const std::optional<Error> &error);

    Setup m_setup;
    std::unique_ptr<Run> m_run;
    bool m_isPreparing = false;
    bool m_isDropped = false; // what is checked is not to be started
};

} // namespace Headroom
