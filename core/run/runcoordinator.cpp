// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runcoordinator.h"

#include "core/base/version.h"
#include "core/probes/probefactory.h"
#include "core/run/machinefacts.h"

#include <QCoroSignal>
#include <QDateTime>

#include <algorithm>

namespace Headroom {

namespace {

constexpr auto kReachLimit = std::chrono::seconds(5);
constexpr auto kLongestByHand = std::chrono::hours(1); // LANGUAGE, section 2
constexpr auto kStartAhead = 50ms; // enough for every worker to be told before the first arrival is due

int workersFor(const RunRequest &request, const Plan &plan)
{
    const int wanted = request.workers > 0 ? request.workers : Engine::defaultWorkers();
    return std::clamp(wanted, 1, std::max(1, plan.userCap)); // a worker without a user would starve its arrivals
}

Error interruptedBeforeStart()
{
    return {Error::Code::Cancelled, QStringLiteral("interrupted before the load began; nothing was stored"), {}};
}

} // namespace

RunCoordinator::RunCoordinator(RunRequest request, Preparation preparation)
    : m_request(std::move(request))
    , m_preparation(std::move(preparation))
    , m_plan(m_preparation.plan)
{
}

RunCoordinator::~RunCoordinator() = default;

void RunCoordinator::start()
{
    ASSERT_THREAD(this);
    execute();
}

void RunCoordinator::stop(RunEnding::Reason reason, const QString &text)
{
    ASSERT_THREAD(this);
    if (std::exchange(m_isStopRequested, true))
        return;
    m_ending.reason = reason;
    m_ending.text = text;
    if (m_gate)
        m_gate->cancel();
    if (m_state != RunState::Running)
        return;
    addEvent({sinceStart(), QStringLiteral("stop"), text});
    enter(RunState::Draining);
    m_engine->drain();
}

void RunCoordinator::cut()
{
    ASSERT_THREAD(this);
    stop(RunEnding::Reason::Interrupted, QStringLiteral("cut by hand"));
    if (m_state == RunState::Draining)
        m_engine->cut();
}

void RunCoordinator::steer(const SteeringOrder &order)
{
    ASSERT_THREAD(this);
    if (m_state != RunState::Running)
        return;
    const std::optional<SteeredChange> change = m_steering->obey(order, sinceStart());
    if (!change)
        return;
    m_engine->steer(change->plan);
    m_assembler->steerUsers(change->event.at, change->load.isPaused ? std::optional(0.0) : change->load.value);
    addEvent(change->event);
    boundByHand();
    beforeHandOver();
    Q_EMIT loadSteered(change->load);
}

/// A run that ends with a count need never reach it once a hand has lowered its load.
void RunCoordinator::boundByHand()
{
    if (m_handEnd || m_plan->profile.end() != LoadProfile::kEndless)
        return;
    m_handEnd = m_clock.makeAlarm([this] {
        stop(RunEnding::Reason::Stopped, QStringLiteral("an hour after it was first steered by hand, the run was ended"));
    });
    m_handEnd->setFor(m_clock.now() + kLongestByHand);
}

QCoro::Task<> RunCoordinator::execute()
{
    enter(RunState::Preparing);
    Result<void> step = co_await openTarget();
    if (step)
        step = startProbes();
    if (step)
        step = openSession();
    if (step) {
        co_await applyLoad();
        step = closeSession();
    }
    end(step ? std::nullopt : std::optional(step.error()));
}

QCoro::Task<Result<void>> RunCoordinator::openTarget()
{
    if (m_preparation.scenario.target.practice) {
        m_practice = std::make_unique<PracticeTarget>(m_request.targetProgram);
        const Result<QUrl> started = co_await m_practice->start(*m_preparation.scenario.target.practice);
        if (!started)
            co_return std::unexpected(started.error());
        const Result<PlanPtr> plan = replan(m_preparation, *started, m_request.seed);
        if (!plan)
            co_return std::unexpected(plan.error());
        m_plan = *plan;
        connect(m_practice.get(), &PracticeTarget::died, this,
                [this](const QString &sentence) { stop(RunEnding::Reason::TargetLost, sentence); });
    }
    enter(RunState::Waiting);
    m_gate = std::make_unique<StartGate>();
    Result<void> open = co_await m_gate->reach(m_plan->target, kReachLimit);
    if (open && m_plan->readyUrl && !m_isStopRequested) {
        const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(m_plan->readyWithin);
        open = co_await m_gate->awaitReady(*m_plan->readyUrl, limit);
    }
    if (m_isStopRequested)
        co_return std::unexpected(interruptedBeforeStart());
    co_return open;
}

Result<void> RunCoordinator::startProbes()
{
    auto probes = makeProbes(m_preparation.scenario.probes, m_plan->target, m_clock);
    if (!probes)
        return std::unexpected(probes.error());
    m_probes = std::move(*probes);
    if (m_practice)
        m_probes->setPracticePid(int(m_practice->processId()));
    connect(m_probes.get(), &ProbeScheduler::eventHappened, this, &RunCoordinator::addEvent);
    return {};
}

Result<void> RunCoordinator::openSession()
{
    const int workers = workersFor(m_request, *m_plan);
    m_facts = std::make_shared<const RunFacts>(factsOf(*m_plan, m_preparation.rules, m_probes->series(), workers));
    m_assembler = std::make_unique<FrameAssembler>(m_facts);
    m_evaluator = std::make_unique<RuleEvaluator>(m_preparation.rules, m_facts);
    beforeHandOver();
    Q_EMIT factsKnown(m_facts);

    SessionHead head{*m_facts, m_request.scenarioText, m_request.scenarioFile, m_request.change.described(),
                     machineFacts(),
                     QLatin1String(kVersion), QDateTime::currentMSecsSinceEpoch()};
    for (const ScenarioOverride &change : m_request.overrides)
        head.overrides.emplace_back(change.path, change.value);
    m_storeThread = std::make_unique<OwnedThread>(QStringLiteral("store"));
    m_store = m_storeThread->make<SessionStore>(m_request.sessionPath);
    connect(m_store, &SessionStore::failed, this,
            [this](const Error &error) { stop(RunEnding::Reason::Fault, error.text()); });
    return waitFor([&] { return m_store->create(head); });
}

/// Lets the store thread do something and waits for it.
Result<void> RunCoordinator::waitFor(const std::function<Result<void>()> &store)
{
    Result<void> result;
    const auto call = [&] {
        result = store();
        beforeHandOver();
    };
    beforeHandOver();
    QMetaObject::invokeMethod(m_store, call, Qt::BlockingQueuedConnection);
    afterHandOver();
    return result;
}

QCoro::Task<> RunCoordinator::applyLoad()
{
    m_engine = std::make_unique<Engine>(m_plan, m_facts->workers, m_clock);
    connect(m_engine.get(), &Engine::intervalReady, this, &RunCoordinator::takeSnapshot);
    m_steering = std::make_unique<LoadSteering>(m_plan);
    m_startedAt = m_clock.now() + kStartAhead;
    m_cpuAtStart = processCpuSeconds();
    enter(RunState::Running);
    m_probes->start(*m_startedAt);
    markStages(0);
    m_engine->start(*m_startedAt);
    m_ending.unfinished = co_await qCoro(m_engine.get(), &Engine::finished);
    m_probes->finish();
    while (m_probes->isReading()) // at most as long as a probe waits for its answer
        co_await qCoro(m_probes.get(), &ProbeScheduler::readingEnded);
    m_probes->stop();
    publish(m_assembler->finish());
}

Result<void> RunCoordinator::closeSession()
{
    enter(RunState::Storing);
    m_ending.auxiliary = m_gate->requestsMade() + m_probes->requestsMade();
    const std::vector<RunEvent> late = m_assembler->takeEvents();
    return waitFor([&] { return m_store->finish(late, m_ending, QDateTime::currentMSecsSinceEpoch()); });
}

void RunCoordinator::end(const std::optional<Error> &error)
{
    // In this order: nobody may still send what the next one needs.
    m_handEnd.reset();
    m_engine.reset();
    m_probes.reset();
    m_practice.reset();
    m_storeThread.reset();
    enter(RunState::Finished);
    beforeHandOver();
    Q_EMIT finished(error);
}

void RunCoordinator::enter(RunState state)
{
    m_state = state;
    beforeHandOver();
    Q_EMIT stateChanged(state);
}

void RunCoordinator::takeSnapshot(const IntervalSnapshotPtr &snapshot)
{
    m_assembler->setProcessCpu(processCpuSeconds() - m_cpuAtStart);
    m_assembler->setProbes(snapshot->second, m_probes->latest());
    markStages(snapshot->second + 1);
    publish(m_assembler->add(snapshot));
}

void RunCoordinator::publish(const std::vector<FramePtr> &frames)
{
    for (const FramePtr &frame : frames) {
        m_evaluator->add(*frame);
        beforeHandOver();
        QMetaObject::invokeMethod(m_store, [store = m_store, frame] { store->append(frame); });
        beforeHandOver();
        Q_EMIT frameReady(frame);
        if (const auto broken = m_evaluator->stopReason())
            stop(RunEnding::Reason::StopRule, QStringLiteral("stopped because this rule is not met: %1").arg(broken->rule.text));
    }
}

void RunCoordinator::markStages(int second)
{
    while (m_nextStage < m_plan->stages.size() && m_plan->stages[m_nextStage].start <= second * 1s) {
        const Plan::Stage &stage = m_plan->stages[m_nextStage++];
        addEvent({stage.start, QStringLiteral("stage"), QStringLiteral("stage '%1' begins").arg(stage.name)});
    }
}

void RunCoordinator::addEvent(const RunEvent &event)
{
    if (m_assembler)
        m_assembler->addEvent(event);
    beforeHandOver();
    Q_EMIT eventHappened(event);
}

Nanoseconds RunCoordinator::sinceStart() const
{
    return m_startedAt ? m_clock.now() - *m_startedAt : 0ns;
}

} // namespace Headroom
