// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/connectionnote.h"
#include "core/report/jsonjudgement.h"
#include "core/report/ruleschema.h"
#include "core/report/runjson.h"
#include "core/report/schemaparts.h"
#include "core/report/suitereport.h"

namespace Headroom {

namespace {

using Member = SuiteReport::Member;

Json memberJson(const Member &member)
{
    Json json = jsonObject();
    json["name"] = jsonText(member.run.label);
    json["scenario"] = jsonText(member.scenario);
    json["target"] = jsonText(member.target);
    json["profiles"] = jsonListOf(member.profiles, jsonText);
    json["skipped"] = jsonTextOrNull(member.skipped);
    addRunJson(json, member.run);
    json["rules"] = jsonListOf(member.rules, ruleJson);
    return json;
}

Json objectiveJson(const SuiteReport::Objective &objective)
{
    Json json = jsonObject();
    json["member"] = jsonText(objective.member);
    json["metric"] = jsonText(objective.metric);
    json["rule"] = objective.result ? ruleJson(*objective.result) : Json::null();
    return json;
}

Json memberSchema()
{
    using namespace SchemaParts;
    const Fields head{{"name", text("Its name in the suite")},
                      {"scenario", text("File, as the suite names it")},
                      {"target", text("URL of the target, without user and query; empty without a run")},
                      {"profiles", listOf("What was chosen", text("Group and profile, or the environment"))},
                      {"skipped", orNull(text("Why it was not even tried; null when it was"))}};
    const Fields rules{{"rules", listOf("Its rules, in order", ruleSchema())}};
    return objectOf("One member", with(with(head, runSchemaFields()), rules));
}

Json objectiveSchema()
{
    using namespace SchemaParts;
    Json rule = jsonObject();
    Json choices = jsonList();
    choices.push_back(ofType("null", "The member was not run"));
    choices.push_back(ruleSchema());
    rule["anyOf"] = std::move(choices);
    return objectOf("A cell of the table of objectives",
                    {{"member", text("Name of the member")}, {"metric", text("What is judged")}, {"rule", rule}});
}

} // namespace

QByteArray suiteJson(const SuiteReport &suite)
{
    Json json = jsonObject();
    json["schema"] = "headroom-suite/1";
    json["tool"] = toolJson(suite.toolVersion);
    json["suite"] = jsonText(suite.name);
    json["planned"] = suite.planned;
    json["complete"] = suite.isComplete();
    json["met"] = suite.met();
    json["members"] = jsonListOf(suite.members, memberJson);
    json["objectives"] = jsonListOf(suite.objectives, objectiveJson);
    json["not_alike"] = jsonTextOrNull(connectionNote(suite.runs()));
    json["exit_code"] = suite.exitCode;
    return toBytes(json);
}

QByteArray suiteReportJsonSchema()
{
    using namespace SchemaParts;
    const Json suite = objectOf("Several scenarios that were run in order",
                                {{"schema", constantText("headroom-suite/1", "Name and version of this schema")},
                                 {"tool", toolSchema()},
                                 {"suite", text("Its name")},
                                 {"planned", count("Members that were asked for")},
                                 {"complete", flag("False when the suite was stopped before its end")},
                                 {"met", count("Members whose exit code is 0")},
                                 {"members", listOf("In the order they were run", memberSchema())},
                                 {"objectives", listOf("The table of objectives, cell by cell", objectiveSchema())},
                                 {"not_alike", notAlikeSchema()},
                                 {"exit_code", count("What the command line returns: the worst of all members")}});
    return toBytes(schemaDocument("urn:headroom:suite:1", "Headroom suite report", suite));
}

} // namespace Headroom
