// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runcoordinator.h"

#include "core/base/version.h"
#include "core/metrics/steeredrules.h"
#include "core/plan/feedplan.h"
#include "core/probes/probefactory.h"
#include "core/rules/rulesbyhand.h"
#include "core/run/againrequest.h"
#include "core/run/commandline.h"
#include "core/run/judgementcheck.h"
#include "core/run/machinefacts.h"

#include <QCoroSignal>
#include <QDateTime>

#include <algorithm>

namespace Headroom {

namespace {

constexpr auto kLongestByHand = std::chrono::hours(1); // LANGUAGE, section 2
constexpr auto kBatchAhead = 10ms; // the workers have nothing else to do at a barrier
constexpr auto kStartAhead = 50ms; // enough for every worker to be told before the first arrival is due

int workersFor(const RunRequest &request, const Plan &plan)
{
    if (plan.lines && plan.lines->socket.isEmpty())
        return 1; // one process, fed by one worker
    const int wanted = request.workers > 0 ? request.workers : Engine::defaultWorkers();
    // Users that a hand brings need their workers from the start; until then such a worker of the closed model is idle.
    const bool mayGetUsers = !plan.isOpenModel && !plan.batches && !plan.iterationsEach;
    if (request.canBeSteered && mayGetUsers)
        return std::max(1, wanted);
    return std::clamp(wanted, 1, std::max(1, plan.userCap)); // a worker without a user would starve its arrivals
}

} // namespace

RunCoordinator::RunCoordinator(RunRequest request, Preparation preparation)
    : m_attachments(std::move(request.attachments))
    , m_request(std::move(request))
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
    if (m_state >= RunState::Storing) { // the load is over; only the end of its target can still take time
        hurryTarget();
        return;
    }
    if (std::exchange(m_isStopRequested, true))
        return;
    m_ending.reason = reason;
    m_ending.text = hidden(m_plan->redactor, text);
    if (m_services)
        m_services->cancel();
    if (m_target)
        m_target->cancel();
    if (m_batches)
        m_batches->cancel();
    if (m_actions)
        m_actions->end();
    if (m_memory && m_state == RunState::Waiting)
        m_memory->cancel();
    if (m_state != RunState::Running)
        return;
    addEvent({sinceStart(), QStringLiteral("stop"), text});
    if (reason == RunEnding::Reason::StopRule) // what it holds now may be why
        m_memory->look(MemoryRecord::Moment::End, sinceStart());
    enter(RunState::Draining);
    m_engine->drain();
}

void RunCoordinator::cut()
{
    ASSERT_THREAD(this);
    stop(RunEnding::Reason::Interrupted, QStringLiteral("cut by hand"));
    if (m_state == RunState::Draining)
        m_engine->cut();
    if (m_memory)
        m_memory->cancel();
    hurryTarget();
}

void RunCoordinator::hurryTarget()
{
    if (m_actions)
        m_actions->cut();
    if (m_profiles)
        m_profiles->cut();
    if (m_target)
        m_target->hurry();
}

void RunCoordinator::steer(const SteeringOrder &order)
{
    ASSERT_THREAD(this);
    if (m_state != RunState::Running || m_search)
        return;
    const std::optional<SteeredChange> change = m_steering->obey(order, sinceStart());
    if (!change)
        return;
    m_engine->steer(change->plan);
    m_assembler->steerUsers(change->event.at, change->load.value);
    m_assembler->setPlanTime(change->load.time);
    if (m_actions)
        m_actions->setPlanTime(change->load.time);
    addEvent(change->event);
    boundByHand();
    beforeHandOver();
    Q_EMIT loadSteered(change->load);
}

void RunCoordinator::setRules(const QStringList &texts)
{
    ASSERT_THREAD(this);
    if (m_state != RunState::Running || m_search)
        return;
    const Nanoseconds now = sinceStart();
    const int next = now < 0ns ? 0 : int(now / 1s) + 1; // no frame of it is out
    const auto rules = rulesByHand(texts, *m_facts, next);
    if (!rules)
        return;
    RunFacts facts = *m_facts;
    QStringList judged;
    for (const Rule &rule : *rules)
        judged << rule.text;
    replaceRules(facts, judged);
    const QStringList changes = ruleChanges(m_facts->rules, facts.rules);
    if (facts.rules == m_facts->rules)
        return;
    m_evaluator->setRules(*rules);
    m_facts = std::make_shared<const RunFacts>(std::move(facts));
    beforeHandOver();
    m_session->setRules(m_facts->rules);
    Q_EMIT factsKnown(m_facts);
    for (const QString &change : changes)
        addEvent({now, QStringLiteral("rule"), change}); // changes no load
}

void RunCoordinator::doAction(int action)
{
    ASSERT_THREAD(this);
    if (m_state == RunState::Running && m_actions)
        m_actions->doByHand(action);
}

void RunCoordinator::captureProfile(Nanoseconds length)
{
    ASSERT_THREAD(this);
    if (m_state == RunState::Running && m_profiles && m_startedAt)
        m_profiles->begin(length, targetProcess(), m_plan->target, *m_startedAt);
}

QCoro::Task<> RunCoordinator::awaitProfiles()
{
    while (m_profiles->isBusy()) // at most as long as one of them may take
        co_await qCoro(m_profiles.get(), &ProfileByHand::idle);
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
    m_revision = std::make_unique<GitRevision>(m_preparation.scenario.target.folder);
    Result<void> step = co_await openTarget();
    if (step)
        step = startProbes();
    if (step)
        step = co_await lookAtMemory();
    if (step)
        step = openSession();
    if (step) {
        co_await applyLoad();
        enter(RunState::Storing);
        co_await closeTarget();
        step = closeSession();
    } else {
        co_await closeTarget();
    }
    end(step ? std::nullopt : std::optional(step.error()));
}

QCoro::Task<Result<void>> RunCoordinator::openTarget()
{
    m_target = std::make_unique<RunTarget>(m_preparation, m_request);
    connect(m_target.get(), &RunTarget::died, this,
            [this](const QString &sentence) { stop(RunEnding::Reason::TargetLost, sentence); });
    connect(m_target.get(), &RunTarget::happened, this,
            [this](const QString &sentence) { addEvent({sinceStart(), QStringLiteral("target"), sentence}); });
    Result<void> open = co_await findServices();
    const SteadyTime begun = m_clock.now();
    if (open)
        open = (co_await m_target->start()).transform([this](const PlanPtr &plan) { m_plan = plan; });
    if (open && !m_isStopRequested) {
        enter(RunState::Waiting);
        open = co_await m_target->awaitReady();
        if (open)
            noteReady(begun);
    }
    if (m_isStopRequested)
        co_return std::unexpected(notBegun());
    co_return open;
}

QCoro::Task<Result<void>> RunCoordinator::findServices()
{
    const Scenario &scenario = m_preparation.scenario;
    m_services = std::make_unique<ServiceCheck>(scenario.services, scenario.target.folder);
    co_return co_await m_services->awaitAll();
}

/// What the run has started itself is stopped, or kept; how long that took is told.
QCoro::Task<> RunCoordinator::closeTarget()
{
    if (m_actions)
        co_await m_actions->stopLeft();
    co_await m_target->letGo();
}

TransportSetup RunCoordinator::transportSetup() const
{
    return {.name = m_plan->transport,
            .connections = m_plan->connections,
            .socket = m_plan->lines ? m_plan->lines->socket : QString(),
            .stream = m_target->stream()};
}

/// Why a run that was stopped before its load did not take place.
Error RunCoordinator::notBegun() const
{
    if (m_ending.reason == RunEnding::Reason::TargetLost)
        return {Error::Code::Unreachable, m_ending.text, {}};
    return {Error::Code::Cancelled, QStringLiteral("interrupted before the load began; nothing was stored"), {}};
}

Result<void> RunCoordinator::startProbes()
{
    const QString folder = m_preparation.scenario.target.folder;
    const auto find = [folder](const QString &text) {
        return findCommand(text, folder).transform(
            [](const CommandLine &command) { return QStringList{command.program} + command.arguments; });
    };
    const TargetRoute route = routeTo(m_plan->target, m_plan->connections, m_preparation.scenario.target);
    auto probes = makeProbes(m_preparation.scenario.probes, m_plan->target, m_clock, route, {folder, find});
    if (!probes)
        return std::unexpected(probes.error());
    m_probes = std::move(*probes);
    tellProbesOfTarget();
    connect(m_target.get(), &RunTarget::startedAnew, this, &RunCoordinator::tellProbesOfTarget);
    connect(m_probes.get(), &ProbeScheduler::eventHappened, this, &RunCoordinator::addEvent);
    m_memory = std::make_unique<MemoryRecord>(m_preparation.scenario.probes, m_plan->target, route, *m_probes, m_clock);
    connect(m_memory.get(), &MemoryRecord::happened, this, &RunCoordinator::addEvent);
    connect(m_memory.get(), &MemoryRecord::captured, this, &RunCoordinator::attach);
    return {};
}

/// Before the load, which it would disturb.
QCoro::Task<Result<void>> RunCoordinator::lookAtMemory()
{
    m_memory->look(MemoryRecord::Moment::Start, 0ns);
    if (m_memory->isLooking()) // at most as long as it waits for an answer
        co_await qCoro(m_memory.get(), &MemoryRecord::looked);
    if (m_isStopRequested)
        co_return std::unexpected(notBegun());
    co_return Result<void>();
}

/// After it, unless that was done when a rule stopped the run.
QCoro::Task<> RunCoordinator::lookAtMemoryAgain()
{
    m_memory->look(MemoryRecord::Moment::End, sinceStart());
    if (m_memory->isLooking())
        co_await qCoro(m_memory.get(), &MemoryRecord::looked);
}

/// Which process is the target, where the run has started it.
void RunCoordinator::tellProbesOfTarget()
{
    if (m_target->isStarted())
        m_probes->setPracticePid(int(targetProcess()));
}

Result<void> RunCoordinator::openSession()
{
    const int workers = workersFor(m_request, *m_plan);
    RunFacts facts = factsOf(*m_plan, m_preparation.rules, m_probes->series(), workers);
    addJudgement(facts, m_preparation.scenario, m_preparation.rules);
    facts.timeToReady = m_timeToReady;
    facts.profiles = profileWords(m_preparation.scenario.profiles, m_preparation.scenario.environment);
    for (const auto &[name, address] : m_preparation.scenario.dashboards)
        facts.dashboards.emplace_back(name, hidden(m_plan->redactor, address));
    for (const QString &sentence : m_preparation.leftOut)
        addEvent({sinceStart(), QStringLiteral("note"), sentence});
    m_facts = std::make_shared<const RunFacts>(std::move(facts));
    m_assembler = std::make_unique<FrameAssembler>(m_facts);
    for (const RunEvent &event : std::exchange(m_early, {}))
        m_assembler->addEvent(event);
    m_evaluator = std::make_unique<RuleEvaluator>(m_preparation.rules, m_facts);
    m_generator = std::make_unique<GeneratorWatch>(*m_plan, *m_facts, CeilingCache(m_request.ceilingFile, machineName()));
    beforeHandOver();
    Q_EMIT factsKnown(m_facts);

    auto environment = machineFacts();
    if (const QString revision = m_revision->take(); !revision.isEmpty())
        environment.emplace_back(QStringLiteral("git"), revision);
    SessionHead head{*m_facts, m_request.scenarioText, m_request.scenarioFile, changesOf(m_request),
                     environment,
                     QLatin1String(kVersion), QDateTime::currentMSecsSinceEpoch()};
    m_session = std::make_unique<SessionFeed>(m_request.sessionPath, m_request.canBeRenamed);
    connect(m_session.get(), &SessionFeed::failed, this,
            [this](const Error &error) { stop(RunEnding::Reason::Fault, error.text()); });
    connect(m_session.get(), &SessionFeed::happened, this, &RunCoordinator::addEvent);
    return m_session->open(head, std::exchange(m_attachments, {})).transform([this] {
        beforeHandOver();
        Q_EMIT sessionBegun(m_session->path());
    });
}

QCoro::Task<> RunCoordinator::applyLoad()
{
    if (std::ranges::any_of(m_plan->actions, &Plan::Action::stopsTarget))
        m_drain = std::make_shared<DrainWatch>();
    m_engine = std::make_unique<Engine>(m_plan, m_facts->workers, m_clock, transportSetup(), m_drain);
    connect(m_engine.get(), &Engine::intervalReady, this, &RunCoordinator::takeSnapshot);
    connect(m_engine.get(), &Engine::finished, this, [this] { m_isLoadOver = true; });
    followBatches();
    followActions();
    m_steering = std::make_unique<LoadSteering>(m_plan);
    m_startedAt = m_clock.now() + kStartAhead;
    m_cpuAtStart = processCpuSeconds();
    m_generator->begin();
    enter(RunState::Running);
    if (const auto event = m_generator->lookAhead())
        addEvent(*event);
    m_probes->start(*m_startedAt);
    markStages(0);
    if (m_plan->findLimit) {
        m_search = std::make_unique<SearchPilot>(m_facts, m_plan);
        addEvent(m_search->begin());
    }
    m_engine->start(*m_startedAt);
    if (m_actions)
        m_actions->start(*m_startedAt);
    m_ending.unfinished = co_await qCoro(m_engine.get(), &Engine::finished);
    if (const QString why = endOfFeeds(*m_plan); !why.isEmpty() && !m_isStopRequested && sinceStart() < m_steering->end())
        addEvent({sinceStart(), QStringLiteral("note"), why});
    m_probes->finish();
    if (m_actions)
        m_actions->finish();
    while (m_actions && m_actions->isBusy()) // at most as long as one of them may take
        co_await qCoro(m_actions.get(), &ActionCourse::idle);
    co_await awaitProfiles();
    if (m_batches)
        m_batches->cancel(); // no batch can follow
    while (m_batches && m_batches->isBusy()) // at most as long as a target takes to be started anew
        co_await qCoro(m_batches.get(), &BatchCourse::idle);
    if (!m_isStopRequested && m_steering->load().isWaiting() && sinceStart() >= m_steering->end()) {
        m_ending.reason = RunEnding::Reason::Stopped;
        m_ending.text = QStringLiteral("an hour after the plan was made to wait by hand, the run was ended");
    }
    while (m_probes->isReading()) // at most as long as a probe waits for its answer
        co_await qCoro(m_probes.get(), &ProbeScheduler::readingEnded);
    m_probes->stop();
    co_await lookAtMemoryAgain();
    if (const QString cost = m_probes->costSentence(); !cost.isEmpty())
        addEvent({sinceStart(), QStringLiteral("note"), cost});
    publish(m_assembler->finish());
    m_generator->keepCeiling();
}

void RunCoordinator::followActions()
{
    m_profiles = std::make_unique<ProfileByHand>(m_preparation.scenario, m_clock);
    connect(m_profiles.get(), &ProfileByHand::happened, this, &RunCoordinator::addEvent);
    connect(m_profiles.get(), &ProfileByHand::captured, this, &RunCoordinator::attach);
    if (m_plan->actions.empty())
        return;
    m_actions = std::make_unique<ActionCourse>(m_plan, m_facts, m_preparation.scenario.target.folder, m_clock);
    m_actions->setTargetProcess([this] { return targetProcess(); });
    m_actions->stopTargetBy([this](Nanoseconds within) { return drainTarget(within); });
    connect(m_actions.get(), &ActionCourse::happened, this, &RunCoordinator::addEvent);
    connect(m_actions.get(), &ActionCourse::captured, this, &RunCoordinator::attach);
    connect(m_actions.get(), &ActionCourse::done, this, [this](const ActionDone &done) { m_assembler->addAction(done); });
}

void RunCoordinator::followBatches()
{
    if (!m_plan->batches)
        return;
    m_batches = std::make_unique<BatchCourse>(m_plan, *m_probes, m_clock, [this] { return restartTarget(); });
    connect(m_engine.get(), &Engine::batchFinished, m_batches.get(), [this](const BatchResult &batch) {
        if (sinceStart() >= m_steering->end()) // the load is over; a pause by hand has given it an end
            m_batches->cancel();
        m_batches->pass(batch);
    });
    connect(m_batches.get(), &BatchCourse::passed, this, [this](const BatchResult &batch) {
        m_assembler->addBatch(batch);
        addEvent(batchEvent(batch, *m_plan->batches));
    });
    connect(m_batches.get(), &BatchCourse::nextMayBegin, this,
            [this](int batch) { m_engine->releaseBatch(batch, m_clock.now() + kBatchAhead); });
    connect(m_batches.get(), &BatchCourse::allDone, m_engine.get(), &Engine::drain);
    connect(m_batches.get(), &BatchCourse::failed, this,
            [this](const QString &sentence) { stop(RunEnding::Reason::TargetLost, sentence); });
}

QCoro::Task<Result<void>> RunCoordinator::restartTarget()
{
    const Result<void> again = co_await m_target->restart();
    if (m_isStopRequested)
        co_return std::unexpected(notBegun());
    co_return again;
}

Result<void> RunCoordinator::closeSession()
{
    m_ending.auxiliary = m_services->requestsMade() + m_target->requestsMade() + m_probes->requestsMade()
        + m_memory->requestsMade() + (m_batches ? m_batches->requestsMade() : 0)
        + (m_actions ? m_actions->requestsMade() : 0);
    const std::vector<RunEvent> late = m_assembler->takeEvents();
    return m_session->finish(late, m_ending, QDateTime::currentMSecsSinceEpoch());
}

void RunCoordinator::end(const std::optional<Error> &error)
{
    // In this order: nobody may still send what the next one needs.
    m_handEnd.reset();
    m_engine.reset();
    m_actions.reset();
    m_profiles.reset();
    m_batches.reset();
    m_memory.reset();
    m_probes.reset();
    m_target.reset();
    m_session.reset();
    m_revision.reset();
    enter(RunState::Finished);
    beforeHandOver();
    Q_EMIT finished(error ? std::optional(hidden(m_plan->redactor, *error)) : std::nullopt);
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
    if (const auto use = m_generator->useOf(snapshot->second))
        m_assembler->addProcessUse(*use);
    m_assembler->setProbes(snapshot->second, m_probes->takeSecond());
    markStages(snapshot->second + 1);
    publish(m_assembler->add(snapshot));
}

void RunCoordinator::publish(const std::vector<FramePtr> &frames)
{
    for (const FramePtr &frame : frames) {
        m_evaluator->add(*frame);
        m_session->append(frame, m_assembler->takeSamples(frame->second), sinceStart());
        beforeHandOver();
        Q_EMIT frameReady(frame);
        if (m_actions)
            m_actions->follow(frame);
        if (const auto event = m_watch.look(*frame); event && !m_isTargetStopped)
            addEvent(*event);
        if (const auto event = m_generator->follow(*frame))
            addEvent(*event);
        if (m_search) // breaks its rules on purpose
            followSearch(*frame);
        else if (const auto broken = m_evaluator->stopReason())
            stop(RunEnding::Reason::StopRule, QStringLiteral("stopped because this rule is not met: %1").arg(broken->rule.text));
    }
}

void RunCoordinator::followSearch(const MetricsFrame &frame)
{
    if (m_state != RunState::Running)
        return;
    const SearchPilot::Order order = m_search->follow(frame, sinceStart());
    for (const RunEvent &event : order.events)
        addEvent(event);
    if (order.plan)
        m_engine->steer(order.plan);
    if (order.isOver)
        stop(RunEnding::Reason::Completed, QStringLiteral("the search for the limit is over"));
}

void RunCoordinator::markStages(int second)
{
    const PlanTime &time = m_steering->load().time;
    while (m_nextStage < m_plan->stages.size()) {
        const Plan::Stage &stage = m_plan->stages[m_nextStage];
        const Nanoseconds start = time.whenPlanReaches(stage.start);
        if (start > second * 1s)
            break;
        ++m_nextStage;
        addEvent({start, QStringLiteral("stage"), QStringLiteral("stage '%1' begins").arg(stage.name)});
    }
}

void RunCoordinator::addEvent(const RunEvent &told)
{
    RunEvent event = told;
    event.text = hidden(m_plan->redactor, told.text);
    if (m_assembler)
        m_assembler->addEvent(event);
    else
        m_early.push_back(event);
    beforeHandOver();
    Q_EMIT eventHappened(event);
}

void RunCoordinator::attach(const Attachment &file)
{
    if (m_session)
        m_session->attach(file);
    else
        m_attachments.push_back(file);
    beforeHandOver();
    Q_EMIT attached(file);
}

Nanoseconds RunCoordinator::sinceStart() const
{
    return m_startedAt ? m_clock.now() - *m_startedAt : 0ns;
}

} // namespace Headroom
