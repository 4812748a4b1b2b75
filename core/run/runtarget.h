// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/fedprocess.h"
#include "core/run/practicetarget.h"
#include "core/run/preparation.h"
#include "core/run/runrequest.h"
#include "core/run/startgate.h"
#include "core/run/supervisedtarget.h"

#include <QCoroTask>

#include <memory>

namespace Headroom {

/// The target of a run: waited for, and, where the scenario says so, started and ended by the run. What is started is
/// the practice target, a command, or a process that is fed line by line.
///
/// Thread: one with an event loop. Lifetime: longer than every coroutine of it, shorter than the preparation.
/// Destroying it kills what was not let go.
class RunTarget : public QObject
{
    Q_OBJECT
public:
    RunTarget(const Preparation &preparation, const RunRequest &request);

    /// Starts what there is to start. Gives the run's plan: that of a practice target is made when it is known where it
    /// listens. Errors: those of PracticeTarget, SupervisedTarget, FedProcess and replan().
    QCoro::Task<Result<PlanPtr>> start();
    /// Until it can be reached, and is ready where the scenario asks for that. Errors: Unreachable; Cancelled.
    QCoro::Task<Result<void>> awaitReady();
    /// Stops what was started, starts it anew and waits for it. Errors: those of both.
    QCoro::Task<Result<void>> restart();
    /// Ends a practice target or a command under load: SIGTERM, and SIGKILL after the limit.
    QCoro::Task<GroupEnd> stop(std::chrono::milliseconds limit);
    /// The end of the run: stops what was started, or keeps it, as the scenario says.
    QCoro::Task<> letGo();
    void cancel(); ///< Nothing is started any more, and what waits for it ends at once, with Cancelled.
    void hurry(); ///< What is being stopped is killed at once.

    bool isStarted() const { return m_practice || m_supervised || m_fed; } ///< By the run.
    bool isTimed() const; ///< Whether it is known how long it took to be ready.
    qint64 processId() const; ///< Of what was started; else 0.
    int stream() const { return m_stream; } ///< Our end of that of a process of lines; -1: none.
    quint64 requestsMade() const { return m_gate.requestsMade(); }

Q_SIGNALS:
    void died(const QString &sentence); ///< By itself, while it was needed.
    void happened(const QString &sentence); ///< Worth an event.
    void startedAnew(); ///< As another process, which is not waited for yet.

private:
    QCoro::Task<Result<void>> startPractice();
    QCoro::Task<Result<void>> startCommand();
    Result<void> startFed();
    QCoro::Task<Result<void>> startAgain();

    const Preparation &m_preparation;
    const QString m_practiceProgram;
    const std::uint64_t m_seed;
    PlanPtr m_plan;
    StartGate m_gate;
    bool m_isCancelled = false;
    int m_stream = -1;
    std::unique_ptr<PracticeTarget> m_practice;
    std::unique_ptr<SupervisedTarget> m_supervised;
    std::unique_ptr<FedProcess> m_fed; // of a lines target with a command
};

} // namespace Headroom
