// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/base/pooledtask.h"
#include "core/engine/arrival.h"
#include "core/engine/batchpacer.h"
#include "core/engine/batchtally.h"
#include "core/engine/closedpacer.h"
#include "core/engine/drainwatch.h"
#include "core/engine/heartbeat.h"
#include "core/engine/intervalkeeper.h"
#include "core/engine/iterationquota.h"
#include "core/engine/iterationwalker.h"
#include "core/engine/openpacer.h"
#include "core/http/transport.h"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace Headroom {

/// Makes a worker's transport, in the worker's thread.
using TransportFactory
    = std::function<std::unique_ptr<Transport>(int capacity, const Clock &clock, AlarmQueue &alarms)>;

/// What a worker is told.
struct WorkerSetup
{
    PlanPtr plan;
    int worker = 0;
    int workers = 1;
    TransportFactory makeTransport;
    /// Closed model with a fixed count, of all or of each user: iterations begun so far, over all workers.
    std::shared_ptr<std::atomic<std::uint64_t>> begun = std::make_shared<std::atomic<std::uint64_t>>(0);
    /// Raw samples kept so far, over all workers.
    SampleReservoir::KeptByAll kept = std::make_shared<std::atomic<std::uint64_t>>(0);
    std::shared_ptr<DrainWatch> drain{}; ///< Of a run that tells its target to end; else null.
};

/// One worker's share of the load: starts what is due, lets its virtual users walk, and hands over a snapshot at every
/// second border.
///
/// Thread: one, with an event loop (or a clock moved by hand). Lifetime: until finished was reported.
class LoadDriver
{
public:
    struct Reports
    {
        std::function<void(const IntervalSnapshotPtr &)> interval;
        std::function<void(std::uint64_t unfinished)> finished; ///< After the last interval; with the requests cut.
        std::function<void(const BatchResult &)> batchDone{}; ///< Once for each batch released: this worker's share.
    };
    /// The load starts at `start`, the same for all workers.
    LoadDriver(const WorkerSetup &setup, Clock &clock, SteadyTime start, Reports reports);
    ~LoadDriver();
    Q_DISABLE_COPY_MOVE(LoadDriver)

    /// Goes on with a plan that was steered: what it wants from now on is done, what was started stays started. Only
    /// the load may differ from the plan before.
    void steer(const PlanPtr &plan);
    /// Begins a batch: all workers have said that the one before is done. After the last there is drain().
    void releaseBatch(int batch, SteadyTime at);
    /// Starts nothing more, ends pauses, lets requests under way finish.
    void drain();
    /// Aborts requests under way as well.
    void cut();

private:
    // Pacing
    void wake();
    void armWake();
    void startDueBefore(SteadyTime limit);
    void takeDueBefore(SteadyTime limit);
    void offer(const Arrival &arrival);
    void adjustUsers(SteadyTime now);
    Arrival takeWaiting();
    void adjustBatchCap(SteadyTime now);
    void reportBatchIfDone();
    void makeRoomFor(int users);
    bool isLoadOver(SteadyTime now) const;
    bool isDone(int user) const;
    bool isEachDone(SteadyTime now) const;
    SteadyTime plannedEnd() const;

    // Virtual users
    struct Resident // closed model: a user that comes back
    {
        VirtualUser user{};
        bool isAlive = false;
        std::uint64_t iterations = 0;          // begun
        AlarmQueue::Ticket paceTicket = 0;     // of its last wait between two iterations
    };
    PooledTask<> serve(Arrival arrival);
    PooledTask<> live(int user);
    bool isAheadOfPace(int user, SteadyTime planned) const;
    std::optional<Arrival> nextOfUser(int user, SteadyTime planned);

    // Seconds
    void closeSecondsUntil(SteadyTime now);
    IntervalKeeper::Gauges gauges() const;
    void finishIfDone();

    const PlanPtr m_plan; // as written
    PlanPtr m_steered; // its load: length and mix; the pacers have it too
    Clock &m_clock;
    const SteadyTime m_start;
    const std::shared_ptr<DrainWatch> m_drain;
    const int m_worker;
    const int m_workers;
    int m_cap = 0; // open: iterations under way at once
    Reports m_reports;

    AlarmQueue m_alarms; // deadlines, pacing, heartbeat
    AlarmQueue m_paces;  // users between two iterations; the end of the load ends them all
    std::unique_ptr<Transport> m_transport;
    IntervalKeeper m_keeper;
    BatchTally m_batchTally;
    IterationWalker m_walker;
    IterationQuota m_quota;
    Heartbeat m_heartbeat;
    std::optional<OpenPacer> m_open;
    std::optional<ClosedPacer> m_closed;
    std::optional<BatchPacer> m_batches;

    int m_active = 0;                       // open: iterations under way; closed: users alive
    std::deque<Arrival> m_backlog;          // due, waiting for a free user
    std::deque<Resident> m_residents;       // closed: by user; places stay where they are when it grows
    int m_wanted = 0;                       // closed: users of the whole run, at the last look
    AlarmQueue::Ticket m_wakeTicket = 0;
    AlarmQueue::Ticket m_graceTicket = 0;
    bool m_isBatchUnderWay = false; // released and not reported as done
    bool m_isStopping = false;   // nothing new is started
    bool m_isOutOfTickets = false; // closed: the fixed count has begun
    bool m_isClosingSecond = false;
    bool m_isStarting = false; // what was due
    bool m_graceRuns = false;
    bool m_isFinished = false;
};

} // namespace Headroom
