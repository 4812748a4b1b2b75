// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonhealth.h"

#include "core/report/jsonblock.h"

namespace Headroom {

namespace {

using Row = ReportModel::SeriesRow;

double percentOf(double seconds, const Row &row)
{
    return row.lengthSeconds > 0.0 ? 100.0 * seconds / row.lengthSeconds : 0.0;
}

/// A list of each second's workers: not a column of each worker, as a second need not know all of them.
template <typename ValueOf> Json byWorker(const std::vector<Row> &rows, ValueOf valueOf)
{
    return jsonListOf(rows, [&](const Row &row) {
        return jsonListOf(row.workers, [&](const WorkerUse &use) { return valueOf(use, row); });
    });
}

Json limitedJson(const Validity &validity)
{
    Json json = jsonObject();
    for (int by = 0; by < kLimitedByCount; ++by)
        json[limitedByName(LimitedBy(by)).latin1()] = validity.limitedSeconds[std::size_t(by)];
    return json;
}

} // namespace

Json healthJson(const ReportModel &model)
{
    const ReportModel::Health &health = model.health;
    const bool hasMeasured = model.validity.measuredSeconds > 0;
    Json json = jsonObject();
    json["cpu_us_per_request"] = jsonNumber(health.cpuMicrosecondsPerRequest);
    json["send_lag_ms"] = lagJson(health.sendLag);
    json["loop_lag_ms"] = lagJson(health.loopLag);
    json["generator_limited_share"] = hasMeasured ? jsonNumber(health.generatorLimitedShare) : Json::null();
    json["ceiling_rate_per_s"] = jsonNumber(health.ceilingPerSecond);
    json["wait_s"] = jsonNumber(health.waitSeconds);
    json["most_connections"] = health.mostConnections;
    json["most_descriptors"] = health.mostDescriptors;
    json["descriptor_limit"] = health.descriptorLimit > 0 ? Json(health.descriptorLimit) : Json::null();
    json["limited_seconds"] = limitedJson(model.validity);
    return json;
}

void addHealthColumns(Json &series, const std::vector<Row> &rows)
{
    const auto counts = [&](const char *name, std::uint64_t Row::*member) {
        series[name] = jsonListOf(rows, [member](const Row &row) { return Json(row.*member); });
    };
    const auto numbers = [&](const char *name, double Row::*member) {
        series[name] = jsonListOf(rows, [member](const Row &row) { return jsonNumber(row.*member); });
    };
    const auto times = [&](const char *name, std::optional<double> Row::*member) {
        series[name] = jsonListOf(rows, [member](const Row &row) { return jsonMilliseconds(row.*member); });
    };
    series["limited_by"] = jsonListOf(rows, [](const Row &row) { return jsonText(limitedByName(row.limitedBy)); });
    counts("sends", &Row::sends);
    counts("late_sends", &Row::lateSends);
    counts("resends", &Row::resends);
    times("send_lag_p99_ms", &Row::sendLagP99Ms);
    times("loop_lag_p99_ms", &Row::loopLagP99Ms);
    numbers("process_cpu_percent", &Row::processCpuPercent);
    numbers("worker_cpu_percent", &Row::workerCpuPercent);
    numbers("busy_percent", &Row::busyPercent);
    numbers("wait_percent", &Row::waitPercent);
    counts("connections", &Row::connections);
    counts("descriptors", &Row::descriptors);
    series["loop_lag_p99_ms_by_worker"] =
        byWorker(rows, [](const WorkerUse &use, const Row &) { return jsonMilliseconds(use.loopLagP99); });
    series["cpu_percent_by_worker"] =
        byWorker(rows, [](const WorkerUse &use, const Row &row) { return jsonNumber(percentOf(use.cpuSeconds, row)); });
    series["wait_percent_by_worker"] = byWorker(
        rows, [](const WorkerUse &use, const Row &row) { return jsonNumber(percentOf(use.waitSeconds, row)); });
}

} // namespace Headroom
