// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonvalue.h"
#include "core/report/schemaparts.h"
#include "core/report/sweepreport.h"
#include "core/report/verdict.h"

namespace Headroom {

namespace {

using Member = SweepReport::Member;

Json timeOrNull(const std::optional<Nanoseconds> &time) { return time ? jsonMilliseconds(*time) : Json::null(); }

Json fewSamplesJson(const Member &member)
{
    Json names = jsonList();
    for (const SweepReport::Figure figure : SweepReport::kFigures) {
        if (member.hasFewSamples(figure))
            names.push_back(jsonText(figureName(figure)));
    }
    return names;
}

Json memberJson(const Member &member)
{
    const auto ifRun = [&member](Json json) { return member.hasRun() ? json : Json::null(); };
    Json json = jsonObject();
    json["value"] = jsonText(member.value);
    json["session"] = jsonTextOrNull(member.session);
    json["problem"] = jsonTextOrNull(member.problem);
    json["offered_per_s"] = ifRun(jsonNumber(member.offeredPerSecond));
    json["achieved_per_s"] = ifRun(jsonNumber(member.achievedPerSecond));
    json["rate_per_s"] = ifRun(jsonNumber(member.requestsPerSecond));
    json["requests"] = member.requests;
    json["iterations"] = member.iterations;
    json["errors"] = member.errors;
    json["samples"] = member.samples;
    json["p50_ms"] = timeOrNull(member.p50);
    json["p95_ms"] = timeOrNull(member.p95);
    json["p99_ms"] = timeOrNull(member.p99);
    json["few_samples"] = fewSamplesJson(member);
    json["cpu_us_per_request"] = jsonNumber(member.cpuMicrosecondsPerRequest);
    json["valid"] = ifRun(member.verdict.isValid);
    json["result"] = ifRun(jsonText(verdictName(member.verdict.result)));
    json["reasons"] = jsonListOf(member.verdict.reasons, jsonText);
    json["exit_code"] = member.exitCode;
    return json;
}

Json bestJson(const SweepReport &sweep)
{
    Json json = jsonObject();
    for (const SweepReport::Figure figure : SweepReport::kFigures) {
        const Member *best = sweep.best(figure);
        json[std::string(figureName(figure).data())] = best ? jsonText(best->value) : Json::null();
    }
    return json;
}

Json memberSchema()
{
    using namespace SchemaParts;
    const std::vector<const char *> quantiles{"p50", "p95", "p99"};
    return objectOf(
        "One run",
        {{"value", text("The parameter's value, as written")},
         {"session", orNull(text("File name of its session; null when the run did not take place"))},
         {"problem", orNull(text("Why it did not; null when it did"))},
         {"offered_per_s", numberOrNull("Planned iterations per second of the measured window")},
         {"achieved_per_s", numberOrNull("Started iterations per second")},
         {"rate_per_s", numberOrNull("Finished requests per second: the throughput")},
         {"requests", count("Finished requests")},
         {"iterations", count("Completed iterations")},
         {"errors", count("As in the report of the run")},
         {"samples", count("Response times behind the percentiles")},
         {"p50_ms", numberOrNull("Median response time, in ms")},
         {"p95_ms", numberOrNull("95th percentile of the response time, in ms")},
         {"p99_ms", numberOrNull("99th percentile of the response time, in ms")},
         {"few_samples", listOf("Percentiles that rest on too few samples", word("Name", quantiles))},
         {"cpu_us_per_request", numberOrNull("Processor time of the whole program for each request, in us")},
         {"valid", orNull(flag("False when the generator was late too often"))},
         {"result", orNull(text("met, not_met, undecided or none"))},
         {"reasons", listOf("What speaks against a plain yes", text("One sentence"))},
         {"exit_code", count("What the command line would return for this run alone")}});
}

Json bestSchema()
{
    using namespace SchemaParts;
    return objectOf("The value at which a valid run was better than all others by more than 2 %; null when none was",
                    {{"throughput", orNull(text("Highest rate_per_s"))},
                     {"p50", orNull(text("Lowest p50_ms"))},
                     {"p95", orNull(text("Lowest p95_ms"))},
                     {"p99", orNull(text("Lowest p99_ms"))},
                     {"cpu", orNull(text("Lowest cpu_us_per_request"))}});
}

} // namespace

QByteArray sweepJson(const SweepReport &sweep)
{
    Json tool = jsonObject();
    tool["name"] = "headroom";
    tool["version"] = jsonText(sweep.toolVersion);
    Json json = jsonObject();
    json["schema"] = "headroom-sweep/1";
    json["tool"] = std::move(tool);
    json["scenario"] = jsonText(sweep.scenario);
    json["target"] = jsonText(sweep.target);
    json["parameter"] = jsonText(sweep.parameter);
    json["values"] = jsonListOf(sweep.values, jsonText);
    json["complete"] = sweep.isComplete();
    json["runs"] = jsonListOf(sweep.members, memberJson);
    json["best"] = bestJson(sweep);
    json["exit_code"] = sweep.exitCode;
    return toBytes(json);
}

QByteArray sweepJsonSchema()
{
    using namespace SchemaParts;
    Json version = text("Name and version of this schema");
    version["const"] = "headroom-sweep/1";
    const Json tool =
        objectOf("The program that made it", {{"name", text("Its name")}, {"version", text("Its version")}});
    const Json sweep = objectOf("One plan run once for each of several values of a parameter",
                                {{"schema", version},
                                 {"tool", tool},
                                 {"scenario", text("Name of the scenario")},
                                 {"target", text("URL of the target, without user and query; empty without a run")},
                                 {"parameter", text("What was varied")},
                                 {"values", listOf("All values that were asked for", text("As written"))},
                                 {"complete", flag("False when the sweep was stopped before all of them were run")},
                                 {"runs", listOf("In the order they were run", memberSchema())},
                                 {"best", bestSchema()},
                                 {"exit_code", count("What the command line returns")}});
    Json schema = jsonObject();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["$id"] = "urn:headroom:sweep:1";
    schema["title"] = "Headroom sweep";
    for (const auto &member : sweep.object_range())
        schema[member.key()] = member.value();
    return toBytes(schema);
}

} // namespace Headroom
