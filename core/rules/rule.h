// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <optional>

namespace Headroom {

/// One rule, parsed (LANGUAGE, section 5). The text form is the truth; this is its value.
///
/// Bounds. Latencies take durations; shares, achieved and growth take percentages; throughput takes a rate, a plain
/// number being per second; bytes take sizes; count takes a plain number. Probe metrics take what fits the series:
/// a plain number is compared with its values as they are, a size with its bytes, a duration with its seconds, and a
/// percentage with its percent: max(api.cpu) < 70 % holds at 65, and so does max(api.cpu) < 70. What changes over time
/// is bounded per minute, hour or second: slope(api.rss) < 1 MB/min.
///
/// min, max, mean and p95 of a name mean a step or a probe series. Where the bound does not tell, what the run has does:
/// see resolveRule(). The metric is a probe one only after that, or when the bound is no duration.
struct Rule
{
    enum class Metric {
        Quantile,   ///< p50 ... p99.99; quantile says which.
        Min, Max, Mean,
        Errors,     ///< Share of requests.
        Rejected,   ///< Share of requests.
        Share,      ///< share(429), share(5xx), share(timeout): of requests.
        Dropped,    ///< Share of planned arrivals.
        Late,       ///< Share of sends that were late.
        Achieved,   ///< Started / planned iterations, open model.
        Count,      ///< Requests.
        Throughput, ///< Requests finished per second.
        Sustained,  ///< Lowest throughput of all stretches of `length`.
        Reached,    ///< Most users, or in the open model iterations, under way.
        Recovery,   ///< From the end of a stage until `recovers` is back at its earlier level.
        Cost,       ///< Processor time, memory or bytes per request; `resource` says which.
        Headroom, ///< Sustainable rate / planned rate, of a search for the limit; told from outside.
        Drained, ///< 1 when an action has stopped the target and it went as it should, else 0; needs no comparison.
        TimeToReady, ///< From the target's start until it was ready.
        BytesIn, BytesOut,
        HitRate, ///< Share of the answers that `selector`, an observation, holds for.
        ObservedMean, ObservedMin, ObservedMax, ObservedQuantile, ///< Of an observation's values.
        Opened, ///< Connections that were opened.
        NetworkMean, NetworkMin, NetworkMax, NetworkQuantile, ///< Of the times of `part`, over all steps.
        ProbeMean, ProbeMax, ProbeMin, ProbeP95, ProbeLast, ProbeGrowth,
        ProbeSlope, ///< Change per minute.
        ProbeLeak,  ///< The same, 0 unless it is a rise beyond chance.
    };
    enum class Comparison { Less, LessOrEqual, Greater, GreaterOrEqual, Equal, Between };
    /// Duration in ms, share as fraction, rate per second. Values of probe series are turned into it as well.
    enum class Unit { Duration, Share, Rate, Bytes, Number };
    enum class Resource { Processor, Memory, Read, Written, BytesIn, BytesOut }; ///< That cost() is of.
    /// From the send to the first byte; and of the connections that were opened.
    enum class NetworkPart { FirstByte, Resolve, Connect, Tls };

    QString text;            ///< As written, blanks trimmed.
    Metric metric = Metric::Quantile;
    double quantile = 0.0;
    bool isServiceTime = false;
    QString selector;        ///< Step name, path or glob; probe series for probe metrics; empty: all steps.
    QString argument;        ///< Of share(): "429", "5xx" or a failure kind; of recovery(): the stage.
    Metric recovers = Metric::Quantile; ///< What recovery() waits for, with quantile, isServiceTime and selector.
    Resource resource = Resource::Processor; ///< Of cost(); the selector is its probe, empty: the only one.
    NetworkPart part = NetworkPart::FirstByte; ///< Of isNetworkTime() metrics.
    std::optional<Nanoseconds> length; ///< Of sustained(): whole seconds.
    Comparison comparison = Comparison::Less;
    Unit unit = Unit::Duration;
    double bound = 0.0;      ///< In the unit's base.
    double upperBound = 0.0; ///< Of "between".
    bool isOfMachine = false; ///< "90 % of machine": resolveRule() makes bytes of the bound.
    QString during;          ///< Stage name; empty: the whole measured run.
    std::optional<Nanoseconds> from; ///< Judged from this time since the start on.
    std::optional<Nanoseconds> forLength; ///< Not met only when violated that long without a break.
    bool isStop = false;
    bool isSurely = false;
    double weight = 1.0;
    bool isImplicit = false;
};

bool isLatency(Rule::Metric metric);     ///< Of response or service times: Quantile, Min, Max, Mean.
bool isProbeMetric(Rule::Metric metric);
bool isObserved(Rule::Metric metric); ///< HitRate and those of observed values; the selector names what is observed.
bool isNetworkTime(Rule::Metric metric); ///< NetworkMean ... NetworkQuantile.
bool isSeriesLevel(Rule::Metric metric); ///< ProbeMean ... ProbeLast: as high as the series' values themselves.
bool isPerMinute(Rule::Metric metric);   ///< ProbeSlope, ProbeLeak: bound and value are per minute.
/// Whether a confidence interval of the metric is known: quantiles, shares of requests, arrivals and sends, and slopes.
/// "achieved" has none: the started are no sample of the planned, and can be more.
bool hasInterval(Rule::Metric metric);

} // namespace Headroom
