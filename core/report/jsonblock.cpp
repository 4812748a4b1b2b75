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

void addDistribution(Json &into, const HdrHistogram &times)
{
    const auto orNull = [&](Nanoseconds value) { return times.isEmpty() ? Json::null() : jsonMilliseconds(value); };
    into["min"] = orNull(times.min());
    into["max"] = orNull(times.max());
    into["mean"] = times.isEmpty() ? Json::null() : jsonMilliseconds(times.meanNanoseconds() / 1e6);
    Json fewSamples = jsonList();
    for (const auto &[name, quantile] : kQuantiles) {
        into[name] = orNull(times.valueAtQuantile(quantile));
        if (times.count() < minimumSamplesFor(quantile))
            fewSamples.push_back(name);
    }
    into["few_samples"] = std::move(fewSamples);
}

Json latencyJson(const LatencySet &set, LatencyKind kind)
{
    const bool holdsCensored = kind == LatencyKind::Response || kind == LatencyKind::Service;
    Json json = jsonObject();
    json["count"] = set[kind].count();
    json["censored"] = holdsCensored ? set.counts.censored : 0;
    addDistribution(json, set[kind]);
    return json;
}

} // namespace

void addBlock(Json &into, const ReportBlock &block)
{
    const LatencySet &set = block.latencies;
    into["response_ms"] = latencyJson(set, LatencyKind::Response);
    into["service_ms"] = latencyJson(set, LatencyKind::Service);
    into["rejected_ms"] = latencyJson(set, LatencyKind::Rejected);
    into["failed_ms"] = latencyJson(set, LatencyKind::Failed);
    into["requests"] = set.counts.requests;
    into["iterations"] = block.iterations.completed;
    into["errors"] = set.counts.errors;
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
    addDistribution(json, lag);
    return json;
}

} // namespace Headroom
