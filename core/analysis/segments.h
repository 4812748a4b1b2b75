// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/runsecond.h"
#include "core/metrics/runfacts.h"
#include "core/stats/steadystate.h"

#include <span>
#include <vector>

namespace Headroom {

/// Two counts of the same thing that must agree, made in different ways: how many requests there were on average, and
/// how many their number and times say (Little's law).
struct LittleBalance
{
    double counted = 0.0;
    double expected = 0.0;
    /// They differ by at most 5 % of the larger one, or by at most one request (LANGUAGE, section 6).
    bool holds() const;
};

/// A stretch of a run under constant load, between two changes of it.
///
/// Rates and means are of its steady part when it has one, else of all of it. Times of requests are means over all that
/// finished, whatever came of them.
struct Segment
{
    int from = 0; ///< First second.
    int end = 0; ///< Second behind the last.
    StageIndex stage;
    double load = 0.0; ///< Wanted: arrivals per second (open model), users (closed).
    double startedPerSecond = 0.0; ///< Iterations.
    double finishedPerSecond = 0.0; ///< Requests.
    double meanInFlight = 0.0;
    double meanBacklog = 0.0;
    double meanServiceMs = 0.0;
    double meanResponseMs = 0.0;
    LittleBalance service; ///< In flight = finished per second x mean service time.
    LittleBalance response; ///< In flight + backlog = finished per second x mean response time.
    SteadyState steady; ///< Of the mean response times of its seconds; `from` counts from the segment's first.

    int seconds() const { return end - from; }
};

/// Cuts the seconds at stage borders, at `changes` (times of events that changed the load) and where seconds are
/// missing, drops 5 s of settling behind each cut, and keeps what is then at least 30 s and 20 mean service times long.
/// Warm-up, drain, ramps and whatever else does not hold its load (within 10 %, and what chance makes of arrivals) are
/// no segments.
///
/// Range: seconds in order, `changes` in any order. Costs: in proportion to both.
/// Source: Little, Operations Research 9 (1961).
std::vector<Segment> findSegments(const RunFacts &facts, std::span<const RunSecond> seconds,
                                  std::vector<Nanoseconds> changes);

/// A sentence for each law that a steady segment breaks: its numbers then contradict each other. What is not steady can
/// break it honestly, with requests that began long before.
std::vector<QString> brokenLawsOf(const Segment &segment);

} // namespace Headroom
