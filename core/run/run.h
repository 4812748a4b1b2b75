// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ownedthread.h"
#include "core/base/result.h"
#include "core/metrics/metricssource.h"
#include "core/metrics/runending.h"
#include "core/rules/ruleevaluator.h"
#include "core/run/preparation.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"
#include "core/run/steering.h"
#include "core/session/attachment.h"

#include <optional>
#include <vector>

namespace Headroom {

class RunCoordinator;
struct SteeringOrder;

/// A live run, as window and command line use it.
///
/// Thread: main; signals are emitted there. Owns: the run thread and everything below it. Destroying it before
/// finished() cuts the run and waits for what is written.
class Run : public MetricsSource, public Steering
{
    Q_OBJECT
public:
    Run(RunRequest request, Preparation preparation);
    ~Run() override;

    void start();
    /// Starts nothing more; what is under way finishes, everything is written.
    void stop(RunEnding::Reason reason, const QString &text);
    /// Cuts what is under way as well.
    void cut();

    void setRate(Rate rate) override;
    void setUsers(int users) override;
    void setMix(const std::vector<double> &weights) override;
    void setThinkFactor(double factor) override;
    void pause() override;
    void resume() override;
    void hold() override;
    void release() override;
    void skipStage() override;
    void extendStage(Nanoseconds by) override;
    void backToPlan() override;
    Result<void> setRules(const QStringList &texts) override;
    void doAction(int action) override;
    void captureProfile(Nanoseconds length) override;

    RunFactsPtr facts() const override { return m_facts; }
    RunState state() const { return m_state; }
    /// Where the session is or is to be: where it may be renamed, only known from the first second on.
    QString sessionPath() const { return m_sessionPath; }

Q_SIGNALS:
    void stateChanged(Headroom::RunState state);
    /// The run's rules were changed by hand; facts() has them.
    void rulesChanged();
    /// A file was captured for the session: what holds the memory of a process, also before the load begins, or a profile.
    void attached(const Headroom::Attachment &file);
    /// A change by hand was accepted; its event tells when it takes effect.
    void loadSteered(const Headroom::SteeredLoad &load);
    /// The end. An error: the run did not take place, or its session could not be written.
    void finished(const std::optional<Headroom::Error> &error);

private:
    void steer(const SteeringOrder &order);

    RunFactsPtr m_facts;
    QString m_sessionPath;
    RunState m_state = RunState::Preparing;
    OwnedThread m_thread;
    RunCoordinator *m_coordinator; // owned by its thread
};

} // namespace Headroom
