// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"

#include "core/base/random.h"
#include "core/engine/evenshare.h"
#include "core/engine/judgement.h"
#include "core/engine/pause.h"
#include "core/plan/thinktime.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Headroom {

namespace {

constexpr auto kBeat = 2ms; // how often the event loop's lateness is looked at: costs about 0.3 % of a processor
constexpr int kMostMissedBeats = 100'000; // 200 s; a machine that slept longer is not counted through

} // namespace

LoadDriver::LoadDriver(const WorkerSetup &setup, Clock &clock, SteadyTime start, Reports reports)
    : m_plan(setup.plan)
    , m_steered(m_plan)
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
    , m_cap(evenShare(setup.plan->userCap, setup.worker, setup.workers))
{
    m_transport = setup.makeTransport(std::max(1, m_cap), clock, m_alarms);
    if (m_plan->batches) {
        m_batches.emplace(m_plan, setup.worker, setup.workers, start);
        m_isBatchUnderWay = true;
    } else if (m_plan->isOpenModel) {
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
        if (m_batches && !m_isStopping)
            next = std::min({next, m_batches->nextPlanned().value_or(next), m_batches->nextChange(now).value_or(next)});
    }
    m_alarms.cancel(m_wakeTicket);
    m_wakeTicket = m_alarms.callAt(next, {[](void *self) { static_cast<LoadDriver *>(self)->wake(); }, this});
}

void LoadDriver::steer(const PlanPtr &plan)
{
    if (m_isFinished || m_isStopping)
        return;
    m_steered = plan;
    if (m_open)
        m_open->steer(plan);
    if (m_closed) {
        m_closed->steer(plan);
        makeRoomFor(plan->userCap);
    }
    if (m_batches)
        m_batches->steer(plan);
    // The end may have moved away after it had passed here already.
    if (m_graceRuns && !isLoadOver(m_clock.now())) {
        m_graceRuns = false;
        m_alarms.cancel(std::exchange(m_graceTicket, 0));
    }
    m_alarms.cancel(m_wakeTicket);
    wake();
}

void LoadDriver::releaseBatch(int batch, SteadyTime at)
{
    if (m_isFinished || m_isStopping)
        return;
    Q_ASSERT(m_batches && !m_isBatchUnderWay);
    m_batches->release(batch, at);
    m_isBatchUnderWay = true;
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
    m_cookies.resize(std::size_t(users));
    m_paceTickets.resize(std::size_t(users));
    m_transport->growTo(evenShare(users, m_worker, m_workers));
}

void LoadDriver::startDueBefore(SteadyTime limit)
{
    while (m_open && !m_isStopping) {
        const auto planned = m_open->nextPlanned();
        if (!planned || *planned >= limit)
            return;
        offer(m_open->take());
    }
    while (m_batches && !m_isStopping) {
        const auto planned = m_batches->nextPlanned();
        if (!planned || *planned >= limit)
            return;
        offer(m_batches->take());
    }
}

void LoadDriver::offer(const Arrival &arrival)
{
    FlowCounts &counts = m_keeper.flow(arrival.flow);
    ++counts.planned;
    if (m_active < m_cap)
        serve(arrival);
    else if (m_plan->late == Scenario::Late::Queue) {
        m_backlog.push_back(arrival);
        m_keeper.backlog().change(arrival.planned, 1);
    } else
        ++counts.dropped;
}

void LoadDriver::adjustUsers(SteadyTime now)
{
    if (m_batches && !m_isStopping)
        return adjustBatchCap(now);
    if (!m_closed || isLoadOver(now))
        return;
    const int wanted = std::min(m_closed->wantedUsers(now), int(m_isAlive.size()));
    for (int user = 0; user < wanted; ++user) {
        if (m_closed->isMine(user) && !m_isAlive[std::size_t(user)] && !isDone(user))
            live(user);
    }
    // Who is not wanted any more and only waits for its next iteration leaves now.
    const int before = std::exchange(m_wanted, wanted);
    for (int user = wanted; user < before; ++user)
        m_paces.callNow(m_paceTickets[std::size_t(user)]);
    if (isCountBegun())
        m_paces.callAllNow();
}

/// The arrival that has waited longest for a free user. Needs one.
Arrival LoadDriver::takeWaiting()
{
    Arrival arrival = m_backlog.front();
    m_backlog.pop_front();
    const SteadyTime now = m_clock.now();
    m_keeper.backlog().change(now, -1);
    arrival.waited = std::max<Nanoseconds>(0ns, now - arrival.planned);
    return arrival;
}

/// Batches: how many may be under way was changed by hand, or a pause has ended.
void LoadDriver::adjustBatchCap(SteadyTime now)
{
    m_cap = m_batches->capAt(now);
    m_transport->growTo(m_cap);
    while (m_active < m_cap && !m_backlog.empty())
        serve(takeWaiting());
}

/// Batches: done is what has nothing left to start and nothing under way. The end of the load is the owner's order.
void LoadDriver::reportBatchIfDone()
{
    const bool isDone = m_active == 0 && m_backlog.empty() && m_batches && (m_isStopping || !m_batches->nextPlanned());
    if (!isDone || !std::exchange(m_isBatchUnderWay, false))
        return;
    m_reports.batchDone(m_batchTally.take(m_batches->batch(), m_batches->released(), m_start));
}

SteadyTime LoadDriver::plannedEnd() const
{
    return m_steered->length == 0ns ? SteadyTime::max() : m_start + m_steered->length;
}

bool LoadDriver::isLoadOver(SteadyTime now) const
{
    if (m_isStopping || m_isOutOfTickets)
        return true;
    // Closed: a user that finds no iteration left says so; a worker without users has nobody to find out.
    const bool isCountReached =
        m_open ? m_open->isCountTaken() : m_active == 0 && (isCountBegun() || isEachDone(now));
    return isCountReached || now >= plannedEnd();
}

/// Closed: whether all iterations of the fixed count have begun, on whichever worker.
bool LoadDriver::isCountBegun() const
{
    return m_plan->iterations && m_begun->load() >= *m_plan->iterations;
}

/// Closed: whether a user has begun the iterations that each has to do.
bool LoadDriver::isDone(int user) const
{
    return m_plan->iterationsEach && m_iterations[std::size_t(user)] >= *m_plan->iterationsEach;
}

/// Closed: whether all users that are still to come have done theirs, on whichever worker. In a pause none is to come,
/// and nobody is done.
bool LoadDriver::isEachDone(SteadyTime now) const
{
    const int users = m_closed && m_plan->iterationsEach ? m_closed->mostUsersFrom(now) : 0;
    if (users == 0 || m_begun->load() < *m_plan->iterationsEach * std::uint64_t(users))
        return false;
    for (int user = 0; user < std::min(users, int(m_isAlive.size())); ++user) {
        if (m_closed->isMine(user) && !isDone(user))
            return false;
    }
    return true;
}

void LoadDriver::beat()
{
    if (m_isFinished)
        return;
    const SteadyTime now = m_clock.now();
    closeSecondsUntil(now);
    countBeatsBefore(now + 1ns);
    m_alarms.callAt(m_beatDue, {[](void *self) { static_cast<LoadDriver *>(self)->beat(); }, this});
}

/// Instants that went by while the loop was late count too, each with the lateness an event of that instant met and in
/// its own second: else one long stop would count as one late beat.
void LoadDriver::countBeatsBefore(SteadyTime limit)
{
    const SteadyTime now = m_clock.now();
    m_beatDue = std::max(m_beatDue, now - kMostMissedBeats * kBeat);
    for (; m_beatDue < limit; m_beatDue += kBeat)
        m_keeper.recordLoopLag(now - m_beatDue);
}

// --- Virtual users -------------------------------------------------------------------------------------------------

/// Open model: one arrival, and then whatever waits for a free user.
QCoro::Task<> LoadDriver::serve(Arrival arrival)
{
    ++m_active;
    for (;;) {
        ++m_keeper.flow(arrival.flow).started;
        m_batchTally.countStarted();
        CookieJar cookies; // whoever arrives has none
        if (co_await walk(arrival, cookies)) {
            ++m_keeper.flow(arrival.flow).completed;
            m_batchTally.countCompleted();
        }
        if (m_backlog.empty() || m_active > m_cap) // the cap of a batch may have been lowered by hand
            break;
        arrival = takeWaiting();
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
        if (co_await walk(*arrival, m_cookies[std::size_t(user)]))
            ++m_keeper.flow(arrival->flow).completed;
        const Nanoseconds pace = m_plan->flows[arrival->flow.at()].pace;
        planned = std::max(m_clock.now(), arrival->planned + byHand(pace, arrival->planned));
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
    return now < planned && !isLoadOver(now) && !isCountBegun() && !isDone(user) && user < m_closed->wantedUsers(now);
}

std::optional<Arrival> LoadDriver::nextOfUser(int user, SteadyTime planned)
{
    if (isLoadOver(planned) || user >= m_closed->wantedUsers(planned) || isDone(user))
        return std::nullopt;
    const bool isCounted = m_plan->iterations || m_plan->iterationsEach;
    const std::uint64_t begun = isCounted ? m_begun->fetch_add(1) : 0;
    if (m_plan->iterations && begun >= *m_plan->iterations) {
        m_isOutOfTickets = true;
        return std::nullopt;
    }
    const RequestValues values{std::uint64_t(user), m_iterations[std::size_t(user)]++};
    const std::uint64_t content = randomAt(m_plan->seed, values.user, values.iteration);
    return Arrival{m_steered->streams.front().flowAt(unitInterval(content), planned - m_start), content, planned,
                   0ns, values};
}

/// A think time or pace that begins at a time, as a hand has stretched or shortened it.
Nanoseconds LoadDriver::byHand(Nanoseconds pause, SteadyTime from) const
{
    const double factor = m_steered->thinkFactorAt(from - m_start);
    return factor == 1.0 ? pause : Nanoseconds(std::llround(double(pause.count()) * factor));
}

/// One iteration. True when it was walked to its end.
QCoro::Task<bool> LoadDriver::walk(Arrival arrival, CookieJar &cookies)
{
    SteadyTime before = arrival.planned;
    for (const StepIndex index : m_plan->flows[arrival.flow.at()].steps) {
        const Plan::Step &step = m_plan->steps[index.at()];
        const Nanoseconds think = thinkTimeAt(step.think, randomAt(arrival.content, index.at()));
        const SteadyTime planned = before + byHand(think, before);
        if (planned > m_clock.now())
            co_await Pause{m_pauses, planned};
        if (m_isStopping)
            co_return false;
        const SteadyTime sent = m_clock.now();
        closeSecondsUntil(sent); // first what was before it
        m_keeper.recorder().recordSend(sent - planned, std::exchange(arrival.waited, 0ns)); // that of the first step
        m_keeper.inFlight().change(sent, 1);
        const Exchange exchange = co_await m_transport->send(requestOf(step, arrival, cookies));
        closeSecondsUntil(exchange.finished); // first what was before it
        m_keeper.inFlight().change(exchange.finished, -1);
        if (!exchange.setCookies.isEmpty())
            cookies.take(requestOf(step, arrival, cookies).url, exchange.setCookies);
        record(index, arrival, planned, exchange);
        before = exchange.finished;
    }
    co_return true;
}

/// A step's request as a user sends it.
HttpRequest LoadDriver::requestOf(const Plan::Step &step, const Arrival &arrival, const CookieJar &cookies) const
{
    HttpRequest request = step.request;
    if (step.varying)
        step.varying->render(arrival.values, request);
    cookies.addTo(request);
    return request;
}

void LoadDriver::record(StepIndex index, const Arrival &arrival, SteadyTime planned, const Exchange &exchange)
{
    closeSecondsUntil(exchange.finished);
    const Plan::Step &step = m_plan->steps[index.at()];
    const Sample sample = judge(index, step, planned, exchange);
    SampleRecorder &recorder = m_keeper.recorder();
    recorder.record(sample);
    if (m_batches)
        m_batchTally.count(sample);
    if (sample.outcome == Outcome::Error && recorder.recordFailure(sample, failureSentence(sample, exchange)))
        recorder.keepExample(failureExample(requestOf(step, arrival, {}), exchange));
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
        countBeatsBefore(m_keeper.border());
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
    m_keeper.backlog().change(m_clock.now(), -std::int64_t(m_backlog.size()));
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
    reportBatchIfDone();
    const SteadyTime now = m_clock.now();
    if (m_isFinished || !isLoadOver(now))
        return;
    startDueBefore(now); // what was due just before the end and not woken for yet
    if (!std::exchange(m_graceRuns, true)) {
        m_graceTicket =
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
