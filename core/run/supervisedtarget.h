// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/childprocess.h"
#include "core/run/keptprocess.h"
#include "core/scenario/scenario.h"

#include <QTimer>

#include <memory>

namespace Headroom {

class StartGate;

/// A target that the run starts by the scenario's command and stops at its end, or keeps.
///
/// Thread: one with an event loop. Lifetime: longer than every coroutine of it. Destroying it kills what was not let
/// go.
class SupervisedTarget : public QObject
{
    Q_OBJECT
public:
    /// `address`: where it is to be reached; `folder`: where its command runs.
    SupervisedTarget(Scenario::Start start, QString folder, QUrl address);
    ~SupervisedTarget() override;

    /// Starts it and waits until somebody listens; a kept one of an earlier run is taken as it is.
    /// Errors: Unreachable, also when somebody else listens there already; NotFound, InvalidInput, Unwritable;
    /// Cancelled.
    QCoro::Task<Result<void>> open(StartGate &gate, std::chrono::milliseconds limit);
    /// Stops it, a kept one too: SIGTERM, and SIGKILL for what is left after that, or after stop_within. It may be opened
    /// again.
    QCoro::Task<GroupEnd> stop(std::optional<std::chrono::milliseconds> within = {});
    /// The end of the run: stops it, or leaves it running where the scenario says so. Of one that has died, what it
    /// has left behind is stopped.
    QCoro::Task<> letGo();
    void hurry(); ///< What is being stopped is killed at once.
    qint64 processId() const; ///< 0: none.

Q_SIGNALS:
    void died(const QString &sentence); ///< By itself, while it was needed.
    void happened(const QString &sentence); ///< Started, found, stopped, kept: worth an event.

private:
    Result<bool> findKept(bool isListening);
    Result<void> launch();
    void watchKept(const KeptProcess &kept);
    QString name() const;

    const Scenario::Start m_start;
    const QString m_folder;
    const QUrl m_address;
    std::unique_ptr<ChildProcess> m_child; // ours for the run ...
    std::optional<KeptProcess> m_kept; // ... or for longer; also one that has died and left others behind
    std::unique_ptr<ProcessEndWatch> m_keptWatch;
    QTimer m_logTrim;
    std::shared_ptr<bool> m_isHurried = std::make_shared<bool>(false);
};

} // namespace Headroom
