// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/schedstat.h"
#include "core/engine/levelintegral.h"
#include "core/stats/intervalsnapshot.h"
#include "core/stats/observationrecorder.h"
#include "core/stats/samplerecorder.h"

namespace Headroom {

/// What a worker knows of the current second, and the second's border.
/// Thread: the worker's.
class IntervalKeeper
{
public:
    IntervalKeeper(int worker, std::size_t steps, std::size_t flows, SteadyTime start,
                   const std::vector<ObservationRecorder::Kind> &observed = {});

    /// Where the current second ends.
    SteadyTime border() const { return m_start + (m_second + 1) * 1s; }

    SampleRecorder &recorder() { return m_recorder; }
    ObservationRecorder &observations() { return m_observations; }
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
    std::vector<FlowCounts> m_flows;
    LevelIntegral m_inFlight;
    LevelIntegral m_backlog;
    HdrHistogram m_loopLag;
    double m_cpuBefore = 0.0;
    const OwnSchedStat m_schedStat;
    double m_waitBefore = 0.0;
};

} // namespace Headroom
