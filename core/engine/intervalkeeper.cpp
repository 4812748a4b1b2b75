// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/intervalkeeper.h"

#include "core/stats/histogramcodec.h"

#include <algorithm>
#include <ctime>

namespace Headroom {

namespace {

double threadCpuSeconds()
{
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

} // namespace

IntervalKeeper::IntervalKeeper(int worker, std::size_t steps, std::size_t flows, SteadyTime start,
                               const std::vector<ObservationRecorder::Kind> &observed)
    : m_worker(worker)
    , m_start(start)
    , m_recorder(steps)
    , m_observations(observed)
    , m_flows(flows)
    , m_inFlight(start)
    , m_backlog(start)
    , m_cpuBefore(threadCpuSeconds())
    , m_waitBefore(m_schedStat.waitSeconds())
{
}

std::shared_ptr<IntervalSnapshot> IntervalKeeper::take(const Gauges &gauges, SteadyTime end)
{
    auto snapshot = std::make_shared<IntervalSnapshot>();
    snapshot->worker = m_worker;
    snapshot->second = m_second;
    snapshot->length = 1s;
    m_recorder.takeInterval(*snapshot);
    snapshot->observations = m_observations.takeInterval();
    snapshot->flows = m_flows;
    std::ranges::fill(m_flows, FlowCounts{});
    snapshot->loopLag = encodeHistogram(m_loopLag);
    snapshot->loopLagP99 = m_loopLag.valueAtQuantile(0.99);
    m_loopLag.reset();
    snapshot->backlog = gauges.backlog;
    snapshot->inFlight = gauges.inFlight;
    snapshot->activeUsers = gauges.activeUsers;
    snapshot->inFlightSeconds = m_inFlight.takeUntil(end);
    snapshot->backlogSeconds = m_backlog.takeUntil(end);
    const double cpu = threadCpuSeconds();
    snapshot->threadCpuSeconds = cpu - std::exchange(m_cpuBefore, cpu);
    const double wait = m_schedStat.waitSeconds();
    snapshot->threadWaitSeconds = wait - std::exchange(m_waitBefore, wait);
    return snapshot;
}

IntervalSnapshotPtr IntervalKeeper::takeSecond(const Gauges &gauges)
{
    IntervalSnapshotPtr snapshot = take(gauges, border());
    ++m_second;
    return snapshot;
}

IntervalSnapshotPtr IntervalKeeper::takeLast(const Gauges &gauges, SteadyTime now)
{
    const auto snapshot = take(gauges, now);
    snapshot->isLast = true;
    snapshot->length = std::clamp<Nanoseconds>(now - (border() - 1s), 0ns, 1s);
    return snapshot;
}

} // namespace Headroom
