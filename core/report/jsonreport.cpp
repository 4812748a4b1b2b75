// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonreport.h"

#include "core/report/attachmentlist.h"
#include "core/report/byhand.h"
#include "core/report/jsonactions.h"
#include "core/report/jsonanalysis.h"
#include "core/report/jsonbatches.h"
#include "core/report/jsonblock.h"
#include "core/report/jsonhead.h"
#include "core/report/jsonhealth.h"
#include "core/report/jsonjudgement.h"
#include "core/report/jsonobjectives.h"
#include "core/report/jsonlimit.h"
#include "core/report/jsonmemory.h"
#include "core/report/jsonnetwork.h"
#include "core/report/jsonobservations.h"
#include "core/report/jsonslowest.h"
#include "core/report/jsontargethealth.h"
#include "core/report/mappingstable.h"
#include "core/report/profilereport.h"

#include <algorithm>

namespace Headroom {

namespace {

Json windowJson(const ReportBlock &block, const FirstByteTimes &firstByte)
{
    Json json = jsonObject();
    addBlock(json, block);
    json["first_byte_ms"] = firstByteJson(firstByte, block.latencies.counts);
    return json;
}

Json stepsJson(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    Json items = jsonList();
    for (std::size_t i = 0; i < model.steps.size(); ++i) {
        const RunFacts::Step &step = facts.steps[i];
        const bool hasFlow = step.flow.isValid() && step.flow.at() < facts.flows.size();
        Json json = jsonObject();
        json["name"] = jsonText(step.name);
        json["method"] = jsonText(step.method);
        json["path"] = jsonText(step.path);
        json["flow"] = hasFlow ? jsonText(facts.flows[step.flow.at()].name) : Json::null();
        addBlock(json, model.steps[i].block);
        items.push_back(std::move(json));
    }
    return items;
}

Json flowJson(const ReportModel::FlowShare &flow)
{
    Json json = jsonObject();
    json["name"] = jsonText(flow.name);
    json["intended_share"] = jsonNumber(flow.intendedShare);
    json["achieved_share"] = jsonNumber(flow.achievedShare);
    json["own_rate_per_s"] = jsonNumber(flow.ownRatePerSecond);
    json["achieved_rate_per_s"] = jsonNumber(flow.achievedPerSecond);
    json["planned"] = flow.counts.planned;
    json["started"] = flow.counts.started;
    json["completed"] = flow.counts.completed;
    json["dropped"] = flow.counts.dropped;
    return json;
}

Json stageJson(const ReportModel::NamedBlock &stage)
{
    Json json = jsonObject();
    json["name"] = jsonText(stage.name);
    addBlock(json, stage.block);
    return json;
}

Json seriesJson(const std::vector<ReportModel::SeriesRow> &rows)
{
    using Row = ReportModel::SeriesRow;
    Json json = jsonObject();
    const auto numbers = [&](const char *name, auto member) {
        json[name] = jsonListOf(rows, [member](const Row &row) { return jsonNumber(row.*member); });
    };
    const auto counts = [&](const char *name, auto member) {
        json[name] = jsonListOf(rows, [member](const Row &row) { return Json(row.*member); });
    };
    const auto times = [&](const char *name, auto member) {
        json[name] = jsonListOf(rows, [member](const Row &row) { return jsonMilliseconds(row.*member); });
    };
    counts("t_s", &Row::second);
    numbers("offered_per_s", &Row::offered);
    numbers("achieved_per_s", &Row::achieved);
    numbers("requests_per_s", &Row::requests);
    numbers("errors_per_s", &Row::errors);
    numbers("rejected_per_s", &Row::rejected);
    numbers("dropped_per_s", &Row::dropped);
    counts("backlog", &Row::backlog);
    counts("in_flight", &Row::inFlight);
    counts("users", &Row::users);
    times("p50_ms", &Row::p50Ms);
    times("p95_ms", &Row::p95Ms);
    times("p99_ms", &Row::p99Ms);
    times("service_p50_ms", &Row::serviceP50Ms);
    times("service_p95_ms", &Row::serviceP95Ms);
    times("service_p99_ms", &Row::serviceP99Ms);
    addNetworkColumns(json, rows);
    addHealthColumns(json, rows);
    return json;
}

Json probeJson(const ReportModel &model, std::size_t index)
{
    const SeriesFigure &figure = model.probes[index];
    const auto orNull = [&](double value) { return figure.values == 0 ? Json::null() : jsonNumber(value); };
    Json json = jsonObject();
    json["unit"] = jsonTextOrNull(model.head.facts.series[index].unit);
    json["values"] = jsonListOf(model.series, [index](const auto &row) { return jsonNumber(row.probes[index]); });
    json["min"] = orNull(figure.lowest);
    json["max"] = orNull(figure.highest);
    json["mean"] = orNull(figure.mean());
    json["last"] = orNull(figure.last);
    return json;
}

Json probesJson(const ReportModel &model)
{
    const std::vector<RunFacts::Series> &series = model.head.facts.series;
    Json json = jsonObject();
    for (std::size_t i = 0; i < series.size(); ++i)
        json.try_emplace(series[i].name().toUtf8().toStdString(), probeJson(model, i));
    return json;
}

Json auxiliaryJson(const ReportModel &model)
{
    Json json = jsonObject();
    json["requests"] = model.ending ? Json(model.ending->auxiliary) : Json::null();
    return json;
}

Json byHandJson(const ReportModel &model)
{
    const ByHand byHand = byHandOf(model);
    Json json = jsonObject();
    json["changes"] = byHand.changes;
    json["paused_s"] = jsonNumber(byHand.pausedSeconds);
    json["load_s"] = jsonNumber(byHand.loadSeconds);
    return json;
}

Json eventJson(const RunEvent &event)
{
    Json json = jsonObject();
    json["t_s"] = jsonSeconds(event.at);
    json["kind"] = jsonText(event.kind);
    json["text"] = jsonText(event.text);
    return json;
}

Json failureJson(const ReportModel::Failure &failure)
{
    Json json = jsonObject();
    json["step"] = jsonTextOrNull(failure.step);
    json["kind"] = jsonText(failureKindName(failure.kind));
    json["status"] = failure.status > 0 ? Json(failure.status) : Json::null();
    json["message"] = jsonText(failure.message);
    json["count"] = failure.count;
    json["first_s"] = failure.firstSecond;
    json["last_s"] = failure.lastSecond;
    json["example"] = failure.example ? exampleJson(*failure.example) : Json::null();
    return json;
}

template <typename Values, typename ToJson>
Json factsListOf(const Values &values, const ReportModel &model, ToJson toJson)
{
    return jsonListOf(values, [&](const auto &value) { return toJson(value, model.head.facts); });
}

} // namespace

QByteArray jsonReport(const ReportModel &model)
{
    Json json = jsonObject();
    json["schema"] = "headroom-report/1";
    json["tool"] = toolJson(model);
    json["session"] = sessionJson(model);
    json["scenario"] = scenarioJson(model.head);
    json["environment"] = environmentJson(model.head);
    json["load"] = loadJson(model.head.facts);
    json["by_hand"] = byHandJson(model);
    json["totals"] = windowJson(model.totals, model.network.firstByte);
    json["measured"] = windowJson(model.measured, model.network.measuredFirstByte);
    json["connections"] = openingsJson(model);
    json["steps"] = stepsJson(model);
    json["flows"] = jsonListOf(model.flows, flowJson);
    json["stages"] = jsonListOf(model.stages, stageJson);
    json["batches"] = batchesJson(model);
    json["batch_totals"] = batchTotalsJson(model.batches);
    json["segments"] = factsListOf(model.segments, model, segmentJson);
    json["crossings"] = factsListOf(model.crossings, model, crossingJson);
    json["recoveries"] = factsListOf(model.recoveries, model, recoveryJson);
    json["actions"] = actionsJson(model);
    json["series"] = seriesJson(model.series);
    json["probes"] = probesJson(model);
    json["memory"] = memoryJson(model);
    json["resources"] = resourcesJson(model);
    json["observations"] = observationsJson(model);
    json["server"] = serverJson(model);
    json["health"] = healthJson(model);
    json["target_health"] = targetHealthJson(model);
    json["auxiliary"] = auxiliaryJson(model);
    json["events"] = jsonListOf(model.events, eventJson);
    json["failures"] = jsonListOf(model.failures, failureJson);
    json["slowest"] = slowestJson(model);
    json["samples"] = samplesJson(model);
    json["memory_mappings"] = mappingsJson(model);
    json["attachments"] = attachmentsJson(model);
    json["profiles"] = profilesJson(model);
    json["dashboards"] = dashboardsJson(model);
    json["limit"] = limitJson(model.limit);
    json["rules"] = jsonListOf(model.rules, ruleJson);
    json["objectives"] = objectivesJson(model);
    json["requirements"] = requirementsJson(model);
    json["acceptance"] = acceptanceJson(model);
    json["validity"] = validityJson(model.validity);
    json["verdict"] = verdictJson(model.verdict);
    return toBytes(json);
}

} // namespace Headroom
