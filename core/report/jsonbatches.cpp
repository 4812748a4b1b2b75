// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonbatches.h"

#include <algorithm>

namespace Headroom {

namespace {

Json orNull(const std::optional<Nanoseconds> &time) { return time ? jsonMilliseconds(*time) : Json::null(); }

Json batchJson(const BatchFigures::Batch &batch, const std::vector<RunFacts::Series> &series)
{
    Json json = jsonObject();
    json["batch"] = batch.number;
    json["start_s"] = jsonSeconds(batch.start);
    json["length_s"] = jsonSeconds(batch.length);
    json["started"] = batch.iterations;
    json["completed"] = batch.completed;
    json["rate_per_s"] = jsonNumber(batch.perSecond());
    json["requests"] = batch.requests;
    json["errors"] = batch.errors;
    json["rejected"] = batch.rejected;
    json["samples"] = batch.samples;
    json["p50_ms"] = orNull(batch.p50);
    json["p95_ms"] = orNull(batch.p95);
    json["max_ms"] = orNull(batch.longest);
    Json fewSamples = jsonList();
    if (batch.hasFewSamples(0.50))
        fewSamples.push_back("p50");
    if (batch.hasFewSamples(0.95))
        fewSamples.push_back("p95");
    json["few_samples"] = std::move(fewSamples);
    Json probes = jsonObject();
    for (std::size_t i = 0; i < std::min(series.size(), batch.probes.size()); ++i)
        probes.try_emplace(series[i].name().toUtf8().toStdString(), jsonNumber(batch.probes[i]));
    json["probes"] = std::move(probes);
    return json;
}

} // namespace

Json batchesJson(const ReportModel &model)
{
    return jsonListOf(model.batches.each,
                      [&model](const BatchFigures::Batch &batch) { return batchJson(batch, model.head.facts.series); });
}

Json batchTotalsJson(const BatchFigures &batches)
{
    if (batches.isEmpty())
        return Json::null();
    Json json = jsonObject();
    json["batches"] = batches.each.size();
    json["completed"] = batches.completed;
    json["length_s"] = jsonSeconds(batches.lastEnd - batches.firstStart);
    json["rate_per_s"] = jsonNumber(batches.perSecond());
    json["busy_s"] = jsonSeconds(batches.busy);
    json["busy_rate_per_s"] = jsonNumber(batches.busyPerSecond());
    return json;
}

} // namespace Headroom
