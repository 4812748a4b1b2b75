// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"

#include "core/base/random.h"
#include "core/engine/judgement.h"
#include "core/engine/pause.h"
#include "core/plan/thinktime.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

constexpr auto kBeat = 10ms; // how often the event loop's lateness is looked at

/// An even part of a whole: the first ones are larger by one when it does not divide.
int shareOf(int whole, int part, int parts)
{
    return whole / parts + (part < whole % parts ? 1 : 0);
}

} // namespace

LoadDriver::LoadDriver(const WorkerSetup &setup, Clock &clock, SteadyTime start, Reports reports)
    : m_plan(setup.plan)
    , m_clock(clock)
    , m_start(start)
    , m_reports(std::move(reports))
    , m_begun(setup.begun)
    , m_alarms(clock)
    , m_pauses(clock)
    , m_paces(clock)
    , m_keeper(setup.worker, setup.plan->steps.size(), setup.plan->flows.size(), start)
    , m_worker(setup.worker)
    , m_workers(setup.workers)
    , m_cap(shareOf(setup.plan->userCap, setup.worker, setup.workers))
{
    m_transport = setup.makeTransport(std::max(1, m_cap), clock, m_alarms);
    if (m_plan->isOpenModel) {
        m_open.emplace(m_plan, setup.worker, setup.workers, start);
    } else {
        m_closed.emplace(m_plan, setup.worker, setup.workers, start);
        makeRoomFor(m_plan->userCap);
    }
    m_beatDue = start;
    m_alarms.callAt(start, {[](void *self) { static_cast<LoadDriver *>(self)->beat(); }, this});
    armWake();
}

LoadDriver::~LoadDriver() = default;

// --- Pacing --------------------------------------------------------------------------------------------------------

void LoadDriver::wake()
{
    m_wakeTicket = 0;
    const SteadyTime now = m_clock.now();
    closeSecondsUntil(now);
    startDueBefore(now + 1ns);
    adjustUsers(now);
    finishIfDone();
    if (!m_isFinished)
        armWake();
}

void LoadDriver::armWake()
{
    const SteadyTime now = m_clock.now();
    SteadyTime next = std::max(m_start, m_keeper.border());
    if (now < m_start) {
        next = m_start;
    } else {
        if (plannedEnd() > now)
            next = std::min(next, plannedEnd());
        if (m_open && !m_isStopping)
            next = std::min(next, m_open->nextPlanned().value_or(next));
        if (m_closed && !m_isStopping)
            next = std::min(next, m_closed->nextChange(now).value_or(next));
    }
    m_alarms.cancel(m_wakeTicket);
    m_wakeTicket = m_alarms.callAt(next, {[](void *self) { static_cast<LoadDriver *>(self)->wake(); }, this});
}

void LoadDriver::steer(const PlanPtr &plan)
{
    if (m_isFinished || m_isStopping)
        return;
    if (m_open)
        m_open->steer(plan);
    if (m_closed) {
        m_closed->steer(plan);
        makeRoomFor(plan->userCap);
    }
    m_alarms.cancel(m_wakeTicket);
    wake();
}

/// Closed model: never less than before; users that are not wanted any more may still be at work.
void LoadDriver::makeRoomFor(int users)
{
    if (std::size_t(users) <= m_isAlive.size())
        return;
    m_isAlive.resize(std::size_t(users));
    m_iterations.resize(std::size_t(users));
    m_paceTickets.resize(std::size_t(users));
    m_transport->growTo(shareOf(users, m_worker, m_workers));
}

void LoadDriver::startDueBefore(SteadyTime limit)
{
    while (m_open && !m_isStopping) {
        const auto planned = m_open->nextPlanned();
        if (!planned || *planned >= limit)
            return;
        offer(m_open->take());
    }
}

void LoadDriver::offer(const Arrival &arrival)
{
    FlowCounts &counts = m_keeper.flow(arrival.flow);
    ++counts.planned;
    if (m_active < m_cap)
        serve(arrival);
    else if (m_plan->late == Scenario::Late::Queue)
        m_backlog.push_back(arrival);
    else
        ++counts.dropped;
}

void LoadDriver::adjustUsers(SteadyTime now)
{
    if (!m_closed || isLoadOver(now))
        return;
    const int wanted = std::min(m_closed->wantedUsers(now), int(m_isAlive.size()));
    for (int user = 0; user < wanted; ++user) {
        if (m_closed->isMine(user) && !m_isAlive[std::size_t(user)])
            live(user);
    }
    // Who is not wanted any more and only waits for its next iteration leaves now.
    const int before = std::exchange(m_wanted, wanted);
    for (int user = wanted; user < before; ++user)
        m_paces.callNow(m_paceTickets[std::size_t(user)]);
    if (isCountBegun())
        m_paces.callAllNow();
}

SteadyTime LoadDriver::plannedEnd() const
{
    return m_plan->length == 0ns ? SteadyTime::max() : m_start + m_plan->length;
}

bool LoadDriver::isLoadOver(SteadyTime now) const
{
    if (m_isStopping || m_isOutOfTickets)
        return true;
    // Closed: a user that finds no iteration left says so; a worker without users has nobody to find out.
    const bool isCountReached =
        m_open ? m_open->isCountTaken() : m_active == 0 && isCountBegun();
    return isCountReached || now >= plannedEnd();
}

/// Closed: whether all iterations of the fixed count have begun, on whichever worker.
bool LoadDriver::isCountBegun() const
{
    return m_plan->iterations && m_begun->load() >= *m_plan->iterations;
}

void LoadDriver::beat()
{
    const SteadyTime now = m_clock.now();
    m_keeper.recordLoopLag(now - m_beatDue);
    m_beatDue = std::max(m_beatDue + kBeat, now);
    if (!m_isFinished)
        m_alarms.callAt(m_beatDue, {[](void *self) { static_cast<LoadDriver *>(self)->beat(); }, this});
}

// --- Virtual users -------------------------------------------------------------------------------------------------

/// Open model: one arrival, and then whatever waits for a free user.
QCoro::Task<> LoadDriver::serve(Arrival arrival)
{
    ++m_active;
    for (;;) {
        ++m_keeper.flow(arrival.flow).started;
        if (co_await walk(arrival))
            ++m_keeper.flow(arrival.flow).completed;
        if (m_backlog.empty())
            break;
        arrival = m_backlog.front();
        m_backlog.pop_front();
    }
    --m_active;
    finishIfDone();
}

/// Closed model: one user, from when it is wanted until it is not.
QCoro::Task<> LoadDriver::live(int user)
{
    ++m_active;
    m_isAlive[std::size_t(user)] = true;
    SteadyTime planned = m_clock.now();
    while (const std::optional<Arrival> arrival = nextOfUser(user, planned)) {
        FlowCounts &counts = m_keeper.flow(arrival->flow);
        ++counts.planned;
        ++counts.started;
        if (co_await walk(*arrival))
            ++m_keeper.flow(arrival->flow).completed;
        planned = std::max(m_clock.now(), arrival->planned + m_plan->flows[arrival->flow.at()].pace);
        if (isAheadOfPace(user, planned)) {
            co_await Pause{m_paces, planned, &m_paceTickets[std::size_t(user)]};
            planned = std::min(planned, m_clock.now()); // earlier: it is to leave
            closeSecondsUntil(planned);
        }
    }
    m_isAlive[std::size_t(user)] = false;
    --m_active;
    finishIfDone();
}

/// Whether a user waits for the planned start of its next iteration; otherwise it goes on, or leaves, at once.
bool LoadDriver::isAheadOfPace(int user, SteadyTime planned) const
{
    const SteadyTime now = m_clock.now();
    return now < planned && !isLoadOver(now) && !isCountBegun() && user < m_closed->wantedUsers(now);
}

std::optional<Arrival> LoadDriver::nextOfUser(int user, SteadyTime planned)
{
    if (isLoadOver(planned) || user >= m_closed->wantedUsers(planned))
        return std::nullopt;
    if (m_plan->iterations && m_begun->fetch_add(1) >= *m_plan->iterations) {
        m_isOutOfTickets = true;
        return std::nullopt;
    }
    const std::uint64_t content = randomAt(m_plan->seed, std::uint64_t(user), m_iterations[std::size_t(user)]++);
    return Arrival{m_plan->streams.front().flowAt(unitInterval(content)), content, planned};
}

/// One iteration. True when it was walked to its end.
QCoro::Task<bool> LoadDriver::walk(Arrival arrival)
{
    SteadyTime before = arrival.planned;
    for (const StepIndex index : m_plan->flows[arrival.flow.at()].steps) {
        const Plan::Step &step = m_plan->steps[index.at()];
        const SteadyTime planned = before + thinkTimeAt(step.think, randomAt(arrival.content, index.at()));
        if (planned > m_clock.now())
            co_await Pause{m_pauses, planned};
        if (m_isStopping)
            co_return false;
        const Exchange exchange = co_await m_transport->send(step.request);
        record(index, planned, exchange);
        before = exchange.finished;
    }
    co_return true;
}

void LoadDriver::record(StepIndex index, SteadyTime planned, const Exchange &exchange)
{
    closeSecondsUntil(exchange.finished);
    const Plan::Step &step = m_plan->steps[index.at()];
    const Sample sample = judge(index, step, planned, exchange);
    SampleRecorder &recorder = m_keeper.recorder();
    recorder.record(sample);
    if (sample.outcome == Outcome::Error && recorder.recordFailure(sample, failureSentence(sample, exchange)))
        recorder.keepExample(failureExample(step.request, exchange));
    if (sample.failure == FailureKind::Aborted)
        ++m_unfinished;
}

// --- Seconds and the end -------------------------------------------------------------------------------------------

void LoadDriver::closeSecondsUntil(SteadyTime now)
{
    if (std::exchange(m_isClosingSecond, true))
        return; // starting what was due may answer at once and come back here
    while (now >= m_keeper.border()) {
        startDueBefore(m_keeper.border()); // an arrival counts in the second it was planned in
        m_reports.interval(m_keeper.takeSecond(gauges()));
    }
    m_isClosingSecond = false;
}

IntervalKeeper::Gauges LoadDriver::gauges() const
{
    return {m_backlog.size(), std::uint64_t(m_transport->inFlight()), std::uint64_t(m_active)};
}

void LoadDriver::drain()
{
    m_isStopping = true;
    m_backlog.clear();
    m_pauses.callAllNow();
    finishIfDone();
}

void LoadDriver::cut()
{
    drain();
    m_transport->abortAll();
    finishIfDone();
}

void LoadDriver::finishIfDone()
{
    const SteadyTime now = m_clock.now();
    if (m_isFinished || !isLoadOver(now))
        return;
    startDueBefore(now); // what was due just before the end and not woken for yet
    if (!std::exchange(m_graceRuns, true)) {
        m_alarms.callAt(now + m_plan->grace, {[](void *self) { static_cast<LoadDriver *>(self)->cut(); }, this});
        m_paces.callAllNow();
    }
    if (m_isFinished || m_active > 0 || !m_backlog.empty())
        return;
    m_isFinished = true;
    m_alarms.cancel(std::exchange(m_wakeTicket, 0));
    closeSecondsUntil(now);
    m_reports.interval(m_keeper.takeLast(gauges(), now));
    m_reports.finished(m_unfinished);
}

} // namespace Headroom
