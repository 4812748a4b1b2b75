// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/connectionnote.h"
#include "core/report/runjson.h"
#include "core/report/sweepreport.h"

namespace Headroom {

namespace {

using Member = SweepReport::Member;

Json memberJson(const Member &member)
{
    Json json = jsonObject();
    json["value"] = jsonText(member.label);
    addRunJson(json, member);
    return json;
}

Json bestJson(const SweepReport &sweep)
{
    Json json = jsonObject();
    for (const SweepReport::Figure figure : RunSummary::kFigures) {
        const Member *best = sweep.best(figure);
        json[std::string(figureName(figure).data())] = best ? jsonText(best->label) : Json::null();
    }
    return json;
}

Json memberSchema()
{
    using namespace SchemaParts;
    return objectOf("One run", with({{"value", text("The parameter's value, as written")}}, runSchemaFields()));
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
    Json json = jsonObject();
    json["schema"] = "headroom-sweep/1";
    json["tool"] = toolJson(sweep.toolVersion);
    json["scenario"] = jsonText(sweep.scenario);
    json["target"] = jsonText(sweep.target);
    json["parameter"] = jsonText(sweep.parameter);
    json["values"] = jsonListOf(sweep.values, jsonText);
    json["complete"] = sweep.isComplete();
    json["runs"] = jsonListOf(sweep.members, memberJson);
    json["best"] = bestJson(sweep);
    json["not_alike"] = jsonTextOrNull(connectionNote(sweep.members));
    json["exit_code"] = sweep.exitCode;
    return toBytes(json);
}

QByteArray sweepJsonSchema()
{
    using namespace SchemaParts;
    const Json sweep = objectOf("One plan run once for each of several values of a parameter",
                                {{"schema", constantText("headroom-sweep/1", "Name and version of this schema")},
                                 {"tool", toolSchema()},
                                 {"scenario", text("Name of the scenario")},
                                 {"target", text("URL of the target, without user and query; empty without a run")},
                                 {"parameter", text("What was varied")},
                                 {"values", listOf("All values that were asked for", text("As written"))},
                                 {"complete", flag("False when the sweep was stopped before all of them were run")},
                                 {"runs", listOf("In the order they were run", memberSchema())},
                                 {"best", bestSchema()},
                                 {"not_alike", notAlikeSchema()},
                                 {"exit_code", count("What the command line returns")}});
    return toBytes(schemaDocument("urn:headroom:sweep:1", "Headroom sweep", sweep));
}

} // namespace Headroom
