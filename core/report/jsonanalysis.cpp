// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonanalysis.h"

#include "core/report/analysistext.h"
#include "core/report/jsonjudgement.h"
#include "core/report/schemaparts.h"

namespace Headroom {

namespace {

using namespace SchemaParts;

Json balanceJson(const LittleBalance &balance)
{
    Json json = jsonObject();
    json["counted"] = jsonNumber(balance.counted);
    json["expected"] = jsonNumber(balance.expected);
    json["holds"] = balance.holds();
    return json;
}

Json balanceSchema(const char *help)
{
    return objectOf(help,
                    {{"counted", number("Mean number of requests, counted as they came and went")},
                     {"expected", number("The same by Little's law: finished per second x mean time")},
                     {"holds", flag("They differ by at most 5 %, or by at most one request")}});
}

/// The open model has a rate, the closed one users.
void addLoad(Json &json, double load, const RunFacts &facts)
{
    json["offered_per_s"] = facts.isOpenModel ? jsonNumber(load) : Json::null();
    json["wanted_users"] = facts.isOpenModel ? Json::null() : jsonNumber(load);
}

Fields loadSchema()
{
    return {{"offered_per_s", numberOrNull("Open model: planned iterations per second")},
            {"wanted_users", numberOrNull("Closed model: users by plan or hand")}};
}

} // namespace

Json segmentJson(const Segment &segment, const RunFacts &facts)
{
    Json json = jsonObject();
    json["stage"] = jsonText(stageName(facts, segment.stage));
    json["from_s"] = segment.from;
    json["to_s"] = segment.end;
    addLoad(json, segment.load, facts);
    json["achieved_per_s"] = jsonNumber(segment.startedPerSecond);
    json["requests_per_s"] = jsonNumber(segment.finishedPerSecond);
    json["mean_in_flight"] = jsonNumber(segment.meanInFlight);
    json["mean_backlog"] = jsonNumber(segment.meanBacklog);
    json["mean_service_ms"] = jsonMilliseconds(segment.meanServiceMs);
    json["mean_response_ms"] = jsonMilliseconds(segment.meanResponseMs);
    json["little_service"] = balanceJson(segment.service);
    json["little_response"] = balanceJson(segment.response);
    const auto &from = segment.steady.from;
    json["steady_from_s"] = from ? Json(segment.from + int(*from)) : Json::null();
    json["not_steady"] = jsonTextOrNull(segment.steady.reason);
    return json;
}

Json crossingJson(const Crossing &crossing, const RunFacts &facts)
{
    Json json = jsonObject();
    json["stage"] = jsonText(stageName(facts, crossing.stage));
    json["rule"] = jsonText(crossing.rule.text);
    json["crossed"] = crossing.isCrossed;
    json["t_s"] = crossing.second;
    addLoad(json, crossing.load, facts);
    json["users"] = crossing.users;
    json["achieved_per_s"] = jsonNumber(crossing.startedPerSecond);
    json["value"] = jsonInUnit(crossing.value, crossing.rule.unit);
    json["bound"] = jsonInUnit(crossing.rule.bound, crossing.rule.unit);
    return json;
}

Json recoveryJson(const Recovery &recovery, const RunFacts &facts)
{
    Json json = jsonObject();
    json["stage"] = jsonText(stageName(facts, recovery.stage));
    json["overload_from_s"] = recovery.from;
    json["overload_to_s"] = recovery.end;
    json["level_ms"] = jsonMilliseconds(recovery.levelMs);
    json["recovery_s"] = jsonNumber(recovery.seconds);
    json["watched_s"] = recovery.watchedSeconds;
    json["p95_ms"] = jsonMilliseconds(recovery.lastMs);
    return json;
}

Json segmentSchema()
{
    Fields fields{{"stage", text("Stage that it lies in")},
                  {"from_s", count("Its first second, since the start of the run")},
                  {"to_s", count("The second behind its last")}};
    fields = with(std::move(fields), loadSchema());
    fields = with(std::move(fields),
                  {{"achieved_per_s", number("Started iterations per second")},
                   {"requests_per_s", number("Finished requests per second")},
                   {"mean_in_flight", number("Requests sent and not finished, on average over time")},
                   {"mean_backlog", number("Iterations due and not started, on average over time")},
                   {"mean_service_ms", number("Of all finished requests, in ms")},
                   {"mean_response_ms", number("Of all finished requests, in ms")},
                   {"little_service", balanceSchema("In flight, against service times")},
                   {"little_response", balanceSchema("In flight and backlog, against response times")},
                   {"steady_from_s", orNull(count("From where on its response time is steady; null: no steady state"))},
                   {"not_steady", orNull(text("Why no steady state was found; null when one was"))}});
    return objectOf(
        "A stretch of at least 30 s between two changes of the load, 5 s of settling cut off; its means are "
        "those of its steady part when it has one",
        fields);
}

Json crossingSchema()
{
    Fields fields{{"stage", text("The stage with the rising load")},
                  {"rule", text("The rule, as written")},
                  {"crossed", flag("It broke for good: in at least 3 seconds in a row, and not met again in as many")},
                  {"t_s", count("The first of the broken seconds; when never crossed, the last one judged")}};
    fields = with(std::move(fields), loadSchema());
    fields = with(std::move(fields),
                  {{"users", count("Users alive (closed) or iterations under way (open) at the end of that second")},
                   {"achieved_per_s", number("Iterations started in that second")},
                   {"value", number("What the rule judges, over the last 10 s; in ms, or a fraction")},
                   {"bound", number("The rule's bound, in the same unit")}});
    return objectOf("Where a rising load met a rule's bound, or up to where it never did", fields);
}

Json recoverySchema()
{
    return objectOf("How long p95 of the response time took to come back after an overload",
                    {{"stage", text("Stage that the overload ended with")},
                     {"overload_from_s", count("Its first second")},
                     {"overload_to_s", count("The first second of the lower load")},
                     {"level_ms", number("p95 of the 10 s before the overload, in ms")},
                     {"recovery_s",
                      numberOrNull("From overload_to_s until p95 is at most 10 % or 1 ms above that level; "
                                   "null: not within watched_s")},
                     {"watched_s", count("How long p95 was followed, in s")},
                     {"p95_ms", numberOrNull("p95 when it was back, else the last one, in ms; null when there were too "
                                            "few requests or seconds to tell")}});
}

} // namespace Headroom
