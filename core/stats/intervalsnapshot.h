// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/exemplar.h"
#include "core/stats/latencyset.h"
#include "core/stats/observation.h"
#include "core/stats/openingset.h"

#include <QString>

#include <memory>
#include <vector>

namespace Headroom {

/// One exchange that failed, as an example of its kind. Immutable. Nothing of the request but method and URL is kept.
struct FailureExample
{
    static constexpr int kMaxBodyBytes = 4096;
    static constexpr int kMaxTextLength = 2000; ///< Of method, URL, content type and detail each.

    QString method{};
    QString url{}; ///< Without user info.
    QString contentType{}; ///< Of the answer; empty without one.
    QByteArray bodyHead{}; ///< First bytes of the answer's body, as they came; at most kMaxBodyBytes.
    std::uint64_t bodyBytes = 0; ///< All of it.
    QString detail{}; ///< What the answer had where it failed a check; may be empty.
    bool operator==(const FailureExample &) const = default;
};

/// One kind of failure of one step, with how often and when.
struct FailureCount
{
    StepIndex step{};
    FailureKind kind = FailureKind::Other;
    int status = 0;
    QString message{}; ///< One sentence; at most 200 characters, control characters replaced.
    std::uint64_t count = 0;
    std::shared_ptr<const FailureExample> example{}; ///< Once, with the first of its kind; else null.
};

/// Iterations of one flow.
struct FlowCounts
{
    std::uint64_t planned = 0; ///< Arrivals whose planned time lies in the interval (open); started ones (closed).
    std::uint64_t started = 0;
    std::uint64_t completed = 0; ///< Walked to the end, with or without errors.
    std::uint64_t dropped = 0; ///< Late policy "drop", at the cap.

    FlowCounts &operator+=(const FlowCounts &other);
    bool operator==(const FlowCounts &) const = default;
};

/// What one worker did in one second. Immutable once handed over.
struct IntervalSnapshot
{
    int worker = 0;
    int second = 0; ///< Index from the start of the run; covers [start + second, start + second + 1 s).
    bool isLast = false; ///< The worker sends nothing after this.
    Nanoseconds length{}; ///< 1 s; the last may be shorter.
    std::vector<EncodedLatencySet> steps; ///< By StepIndex.
    std::vector<FlowCounts> flows; ///< By FlowIndex.
    std::vector<FailureCount> failures;
    std::vector<ObservationCounts> observations; ///< By RunFacts::observations.
    std::vector<Exemplar> exemplars; ///< Slow exchanges that finished in it; few.
    std::shared_ptr<const SecondSamples> samples; ///< What is kept whole of it; null: nothing.
    QByteArray firstByteTimes; ///< encodeHistogram() of first byte - sent, of the requests that have a service time.
    EncodedOpenings openings; ///< Connections that were opened for requests which finished in it.
    QByteArray sendLag; ///< encodeHistogram() of sent - planned.
    QByteArray loopLag; ///< encodeHistogram() of the event loop's lateness.
    Nanoseconds loopLagP99{}; ///< Of the same.
    /// Sends later than max(1 ms, 10 % of the median service time) after their plan, without the wait for a free user.
    std::uint64_t lateSends = 0;
    std::uint64_t sends = 0; ///< Requests handed to the network.
    std::uint64_t backlog = 0; ///< Arrivals planned and not yet started, at the border.
    std::uint64_t inFlight = 0; ///< Requests sent and not finished, at the border.
    std::uint64_t activeUsers = 0; ///< Users (closed) or iterations under way (open), at the border.
    double inFlightSeconds = 0.0; ///< In flight, summed over the time of the interval: 3 for 1 s are 3.
    double backlogSeconds = 0.0; ///< The same of the backlog.
    double threadCpuSeconds = 0.0; ///< CPU the worker's own thread used in the interval.
    double threadWaitSeconds = 0.0; ///< That it could have run and another thread had its processor.
};

using IntervalSnapshotPtr = std::shared_ptr<const IntervalSnapshot>;

} // namespace Headroom
