// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonblock.h"

#include "core/stats/confidence.h"

namespace Headroom {

namespace {

struct NamedQuantile
{
    const char *name;
    double quantile;
};
constexpr NamedQuantile kQuantiles[] = {{"p50", 0.50}, {"p75", 0.75}, {"p90", 0.90},
                                        {"p95", 0.95}, {"p99", 0.99}, {"p99_9", 0.999}};

/// `isFew` says whether a percentile's interval is open above.
template <typename IsFew> void addDistribution(Json &into, const HdrHistogram &times, IsFew isFew)
{
    const auto orNull = [&](Nanoseconds value) { return times.isEmpty() ? Json::null() : jsonMilliseconds(value); };
    into["min"] = orNull(times.min());
    into["max"] = orNull(times.max());
    into["mean"] = times.isEmpty() ? Json::null() : jsonMilliseconds(times.meanNanoseconds() / 1e6);
    Json fewSamples = jsonList();
    for (const auto &[name, quantile] : kQuantiles) {
        into[name] = orNull(times.valueAtQuantile(quantile));
        if (isFew(quantile))
            fewSamples.push_back(name);
    }
    into["few_samples"] = std::move(fewSamples);
}

Json endJson(const std::optional<Nanoseconds> &end) { return end ? jsonMilliseconds(*end) : Json::null(); }

Json intervalsJson(const std::function<Interval<Nanoseconds>(double)> &intervalOf)
{
    Json json = jsonObject();
    for (const auto &[name, quantile] : {kQuantiles[0], kQuantiles[3], kQuantiles[4]}) {
        const Interval<Nanoseconds> interval = intervalOf(quantile);
        json[name] = jsonPair(endJson(interval.low), endJson(interval.high));
    }
    return json;
}

Json latencyJson(const ReportBlock &block, LatencyKind kind)
{
    const bool holdsCensored = kind == LatencyKind::Response || kind == LatencyKind::Service;
    return latencyJson(block.latencies[kind], holdsCensored ? block.latencies.counts.censored : 0,
                       [&](double quantile) { return block.interval(kind, quantile); });
}

} // namespace

Json latencyJson(const HdrHistogram &times, std::uint64_t censored,
                 const std::function<Interval<Nanoseconds>(double)> &interval)
{
    Json json = jsonObject();
    json["count"] = times.count();
    json["censored"] = censored;
    addDistribution(json, times, [&](double quantile) { return !interval(quantile).high; });
    json["interval_ms"] = intervalsJson(interval);
    return json;
}

void addBlock(Json &into, const ReportBlock &block)
{
    const LatencySet &set = block.latencies;
    into["response_ms"] = latencyJson(block, LatencyKind::Response);
    into["service_ms"] = latencyJson(block, LatencyKind::Service);
    into["rejected_ms"] = latencyJson(block, LatencyKind::Rejected);
    into["failed_ms"] = latencyJson(block, LatencyKind::Failed);
    into["requests"] = set.counts.requests;
    into["iterations"] = block.iterations.completed;
    into["errors"] = set.counts.errors;
    const Interval<double> errors = block.errorInterval();
    into["error_interval"] = jsonPair(jsonNumber(errors.low), jsonNumber(errors.high));
    into["rejected"] = set.counts.rejected;
    into["dropped"] = block.iterations.dropped;
    into["resends"] = set.counts.resends;
    into["redirects"] = set.counts.redirects;
    into["rate_per_s"] = jsonNumber(block.ratePerSecond());
    into["bytes_in"] = set.counts.bytesIn;
    into["bytes_out"] = set.counts.bytesOut;
    Json status = jsonObject();
    for (const auto &[code, count] : set.counts.byStatus)
        status[std::to_string(code)] = count;
    into["status"] = std::move(status);
}

Json lagJson(const HdrHistogram &lag)
{
    Json json = jsonObject();
    json["count"] = lag.count();
    addDistribution(json, lag, [&](double quantile) { return lag.count() < minimumSamplesFor(quantile); });
    return json;
}

} // namespace Headroom
