// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace Headroom {

/// Workers that each do one piece of work at a time, before them one queue of limited length, first come first served.
///
/// Only time passes: no threads, no busy processor. A worker is free exactly when its service time has passed, not when
/// the alarm happened to ring, and what waits starts at that very time: the pool's capacity does not depend on how
/// promptly this process is scheduled.
/// Thread: one, that of its clock's alarms.
class WorkerPool
{
public:
    struct Work
    {
        SteadyTime started; ///< When a worker took it; when it was abandoned before that: then.
        bool isFinished = true; ///< False: abandoned.
    };
    using Done = std::move_only_function<void(const Work &work)>;

    WorkerPool(Clock &clock, int workers, int queueLimit);

    /// Gives work to a worker or the queue; `done` is called when it is over, never from within this call.
    /// False, and `done` is not called, when all workers are busy and the queue is full.
    /// What `holds` keeps its worker behind that, until release().
    [[nodiscard]] bool submit(SteadyTime arrival, Nanoseconds serviceTime, Done done, bool holds = false);
    /// Of one that holds, `done` having been called with a finished work: its worker is free from now on.
    void release(SteadyTime now);
    /// Calls `done` for everything under way and waiting, without finishing it; those who hold keep their worker.
    void abandonAll();

    int workers() const { return m_workers; }
    int inUse() const { return static_cast<int>(m_running.size()) + m_held; }
    int queueDepth() const { return static_cast<int>(m_waiting.size()); }

private:
    struct Waiting
    {
        SteadyTime arrival;
        Nanoseconds serviceTime;
        Done done;
        bool holds;
    };
    struct Running
    {
        SteadyTime started;
        SteadyTime end;
        std::uint64_t order; ///< Of starting: decides between equal ends.
        Done done;
        bool holds;
    };
    static bool isLater(const Running &a, const Running &b);
    void start(SteadyTime time, Waiting work);
    void startNext(SteadyTime time);
    void finishUntil(SteadyTime time);
    void arm();

    Clock &m_clock;
    const int m_workers;
    const std::size_t m_queueLimit;
    std::vector<Running> m_running; // a heap, earliest end in front
    std::deque<Waiting> m_waiting;
    std::uint64_t m_started = 0;
    int m_held = 0;
    std::unique_ptr<Alarm> m_alarm;
};

} // namespace Headroom
