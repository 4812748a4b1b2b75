// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/loaddriver.h"

#include "core/base/random.h"
#include "core/engine/evenshare.h"
#include "core/engine/pause.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

/// Least time from an iteration in which nothing was sent to the user's next: without it, users that skip all of their
/// steps would keep the worker from everything else.
constexpr Nanoseconds kIdleIteration = 1ms;

} // namespace

LoadDriver::LoadDriver(const WorkerSetup &setup, Clock &clock, SteadyTime start, Reports reports)
    : m_plan(setup.plan)
    , m_steered(m_plan)
    , m_clock(clock)
    , m_start(start)
    , m_drain(setup.drain)
    , m_worker(setup.worker)
    , m_workers(setup.workers)
    , m_cap(evenShare(setup.plan->userCap, setup.worker, setup.workers))
    , m_reports(std::move(reports))
    , m_alarms(clock)
    , m_paces(clock)
    , m_transport(setup.makeTransport(std::max(1, m_cap), clock, m_alarms))
    , m_keeper(*setup.plan, setup.worker, start, setup.kept)
    , m_walker(m_plan, start,
               {clock, *m_transport, m_keeper, m_plan->batches ? &m_batchTally : nullptr,
                [this](SteadyTime now) { closeSecondsUntil(now); }, m_drain.get()})
    , m_quota(m_plan, setup.begun)
    , m_heartbeat(clock, m_alarms, m_keeper, start, [this](SteadyTime now) { closeSecondsUntil(now); })
{
    if (m_plan->batches) {
        m_batches.emplace(m_plan, setup.worker, setup.workers, start);
        m_isBatchUnderWay = true;
    } else if (m_plan->isOpenModel) {
        m_open.emplace(m_plan, setup.worker, setup.workers, start);
    } else {
        m_closed.emplace(m_plan, setup.worker, setup.workers, start);
        makeRoomFor(m_plan->userCap);
    }
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
    m_walker.steer(plan);
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
    if (std::size_t(users) <= m_residents.size())
        return;
    for (int user = int(m_residents.size()); user < users; ++user)
        m_residents.emplace_back().user.place = user / m_workers; // user k is at home on worker k mod m_workers
    m_transport->growTo(evenShare(users, m_worker, m_workers));
}

/// Whoever calls it looks afterwards whether the load is done: what it starts may be over at once, and must not look
/// itself, since that would start more.
void LoadDriver::startDueBefore(SteadyTime limit)
{
    const bool wasStarting = std::exchange(m_isStarting, true);
    takeDueBefore(limit);
    m_isStarting = wasStarting;
}

void LoadDriver::takeDueBefore(SteadyTime limit)
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
        serve(arrival).letGo();
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
    const int wanted = std::min(m_closed->wantedUsers(now), int(m_residents.size()));
    for (int user = 0; user < wanted; ++user) {
        if (m_closed->isMine(user) && !m_residents[std::size_t(user)].isAlive && !isDone(user))
            live(user).letGo();
    }
    // Who is not wanted any more and only waits for its next iteration leaves now.
    const int before = std::exchange(m_wanted, wanted);
    for (int user = wanted; user < before; ++user)
        m_paces.callNow(m_residents[std::size_t(user)].paceTicket);
    if (m_quota.isUsedUp())
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
        serve(takeWaiting()).letGo();
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
        m_open ? m_open->isCountTaken() : m_active == 0 && (m_quota.isUsedUp() || isEachDone(now));
    return isCountReached || now >= plannedEnd();
}

/// Closed: whether a user has begun the iterations that each has to do.
bool LoadDriver::isDone(int user) const { return m_quota.isUsedUpBy(m_residents[std::size_t(user)].iterations); }

/// Closed: whether all users that are still to come have done theirs, on whichever worker. In a pause none is to come,
/// and nobody is done.
bool LoadDriver::isEachDone(SteadyTime now) const
{
    const int users = m_closed && m_quota.isOfEach() ? m_closed->mostUsersFrom(now) : 0;
    if (!m_quota.areAllBegun(users))
        return false;
    for (int user = 0; user < std::min(users, int(m_residents.size())); ++user) {
        if (m_closed->isMine(user) && !isDone(user))
            return false;
    }
    return true;
}

// --- Virtual users -------------------------------------------------------------------------------------------------

/// Open model: one arrival, and then whatever waits for a free user.
PooledTask<> LoadDriver::serve(Arrival arrival)
{
    ++m_active;
    for (;;) {
        ++m_keeper.flow(arrival.flow).started;
        m_batchTally.countStarted();
        VirtualUser visitor; // whoever arrives has nothing from before
        if (co_await m_walker.walk(arrival, visitor)) {
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
PooledTask<> LoadDriver::live(int user)
{
    ++m_active;
    Resident &resident = m_residents[std::size_t(user)];
    resident.isAlive = true;
    SteadyTime planned = m_clock.now();
    while (const std::optional<Arrival> arrival = nextOfUser(user, planned)) {
        FlowCounts &counts = m_keeper.flow(arrival->flow);
        ++counts.planned;
        ++counts.started;
        const std::uint64_t sentBefore = resident.user.sent;
        if (co_await m_walker.walk(*arrival, resident.user))
            ++m_keeper.flow(arrival->flow).completed;
        const Plan::Flow &flow = m_plan->flows[arrival->flow.at()];
        const Nanoseconds least = resident.user.sent == sentBefore ? kIdleIteration : 0ns;
        const Nanoseconds pace = std::max(m_walker.byHand(flow.pace, arrival->planned), least);
        planned = std::max(m_clock.now(), arrival->planned + pace);
        if (isAheadOfPace(user, planned)) {
            co_await Pause{m_paces, planned, &resident.paceTicket};
            planned = std::min(planned, m_clock.now()); // earlier: it is to leave
            closeSecondsUntil(planned);
        }
    }
    resident.isAlive = false;
    --m_active;
    finishIfDone();
}

/// Whether a user waits for the planned start of its next iteration; otherwise it goes on, or leaves, at once.
bool LoadDriver::isAheadOfPace(int user, SteadyTime planned) const
{
    const SteadyTime now = m_clock.now();
    return now < planned && !isLoadOver(now) && !m_quota.isUsedUp() && !isDone(user)
        && user < m_closed->wantedUsers(now);
}

std::optional<Arrival> LoadDriver::nextOfUser(int user, SteadyTime planned)
{
    if (isLoadOver(planned) || user >= m_closed->wantedUsers(planned) || isDone(user))
        return std::nullopt;
    const std::optional<std::uint64_t> ticket = m_quota.take();
    if (!ticket) {
        m_isOutOfTickets = true;
        return std::nullopt;
    }
    RequestValues values{std::uint64_t(user), m_residents[std::size_t(user)].iterations++};
    // By users each of them comes past all rows, the same ones in every run; by tickets no iteration has the row of
    // another, and none is left out.
    values.number = m_plan->endsWithFeed ? *ticket : values.iteration + values.user;
    const std::uint64_t content = randomAt(m_plan->seed, values.user, values.iteration);
    return Arrival{m_steered->streams.front().flowAt(unitInterval(content), planned - m_start), content, planned,
                   0ns, values};
}

// --- Seconds and the end -------------------------------------------------------------------------------------------

void LoadDriver::closeSecondsUntil(SteadyTime now)
{
    if (std::exchange(m_isClosingSecond, true))
        return; // starting what was due may answer at once and come back here
    while (now >= m_keeper.border()) {
        startDueBefore(m_keeper.border()); // an arrival counts in the second it was planned in
        m_heartbeat.countBefore(m_keeper.border());
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
    m_walker.stop();
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
    if (m_isStarting)
        return; // whoever starts looks when all that is due was started
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
    m_heartbeat.stop();
    m_reports.interval(m_keeper.takeLast(gauges(), now));
    m_reports.finished(m_walker.unfinished());
}

} // namespace Headroom
