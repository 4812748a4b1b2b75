// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/intervalkeeper.h"

#include "core/engine/answerobserver.h"
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

/// Of the stages that a plan begins with.
Nanoseconds warmUpOf(const Plan &plan)
{
    Nanoseconds length{};
    for (const Plan::Stage &stage : plan.stages) {
        if (!stage.isWarmUp)
            break;
        length += stage.length;
    }
    return length;
}

} // namespace

IntervalKeeper::IntervalKeeper(const Plan &plan, int worker, SteadyTime start, SampleReservoir::KeptByAll kept)
    : m_worker(worker)
    , m_start(start)
    , m_recorder(plan.steps.size())
    , m_observations(AnswerObserver::kindsOf(plan))
    , m_samples({plan.sampleKeeping, plan.seed, worker, start, std::move(kept)})
    , m_exemplars(plan.steps.size(), start, plan.redactor)
    , m_warmUp(warmUpOf(plan))
    , m_flows(plan.flows.size())
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
    snapshot->samples = m_samples.takeSecond(m_second);
    snapshot->exemplars = m_exemplars.takeSecond();
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
    const Nanoseconds begun = border() - 1s - m_start;
    if (begun < m_warmUp && begun + 1s >= m_warmUp)
        m_exemplars.forget();
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
