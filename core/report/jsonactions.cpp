// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonactions.h"

#include "core/report/jsonjudgement.h"
#include "core/report/jsontargethealth.h"
#include "core/report/jsonvalue.h"
#include "core/report/schemaparts.h"

namespace Headroom {

namespace {

using namespace SchemaParts;

Json estimateJson(const std::optional<Estimate> &estimate, Rule::Unit unit)
{
    if (!estimate)
        return Json::null();
    Json json = jsonObject();
    json["value"] = jsonInUnit(estimate->value, unit);
    json["interval"] = jsonPair(jsonInUnit(estimate->interval.low, unit), jsonInUnit(estimate->interval.high, unit));
    return json;
}

Json measureJson(const EffectMeasure &measure)
{
    Json json = jsonObject();
    json["metric"] = jsonText(measure.metric);
    json["before"] = estimateJson(measure.before, measure.unit);
    json["samples_before"] = measure.samplesBefore;
    json["after"] = estimateJson(measure.after, measure.unit);
    json["samples_after"] = measure.samplesAfter;
    json["change"] = estimateJson(measure.change, measure.unit);
    return json;
}

Json windowJson(const EffectWindow &window)
{
    return window.seconds() > 0 ? jsonPair(jsonSeconds(double(window.from)), jsonSeconds(double(window.end)))
                                : Json::null();
}

Json doneJson(const ActionEffect &effect)
{
    Json json = jsonObject();
    json["t_s"] = jsonSeconds(effect.done.at);
    json["took_s"] = jsonSeconds(effect.done.took);
    json["done"] = effect.done.isDone;
    json["text"] = jsonText(effect.done.text);
    json["outcome"] = jsonText(effectOutcomeName(effect.outcome));
    json["result"] = effect.standing ? jsonText(standingName(*effect.standing)) : Json::null();
    json["reason"] = jsonTextOrNull(effect.reason);
    json["before_s"] = windowJson(effect.before);
    json["after_s"] = windowJson(effect.after);
    json["measures"] = jsonListOf(effect.measures, measureJson);
    json["drain"] = drainJson(effect.done.drain);
    return json;
}

Json estimateSchema(const char *help)
{
    return orNull(
        objectOf(help,
                 {{"value", numberOrNull("In ms for times, else as a fraction")},
                  {"interval", pairOf("95 % interval, widened as far as neighbouring samples resemble each other")}}));
}

Json measureSchema()
{
    return objectOf(
        "One metric",
        {{"metric", text("As in a rule")},
         {"before", estimateSchema("Before the action; null without samples")},
         {"samples_before", count("What it rests on")},
         {"after", estimateSchema("Behind the action and its settling; null without samples")},
         {"samples_after", count("What it rests on")},
         {"change", estimateSchema("After less before; null when too few samples, or another load, leave it open")}});
}

Json doneSchema()
{
    Json window = pairOf("First second, and the one behind the last");
    return objectOf(
        "One time that it was done",
        {{"t_s", number("When it was begun, in s since the start of the run")},
         {"took_s", number("Until its answer or the end of its program, in s")},
         {"done", flag("Whether it went as it was meant")},
         {"text", text("What came of it, in one sentence")},
         {"outcome",
          word("The effect against what was expected; measured when nothing was",
               {"as_expected", "less_than_expected", "more_than_expected", "opposite", "no_detectable_effect",
                "unclear", "measured", "not_judged"})},
         {"result",
          orNull(word("What that means for the verdict; null when nothing was expected",
                      {"met", "not_met", "undecided"}))},
         {"reason", orNull(text("Why it was not judged"))},
         {"before_s", orNull(window)},
         {"after_s", orNull(window)},
         {"measures",
          listOf("What was compared: the expected metric, else p95 and errors of all steps", measureSchema())},
         {"drain", drainSchema()}});
}

} // namespace

Json actionsJson(const ReportModel &model)
{
    Json items = jsonList();
    for (int index = 0; const RunFacts::Action &action : model.head.facts.actions) {
        Json json = jsonObject();
        json["name"] = jsonText(action.name);
        json["ladder"] = jsonTextOrNull(action.ladder);
        json["what"] = jsonText(action.text);
        json["when"] = jsonText(action.when);
        json["by_hand"] = action.isByHand;
        json["expected"] = jsonTextOrNull(action.expectEffect);
        Json done = jsonList();
        for (const ActionEffect &effect : model.actions) {
            if (effect.done.action == index)
                done.push_back(doneJson(effect));
        }
        json["done"] = std::move(done);
        items.push_back(std::move(json));
        ++index;
    }
    return items;
}

Json actionSchema()
{
    return objectOf("One action, or one rung of a ladder",
                    {{"name", text("Its name")},
                     {"ladder", orNull(text("The ladder whose rung it is"))},
                     {"what", text("What is done: the request or the command")},
                     {"when", text("When it is done, in words")},
                     {"by_hand", flag("Whether a hand does it")},
                     {"expected", orNull(text("The effect that was expected, as written"))},
                     {"done", listOf("Each time that it was done, in the order of their ends", doneSchema())}});
}

} // namespace Headroom
