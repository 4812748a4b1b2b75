// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsontargethealth.h"

#include "core/report/healthtiers.h"

#include <ranges>

namespace Headroom {

namespace {

using namespace SchemaParts;

constexpr std::size_t kMostOutages = 1000;

Json tierJson(const HealthTier &tier)
{
    const HealthTier::Outage *longest = tier.longestOutage();
    Json json = jsonObject();
    json["name"] = jsonText(tier.name);
    json["known_s"] = jsonNumber(tier.knownSeconds());
    json["up_share"] = jsonNumber(tier.upShare());
    json["flips"] = tier.flips;
    json["outages"] = tier.outages.size();
    json["longest_outage_s"] = longest ? jsonNumber(longest->seconds()) : Json::null();
    json["down"] = jsonListOf(tier.outages | std::views::take(kMostOutages), [](const HealthTier::Outage &outage) {
        Json one = jsonObject();
        one["from_s"] = jsonNumber(outage.from);
        one["to_s"] = jsonNumber(outage.to);
        one["text"] = jsonText(outage.text);
        return one;
    });
    return json;
}

Json tierSchema()
{
    Json outage = objectOf("One outage",
                           {{"from_s", number("Its begin, in s since the start of the run")},
                            {"to_s", number("Its end; that of what is known when the tier was still down then")},
                            {"text", text("Why it began, in one sentence")}});
    return objectOf("One tier of health: a probe of the kind health",
                    {{"name", text("Name of its probe")},
                     {"known_s", number("How long it was looked at, in s")},
                     {"up_share",
                      numberOrNull("Share of that time in which it was up, 0 to 1; null when it never was "
                                   "looked at")},
                     {"flips", count("How often it went down or came up again; being down at the first look is none")},
                     {"outages", count("How often it was down")},
                     {"longest_outage_s", numberOrNull("In s; null without one")},
                     {"down", listOf("The outages in order, at most 1,000", std::move(outage))}});
}

} // namespace

Json targetHealthJson(const ReportModel &model)
{
    const auto &ready = model.head.facts.timeToReady;
    Json json = jsonObject();
    json["time_to_ready_s"] = ready ? jsonSeconds(*ready) : Json::null();
    json["tiers"] = jsonListOf(healthTiersOf(model), tierJson);
    return json;
}

Json targetHealthSchema()
{
    return objectOf("How well the target was",
                    {{"time_to_ready_s",
                      numberOrNull("From its start by the run, or from when the run began to wait for it, until it was "
                                   "ready, in s; null when the run did neither")},
                     {"tiers", listOf("Its tiers of health, in the scenario's order", tierSchema())}});
}

Json drainJson(const std::optional<DrainFindings> &drain)
{
    if (!drain)
        return Json::null();
    Json json = jsonObject();
    json["drained"] = drain->isDrained();
    json["finished"] = drain->finished;
    json["unfinished"] = drain->unfinished;
    json["turned_away"] = drain->turnedAway;
    json["refused"] = drain->refused;
    json["broken"] = drain->broken;
    json["accepted"] = drain->accepted;
    json["last_accepted_s"] = drain->accepted > 0 ? jsonSeconds(drain->lastAccepted) : Json::null();
    json["took_s"] = jsonSeconds(drain->took);
    json["within_s"] = jsonSeconds(drain->within);
    json["killed"] = drain->wasKilled;
    json["exit_code"] = drain->exitCode ? Json(*drain->exitCode) : Json::null();
    return json;
}

Json drainSchema()
{
    return orNull(objectOf(
        "How the target ended, of an action that told it to while the load went on; null of any other action",
        {{"drained",
          flag("All that was under way was finished, new work was refused from 100 ms after the signal on, and it "
               "ended by itself in time")},
         {"finished", count("Requests under way at the signal that were completely answered, as expected")},
         {"unfinished", count("Of those, all others")},
         {"turned_away",
          count("Requests sent after the signal, while there was a process, or on their way at that moment, that were "
                "answered 503 or 429")},
         {"refused", count("Of those, that got no connection")},
         {"broken", count("Of those, that failed in another way")},
         {"accepted", count("Of those, that were answered like any other")},
         {"last_accepted_s",
          numberOrNull("When the last of the accepted ones was sent, in s from the signal; null "
                       "without one")},
         {"took_s", number("From the signal to the end of the process, in s")},
         {"within_s", number("What it was given, in s")},
         {"killed", flag("It had not ended by then")},
         {"exit_code", orNull(count("Null when a signal ended it, or when it was no child of the run"))}}));
}

} // namespace Headroom
