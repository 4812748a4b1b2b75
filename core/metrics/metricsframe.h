// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/actiondone.h"
#include "core/metrics/processuse.h"
#include "core/metrics/runevent.h"
#include "core/stats/batchresult.h"
#include "core/stats/intervalsnapshot.h"

#include <memory>
#include <optional>
#include <vector>

namespace Headroom {

/// One second of the whole run: what every chart, rule, file and report is made of. Immutable.
struct MetricsFrame
{
    int second = 0;                       ///< Covers [second, second + length) since the start of the run.
    Nanoseconds length{1s};               ///< 1 s; the last may be shorter.
    StageIndex stage;                     ///< None while the run was paused by hand, be it in part of the second.
    bool isMeasured = true;               ///< Neither warm-up nor drain nor paused: rules judge these.
    bool isDrain = false;                 ///< After the last planned start.
    double offeredPerSecond = 0.0;        ///< Planned arrivals, also those by hand; in the closed model the started ones.
    double plannedUsers = 0.0;            ///< Closed model: users wanted at the border, by plan or hand.
    std::vector<EncodedLatencySet> steps; ///< By StepIndex.
    QByteArray firstByteTimes;            ///< First byte - sent over all steps, of the requests with a service time.
    EncodedOpenings openings;             ///< Connections that were opened; all 0 with a transport that cannot tell.
    std::vector<FlowCounts> flows;        ///< By FlowIndex.
    std::vector<FailureCount> failures;
    std::vector<Exemplar> exemplars;      ///< Slow exchanges that finished in this second; few.
    std::vector<ObservationCounts> observations; ///< By RunFacts::observations.
    std::vector<ActionDone> actions;      ///< Those that ended in this second.
    std::vector<std::optional<double>> probes; ///< By RunFacts::series; nothing when the probe had no value.
    std::vector<RunEvent> events;         ///< Those that became known in this second.
    std::vector<BatchResult> batches;     ///< Those whose barrier was passed in this second.

    // The generator's own health.
    QByteArray sendLag;
    QByteArray loopLag;
    std::uint64_t sends = 0;
    std::uint64_t lateSends = 0;
    std::uint64_t backlog = 0;
    std::uint64_t inFlight = 0;
    std::uint64_t activeUsers = 0;
    double inFlightSeconds = 0.0;         ///< In flight, summed over the time of the second: its mean is this / length.
    double backlogSeconds = 0.0;          ///< The same of the backlog.
    double workerCpuSeconds = 0.0;        ///< Sum over the worker threads.
    double processCpuSeconds = 0.0;       ///< Of the whole process.
    ProcessUse process;
    std::vector<WorkerUse> workers;       ///< By worker; all 0 where it did nothing.

    bool isPaused() const { return !stage.isValid() && !isMeasured && !isDrain; }
    FlowCounts iterations() const; ///< Sum over the flows.
    RequestCounts requests() const; ///< Sum over the steps.
};

using FramePtr = std::shared_ptr<const MetricsFrame>;

} // namespace Headroom
