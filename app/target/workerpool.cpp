// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/workerpool.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace Headroom {

WorkerPool::WorkerPool(Clock &clock, int workers, int queueLimit)
    : m_clock(clock)
    , m_workers(workers)
    , m_queueLimit(static_cast<std::size_t>(queueLimit))
    , m_alarm(clock.makeAlarm([this] {
        finishUntil(m_clock.now());
        arm();
    }))
{
}

bool WorkerPool::isLater(const Running &a, const Running &b)
{
    return std::tie(a.end, a.order) > std::tie(b.end, b.order);
}

bool WorkerPool::submit(SteadyTime arrival, Nanoseconds serviceTime, Done done, bool holds)
{
    // A worker whose time is over is free, even when the alarm has not come through the event loop yet.
    finishUntil(arrival);
    if (inUse() < m_workers) {
        start(arrival, {arrival, serviceTime, std::move(done), holds});
        arm();
        return true;
    }
    if (m_waiting.size() >= m_queueLimit)
        return false;
    m_waiting.push_back({arrival, serviceTime, std::move(done), holds});
    return true;
}

void WorkerPool::start(SteadyTime time, Waiting work)
{
    m_running.push_back({time, time + work.serviceTime, m_started++, std::move(work.done), work.holds});
    std::ranges::push_heap(m_running, isLater);
}

void WorkerPool::startNext(SteadyTime time)
{
    if (m_waiting.empty())
        return;
    Waiting next = std::move(m_waiting.front());
    m_waiting.pop_front();
    start(std::max(time, next.arrival), std::move(next));
}

void WorkerPool::release(SteadyTime now)
{
    Q_ASSERT(m_held > 0);
    --m_held;
    startNext(now);
    arm();
}

void WorkerPool::finishUntil(SteadyTime time)
{
    while (!m_running.empty() && m_running.front().end <= time) {
        std::ranges::pop_heap(m_running, isLater);
        Running finished = std::move(m_running.back());
        m_running.pop_back();
        if (finished.holds)
            ++m_held;
        else
            startNext(finished.end);
        // Last, because it may submit more.
        finished.done({finished.started, true});
    }
}

void WorkerPool::abandonAll()
{
    const SteadyTime now = m_clock.now();
    m_alarm->cancel();
    for (Running &running : std::exchange(m_running, {}))
        running.done({running.started, false});
    for (Waiting &waiting : std::exchange(m_waiting, {}))
        waiting.done({now, false});
}

void WorkerPool::arm()
{
    if (!m_running.empty())
        m_alarm->setFor(m_running.front().end);
}

} // namespace Headroom
