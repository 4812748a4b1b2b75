// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonobjectives.h"

#include "core/report/jsonjudgement.h"
#include "core/report/schemaparts.h"

namespace Headroom {

using namespace SchemaParts;

namespace {

/// How a rule came out, in short; all of it stands among the rules.
void addResult(Json &json, int rule, const ReportModel &model)
{
    const RuleResult *result = resultOf(rule, model);
    const Json whole = result ? ruleJson(*result) : Json::null();
    json["rule"] = result ? Json(rule) : Json::null();
    json["bound"] = result ? whole["bound"] : Json::null();
    json["value"] = result ? whole["value"] : Json::null();
    json["result"] = jsonText(standingName(result ? result->standing : RuleResult::Standing::NotRun));
}

Json standingWord() { return word("How it stands", {"met", "not_met", "undecided", "not_run"}); }

Fields resultFields()
{
    Json bound = jsonObject();
    bound["description"] = "As in rules";
    bound["type"] = Json(jsoncons::json_array_arg, {"null", "number", "array"});
    return {{"rule", orNull(count("Its rule, by place among rules from 0; null: a hand has switched it off"))},
            {"bound", std::move(bound)},
            {"value", numberOrNull("As in rules")},
            {"result", standingWord()}};
}

Json textsOf(const std::vector<std::size_t> &rules, const ReportModel &model)
{
    return jsonListOf(rules, [&](std::size_t rule) { return jsonText(model.rules[rule].rule.text); });
}

} // namespace

const RuleResult *resultOf(int rule, const ReportModel &model)
{
    return rule >= 0 && std::size_t(rule) < model.rules.size() ? &model.rules[std::size_t(rule)] : nullptr;
}

Json objectivesJson(const ReportModel &model)
{
    return jsonListOf(model.head.facts.objectives, [&](const RunFacts::Objective &one) {
        Json json = jsonObject();
        json["row"] = jsonText(one.row);
        json["column"] = jsonText(one.column);
        addResult(json, one.rule, model);
        return json;
    });
}

Json requirementsJson(const ReportModel &model)
{
    return jsonListOf(model.head.facts.requirements, [&](const RunFacts::Requirement &one) {
        Json json = jsonObject();
        json["id"] = jsonText(one.id);
        json["text"] = jsonText(one.text);
        addResult(json, one.rule, model);
        return json;
    });
}

Json acceptanceJson(const ReportModel &model)
{
    if (!model.acceptance)
        return Json::null();
    const AcceptanceResult &acceptance = *model.acceptance;
    Json json = jsonObject();
    json["text"] = jsonText(acceptance.text);
    json["accepted"] = acceptance.isAccepted;
    json["met"] = acceptance.met;
    json["of"] = acceptance.of;
    json["met_weight"] = jsonNumber(acceptance.metWeight);
    json["weight"] = jsonNumber(acceptance.weight);
    json["not_met"] = textsOf(acceptance.notMet, model);
    json["not_shown"] = textsOf(acceptance.notShown, model);
    json["required"] = jsonListOf(acceptance.required, [&](std::size_t rule) {
        Json one = jsonObject();
        one["rule"] = jsonText(model.rules[rule].rule.text);
        one["result"] = jsonText(standingName(model.rules[rule].standing));
        return one;
    });
    return json;
}

Json objectivesSchema()
{
    return listOf("The table of objectives, cell by cell; empty when the scenario has none",
                  objectOf("One cell",
                           with({{"row", text("Step by name, path or glob; all for all of them")},
                                 {"column", text("Its metric")}},
                                resultFields())));
}

Json requirementsSchema()
{
    return listOf(
        "What the run had to prove",
        objectOf("One requirement",
                 with({{"id", text("What others call it")}, {"text", text("What it asks for")}}, resultFields())));
}

Json acceptanceSchema()
{
    return orNull(objectOf(
        "How many of its rules the run had to meet; null: all",
        {{"text", text("As written: at least 5 of 6, at least 80 %")},
         {"accepted", flag("Whether enough were met, and all that is required besides")},
         {"met", count("Rules that are met")},
         {"of", count("Rules that count: all but the implicit one and those from outside the scenario")},
         {"met_weight", number("Their weights")},
         {"weight", number("Weights of all that count")},
         {"not_met", listOf("Rules that are not met", text("The rule"))},
         {"not_shown", listOf("Rules that are undecided or were not run, counted as not met", text("The rule"))},
         {"required", listOf("Rules that must be met besides: the implicit one, and those from outside the scenario",
                             objectOf("One of them", {{"rule", text("The rule")}, {"result", standingWord()}}))}}));
}

} // namespace Headroom
