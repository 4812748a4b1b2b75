// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/handover.h"
#include "core/base/steadyclock.h"
#include "core/engine/engine.h"
#include "core/metrics/frameassembler.h"
#include "core/metrics/runending.h"
#include "core/probes/probescheduler.h"
#include "core/rules/ruleevaluator.h"
#include "core/run/actioncourse.h"
#include "core/run/batchcourse.h"
#include "core/run/generatorwatch.h"
#include "core/run/gitrevision.h"
#include "core/run/loadsteering.h"
#include "core/run/memoryrecord.h"
#include "core/run/preparation.h"
#include "core/run/profilebyhand.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"
#include "core/run/runtarget.h"
#include "core/run/servicecheck.h"
#include "core/run/searchpilot.h"
#include "core/run/sessionfeed.h"
#include "core/run/targetwatch.h"

#include <QCoroTask>

#include <memory>
#include <optional>

namespace Headroom {

/// The one place where engine, probes, rules and session meet: walks a run from its start to its stored end.
///
/// Thread: the run thread; slots are queued to it. Emits finished() exactly once, also after a failure.
class RunCoordinator : public ThreadDoor
{
    Q_OBJECT
public:
    RunCoordinator(RunRequest request, Preparation preparation);
    ~RunCoordinator() override;

    void start();
    /// Starts nothing more, lets requests under way finish, writes everything. The first reason given stands.
    void stop(Headroom::RunEnding::Reason reason, const QString &text);
    /// Cuts requests under way as well; still writes everything.
    void cut();
    /// Changes the load while it runs; at any other time it does nothing.
    void steer(const Headroom::SteeringOrder &order);
    /// The same for its rules; what does not fit the run is left as it was.
    void setRules(const QStringList &texts);
    /// Does an action that waits for a hand.
    void doAction(int action);
    /// Records where the target spends its time.
    void captureProfile(Headroom::Nanoseconds length);

Q_SIGNALS:
    void stateChanged(Headroom::RunState state);
    void factsKnown(const Headroom::RunFactsPtr &facts);
    void sessionBegun(const QString &path);
    void frameReady(const Headroom::FramePtr &frame);
    void eventHappened(const Headroom::RunEvent &event);
    void attached(const Headroom::Attachment &file);
    void loadSteered(const Headroom::SteeredLoad &load);
    /// An error: the run did not take place (nothing is stored), or its session could not be written.
    void finished(const std::optional<Headroom::Error> &error);

private:
    void boundByHand();
    QCoro::Task<> execute();
    QCoro::Task<Result<void>> openTarget();
    QCoro::Task<Result<void>> findServices();
    QCoro::Task<> closeTarget();
    void hurryTarget();
    TransportSetup transportSetup() const;
    Error notBegun() const;
    Result<void> openSession();
    QCoro::Task<> applyLoad();
    Result<void> closeSession();
    void end(const std::optional<Error> &error);
    void enter(RunState state);

    Result<void> startProbes();
    void tellProbesOfTarget();
    QCoro::Task<Result<void>> lookAtMemory();
    QCoro::Task<> lookAtMemoryAgain();
    qint64 targetProcess() const { return m_target->processId(); } ///< 0: the run has started none.
    QCoro::Task<> awaitProfiles();
    void followBatches();
    void followActions();
    QCoro::Task<Result<void>> restartTarget();
    QCoro::Task<DrainFindings> drainTarget(Nanoseconds within);
    void noteReady(SteadyTime begun);
    void takeSnapshot(const IntervalSnapshotPtr &snapshot);
    void publish(const std::vector<FramePtr> &frames);
    void followSearch(const MetricsFrame &frame);
    void addEvent(const RunEvent &event);
    void attach(const Attachment &file);
    void markStages(int second);
    Nanoseconds sinceStart() const;

    std::vector<Attachment> m_attachments; // until they are stored
    const RunRequest m_request;
    const Preparation m_preparation;
    SteadyClock m_clock;
    PlanPtr m_plan;
    RunFactsPtr m_facts;
    RunState m_state = RunState::Preparing;
    RunEnding m_ending;
    bool m_isStopRequested = false;
    std::optional<SteadyTime> m_startedAt;
    double m_cpuAtStart = 0.0;
    std::size_t m_nextStage = 0; // the first that is not marked yet

    std::unique_ptr<GitRevision> m_revision; // asked while the target is looked for
    std::unique_ptr<ServiceCheck> m_services;
    std::unique_ptr<RunTarget> m_target;
    std::vector<RunEvent> m_early; // before there is an assembler
    TargetWatch m_watch;
    std::unique_ptr<ProbeScheduler> m_probes;
    std::unique_ptr<MemoryRecord> m_memory;
    std::unique_ptr<FrameAssembler> m_assembler;
    std::unique_ptr<RuleEvaluator> m_evaluator;
    std::unique_ptr<GeneratorWatch> m_generator;
    std::unique_ptr<SessionFeed> m_session;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<BatchCourse> m_batches; // of a plan with batches
    std::unique_ptr<ActionCourse> m_actions; // of a plan with actions
    std::unique_ptr<ProfileByHand> m_profiles; // from when the load begins
    std::shared_ptr<DrainWatch> m_drain; // of a plan with an action that stops the target
    std::optional<Nanoseconds> m_timeToReady;
    bool m_isTargetStopped = false; // by such an action
    bool m_isLoadOver = false;
    std::unique_ptr<LoadSteering> m_steering; // from when the load begins
    std::unique_ptr<SearchPilot> m_search; // the same, of a plan that searches for its limit: no hand steers it
    std::unique_ptr<Alarm> m_handEnd; // of a run without a planned end that is steered
};

} // namespace Headroom
