// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonobservations.h"

#include "core/session/observationrows.h"

#include <array>

namespace Headroom {

namespace {

using namespace SchemaParts;
using Kind = RunFacts::Observation::Kind;

constexpr std::array kPercentiles{std::pair{"p50", 0.50}, std::pair{"p95", 0.95}, std::pair{"p99", 0.99}};

Json intervalJson(const Interval<double> &interval)
{
    return jsonPair(jsonNumber(interval.low), jsonNumber(interval.high));
}

void addValues(Json &json, const ObservationSum &sum)
{
    json["mean"] = jsonNumber(sum.mean());
    json["min"] = jsonNumber(sum.min());
    json["max"] = jsonNumber(sum.max());
    Json intervals = jsonObject();
    Json few = jsonList();
    for (const auto &[name, quantile] : kPercentiles) {
        const Interval<double> interval = sum.quantileInterval(quantile);
        json[name] = jsonNumber(sum.quantile(quantile));
        intervals[name] = intervalJson(interval);
        if (!sum.isEmpty() && !interval.high)
            few.push_back(name);
    }
    json["interval"] = std::move(intervals);
    json["few_samples"] = std::move(few);
}

void addNoValues(Json &json)
{
    for (const char *name : {"mean", "min", "max", "p50", "p95", "p99"})
        json[name] = Json::null();
    Json intervals = jsonObject();
    for (const auto &[name, quantile] : kPercentiles)
        intervals[name] = intervalJson({});
    json["interval"] = std::move(intervals);
    json["few_samples"] = jsonList();
}

Json observationJson(const ReportModel &model, std::size_t index)
{
    const ObservationFigures::Row &row = model.observations.rows[index];
    const ObservationCounts &counts = row.sum.counts();
    const bool isHit = row.what.kind == Kind::Hit;
    Json json = jsonObject();
    json["name"] = jsonText(row.what.name);
    json["kind"] = jsonText(observationKindName(row.what.kind));
    json["on"] = row.what.isOfRejections ? "rejections" : "answers";
    json["unit"] = jsonTextOrNull(row.what.unit);
    json["count"] = counts.count;
    json["missing"] = counts.missing;
    json["hits"] = isHit ? Json(counts.hits) : Json::null();
    json["hit_rate"] = isHit ? jsonNumber(row.sum.hitRate()) : Json::null();
    json["hit_rate_interval"] = intervalJson(isHit ? row.sum.hitRateInterval() : Interval<double>{});
    if (isHit)
        addNoValues(json);
    else
        addValues(json, row.sum);
    json["values"] = jsonListOf(model.series, [&](const ReportModel::SeriesRow &second) {
        return jsonNumber(levelOf(second.observations[index], row.what.kind));
    });
    return json;
}

/// One percentile, or the mean, of the server's time and of the service time.
Json againstJson(std::optional<double> server, std::optional<double> client)
{
    Json json = jsonObject();
    json["server_ms"] = jsonMilliseconds(server);
    json["client_ms"] = jsonMilliseconds(client);
    json["difference_ms"] = server && client ? jsonMilliseconds(*client - *server) : Json::null();
    return json;
}

Json againstClientJson(const ReportModel &model)
{
    const ObservationSum *server = model.observations.serverTime();
    if (!server)
        return Json::null();
    const HdrHistogram &client = model.measured.latencies[LatencyKind::Service];
    const auto inMs = [&](double nanoseconds) {
        return client.isEmpty() ? std::nullopt : std::optional(nanoseconds / 1e6);
    };
    Json json = jsonObject();
    json["mean"] = againstJson(server->mean(), inMs(client.meanNanoseconds()));
    for (const auto &[name, quantile] : kPercentiles)
        json[name] = againstJson(server->quantile(quantile), inMs(double(client.valueAtQuantile(quantile).count())));
    return json;
}

Json partsJson(const ReportModel &model)
{
    const auto &observations = model.head.facts.observations;
    const auto taken = serverPartsOf(observations, model.observations.totals());
    if (!taken)
        return Json::null();
    Json json = jsonObject();
    json["mean_ms"] = jsonMilliseconds(taken->milliseconds);
    json["parts"] = jsonListOf(taken->parts, [&](const ServerParts::Part &part) {
        Json one = jsonObject();
        one["name"] = jsonText(observations[part.observation].name);
        one["mean_ms"] = jsonMilliseconds(part.milliseconds);
        one["share"] = jsonNumber(part.share);
        one["expected_share"] = jsonNumber(observations[part.observation].expectedShare);
        return one;
    });
    json["dominant"] = jsonText(observations[taken->dominant().observation].name);
    json["uncovered_ms"] = jsonMilliseconds(taken->uncoveredMilliseconds);
    json["overlap"] = taken->doOverlap;
    return json;
}

Fields valueFields()
{
    return {{"mean", numberOrNull("Mean, in the unit; null for hits, as all values")},
            {"min", numberOrNull("Smallest")},
            {"max", numberOrNull("Largest")},
            {"p50", numberOrNull("Median, to three significant digits, as all percentiles")},
            {"p95", numberOrNull("95th percentile")},
            {"p99", numberOrNull("99th percentile")},
            {"interval",
             objectOf("95 % intervals of percentiles; an end that too few samples leave open is null",
                      {{"p50", pairOf("Of the median")},
                       {"p95", pairOf("Of the 95th percentile")},
                       {"p99", pairOf("Of the 99th percentile")}})},
            {"few_samples",
             listOf("Percentiles that rest on too few samples for a two-sided 95 % bound",
                    word("Name of a percentile", {"p50", "p95", "p99"}))}};
}

Json againstSchema(const char *help)
{
    return objectOf(help,
                    {{"server_ms", numberOrNull("What the server says it took, in ms")},
                     {"client_ms", numberOrNull("Service time, from send to the last byte, in ms")},
                     {"difference_ms",
                      numberOrNull("Client minus server: network, and waiting before the server "
                                   "began to count, in ms")}});
}

} // namespace

Json observationsJson(const ReportModel &model)
{
    Json items = jsonList();
    for (std::size_t i = 0; i < model.observations.rows.size(); ++i)
        items.push_back(observationJson(model, i));
    return items;
}

Json serverJson(const ReportModel &model)
{
    Json against = againstClientJson(model);
    Json parts = partsJson(model);
    if (against.is_null() && parts.is_null())
        return Json::null();
    Json json = jsonObject();
    json["against_client"] = std::move(against);
    json["parts"] = std::move(parts);
    return json;
}

Json observationSchema()
{
    Fields fields{{"name", text("Its name in the scenario; server_time is what target.server_time names")},
                  {"kind", word("What it is", {"hit", "value", "part", "server_time"})},
                  {"on", word("Which answers were looked at: those as expected, or rejections", {"answers", "rejections"})},
                  {"unit", orNull(text("Unit of the values; null for hits and where the scenario names none"))},
                  {"count", count("Answers of the measured window that had it")},
                  {"missing", count("Answers that should have had it and had not")},
                  {"hits", orNull(count("Answers that it held for; null for values"))},
                  {"hit_rate", numberOrNull("hits / count")},
                  {"hit_rate_interval",
                   pairOf("95 % interval of hit_rate, widened as far as neighbouring answers resemble each other")}};
    fields = with(std::move(fields), valueFields());
    fields.push_back(
        {"values", listOf("Share of hits, or mean, of each second of series.t_s", numberOrNull("Of that second"))});
    return objectOf("What answers said of themselves, under one name", fields);
}

Json serverSchema()
{
    const Json against = objectOf("Its own time against the client's; null when it tells none",
                                  {{"mean", againstSchema("Means")},
                                   {"p50", againstSchema("Medians")},
                                   {"p95", againstSchema("95th percentiles")},
                                   {"p99", againstSchema("99th percentiles")}});
    const Json part = objectOf("A part",
                               {{"name", text("Its name in the scenario")},
                                {"mean_ms", numberOrNull("What it adds to the mean answer, in ms")},
                                {"share", number("Of mean_ms of the whole")},
                                {"expected_share", numberOrNull("The share that the scenario expects; null without")}});
    const Json parts = objectOf(
        "The parts of its time; null when it tells none",
        {{"mean_ms", numberOrNull("Mean of the whole, in ms; where that is not told, of the sum of the parts")},
         {"parts", listOf("In the scenario's order", part)},
         {"dominant", text("The longest part")},
         {"uncovered_ms",
          numberOrNull("What no part covers, in ms; null where the whole is not told, and when parts overlap")},
         {"overlap", flag("Together the parts are longer than the whole: some run at the same time")}});
    return orNull(objectOf("What the target says of its own time; null when it says nothing",
                           {{"against_client", orNull(against)}, {"parts", orNull(parts)}}));
}

} // namespace Headroom
