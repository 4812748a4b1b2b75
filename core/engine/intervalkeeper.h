// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/schedstat.h"
#include "core/engine/exemplarkeeper.h"
#include "core/engine/levelintegral.h"
#include "core/plan/plan.h"
#include "core/stats/intervalsnapshot.h"
#include "core/stats/observationrecorder.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"

namespace Headroom {

/// What a worker knows of the current second, and the second's border.
/// Thread: the worker's.
class IntervalKeeper
{
public:
    /// `kept`: raw samples of all workers so far; null: it counts for itself.
    IntervalKeeper(const Plan &plan, int worker, SteadyTime start, SampleReservoir::KeptByAll kept = {});

    /// Where the current second ends.
    SteadyTime border() const { return m_start + (m_second + 1) * 1s; }

    SampleRecorder &recorder() { return m_recorder; }
    ObservationRecorder &observations() { return m_observations; }
    SampleReservoir &samples() { return m_samples; }
    ExemplarKeeper &exemplars() { return m_exemplars; }
    FlowCounts &flow(FlowIndex index) { return m_flows[index.at()]; }
    /// To be told of every request that is sent or finished ...
    LevelIntegral &inFlight() { return m_inFlight; }
    /// ... and of every arrival that begins or ends to wait.
    LevelIntegral &backlog() { return m_backlog; }
    void recordLoopLag(Nanoseconds lag) { m_loopLag.record(lag); }

    /// What can only be looked up when the second ends.
    struct Gauges
    {
        std::uint64_t backlog = 0;
        std::uint64_t inFlight = 0;
        std::uint64_t activeUsers = 0;
    };
    /// Moves the second out and begins the next one.
    IntervalSnapshotPtr takeSecond(const Gauges &gauges);
    /// Moves out what there is, as the last snapshot.
    IntervalSnapshotPtr takeLast(const Gauges &gauges, SteadyTime now);

private:
    std::shared_ptr<IntervalSnapshot> take(const Gauges &gauges, SteadyTime end);

    const int m_worker;
    const SteadyTime m_start;
    int m_second = 0;
    SampleRecorder m_recorder;
    ObservationRecorder m_observations;
    SampleReservoir m_samples;
    ExemplarKeeper m_exemplars;
    const Nanoseconds m_warmUp; // as planned, from the start on
    std::vector<FlowCounts> m_flows;
    LevelIntegral m_inFlight;
    LevelIntegral m_backlog;
    HdrHistogram m_loopLag;
    double m_cpuBefore = 0.0;
    const OwnSchedStat m_schedStat;
    double m_waitBefore = 0.0;
};

} // namespace Headroom
