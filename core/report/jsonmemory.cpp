// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonmemory.h"

namespace Headroom {

namespace {

constexpr double kMegabyte = 1e6;

Json megabytes(const std::optional<double> &bytes)
{
    return jsonNumber(bytes.transform([](double value) { return value / kMegabyte; }));
}

Json percent(const std::optional<double> &share)
{
    return jsonNumber(share.transform([](double value) { return value * 100.0; }));
}

Json intervalMegabytes(const MemoryFigure::Estimate &estimate)
{
    return jsonPair(megabytes(estimate.interval.low), megabytes(estimate.interval.high));
}

void addLevels(Json &json, const MemoryFigure &figure)
{
    const LeakFinding &finding = figure.finding;
    json["baseline_mb"] = megabytes(finding.baseline);
    json["peak_mb"] = megabytes(finding.peak);
    json["final_mb"] = megabytes(finding.final);
    json["growth_mb"] = megabytes(finding.growth());
    json["growth_percent"] = percent(finding.growthShare());
    json["threshold_percent"] = percent(figure.growthLimit);
    json["limit_mb"] = megabytes(figure.limitBytes);
    json["limit_rule"] = jsonTextOrNull(figure.limitRule);
    json["peak_of_machine_percent"] = percent(figure.machineShare);
}

void addTrend(Json &json, const MemoryFigure &figure)
{
    const MemoryFigure::Estimate perHour = figure.perHour();
    json["slope_mb_per_h"] = figure.samples > 1 ? megabytes(perHour.value) : Json::null();
    json["slope_interval_mb_per_h"] = intervalMegabytes(perHour);
    const auto &perThousand = figure.perThousand;
    json["slope_mb_per_1000_requests"] = perThousand ? megabytes(perThousand->value) : Json::null();
    json["slope_interval_mb_per_1000_requests"] = intervalMegabytes(perThousand.value_or(MemoryFigure::Estimate{}));
    json["of_floor"] = figure.finding.isOfFloor;
    json["rising_steps_percent"] = percent(figure.finding.risingShare);
    json["monotonic_growth"] = figure.finding.isMonotonic;
    const auto &hours = figure.hoursToLimit;
    json["hours_to_limit"] = hours ? jsonNumber(hours->value) : Json::null();
    json["hours_to_limit_interval"] = hours
        ? jsonPair(jsonNumber(hours->interval.low), jsonNumber(hours->interval.high))
        : jsonPair(Json::null(), Json::null());
}

Json figureJson(const MemoryFigure &figure, const RunFacts &facts)
{
    Json json = jsonObject();
    json["series"] = jsonText(facts.series[figure.series].name());
    json["window"] = jsonPair(jsonNumber(figure.fromSeconds), jsonNumber(figure.toSeconds));
    json["samples"] = figure.samples;
    json["restarted_s"] = figure.restartedAt ? Json(*figure.restartedAt) : Json::null();
    addLevels(json, figure);
    json["memory_leak_detected"] = figure.finding.verdict == LeakFinding::Verdict::Leak;
    json["verdict"] = leakVerdictName(figure.finding.verdict);
    json["reason"] = jsonText(figure.finding.reason);
    addTrend(json, figure);
    return json;
}

Json useJson(const ResourceUse &use)
{
    Json json = jsonObject();
    json["probe"] = jsonText(use.probe);
    json["whole_machine"] = use.isMachine;
    json["requests"] = use.requests;
    json["cpu_s"] = jsonNumber(use.cpuSeconds);
    json["cpu_s_per_request"] = jsonNumber(use.cpuSecondsPerRequest());
    json["requests_per_s_per_core"] = jsonNumber(use.requestsPerCoreSecond());
    json["memory_mb_s_per_request"] = megabytes(use.memoryPerRequest);
    json["read_bytes_per_request"] = jsonNumber(use.readPerRequest);
    json["write_bytes_per_request"] = jsonNumber(use.writtenPerRequest);
    return json;
}

Json perRequest(std::uint64_t bytes, std::uint64_t requests)
{
    return requests > 0 ? jsonNumber(double(bytes) / double(requests)) : Json::null();
}

} // namespace

Json memoryJson(const ReportModel &model)
{
    return jsonListOf(model.memory, [&](const MemoryFigure &figure) { return figureJson(figure, model.head.facts); });
}

Json resourcesJson(const ReportModel &model)
{
    const RequestCounts &counts = model.measured.latencies.counts;
    Json json = jsonObject();
    json["requests_per_s"] = jsonNumber(model.measured.ratePerSecond());
    json["bytes_in_per_request"] = perRequest(counts.bytesIn, counts.requests);
    json["bytes_out_per_request"] = perRequest(counts.bytesOut, counts.requests);
    json["uses"] = jsonListOf(model.resources, useJson);
    return json;
}

} // namespace Headroom
