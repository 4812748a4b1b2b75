// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runjson.h"

#include "core/report/verdict.h"

namespace Headroom {

namespace {

Json timeOrNull(const std::optional<Nanoseconds> &time) { return time ? jsonMilliseconds(*time) : Json::null(); }

Json fewSamplesJson(const RunSummary &run)
{
    Json names = jsonList();
    for (const RunSummary::Figure figure : RunSummary::kFigures) {
        if (run.hasFewSamples(figure))
            names.push_back(jsonText(figureName(figure)));
    }
    return names;
}

} // namespace

void addRunJson(Json &json, const RunSummary &run)
{
    const auto ifRun = [&run](Json json) { return run.hasRun() ? json : Json::null(); };
    json["session"] = jsonTextOrNull(run.session);
    json["problem"] = jsonTextOrNull(run.problem);
    json["requests_by"] = jsonTextOrNull(run.connectionWords);
    json["offered_per_s"] = ifRun(jsonNumber(run.offeredPerSecond));
    json["achieved_per_s"] = ifRun(jsonNumber(run.achievedPerSecond));
    json["rate_per_s"] = ifRun(jsonNumber(run.requestsPerSecond));
    json["requests"] = run.requests;
    json["iterations"] = run.iterations;
    json["errors"] = run.errors;
    json["samples"] = run.samples;
    json["p50_ms"] = timeOrNull(run.p50);
    json["p95_ms"] = timeOrNull(run.p95);
    json["p99_ms"] = timeOrNull(run.p99);
    json["few_samples"] = fewSamplesJson(run);
    json["cpu_us_per_request"] = jsonNumber(run.cpuMicrosecondsPerRequest);
    json["valid"] = ifRun(run.verdict.isValid);
    json["result"] = ifRun(jsonText(verdictName(run.verdict.result)));
    json["reasons"] = jsonListOf(run.verdict.reasons, jsonText);
    json["exit_code"] = run.exitCode;
}

SchemaParts::Fields runSchemaFields()
{
    using namespace SchemaParts;
    const std::vector<const char *> quantiles{"p50", "p95", "p99"};
    return {{"session", orNull(text("File name of its session; null when the run did not take place"))},
         {"problem", orNull(text("Why it did not; null when it did"))},
         {"requests_by", orNull(text("Transport and how connections were made, in words; null when the run did not take place"))},
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
         {"exit_code", count("What the command line would return for this run alone")}};
}

Json toolJson(const QString &version)
{
    Json tool = jsonObject();
    tool["name"] = "headroom";
    tool["version"] = jsonText(version);
    return tool;
}

Json notAlikeSchema()
{
    using namespace SchemaParts;
    return orNull(text("Where runs did not make their requests alike, which changes their figures: which ones how; else null"));
}

Json toolSchema()
{
    using namespace SchemaParts;
    return objectOf("The program that made it", {{"name", text("Its name")}, {"version", text("Its version")}});
}

} // namespace Headroom
