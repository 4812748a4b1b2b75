// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/limitschema.h"

#include "core/report/schemaparts.h"

namespace Headroom {

using namespace SchemaParts;

namespace {

Json broken(const char *help)
{
    return orNull(objectOf(help,
                           {{"rule", text("The rule as written")},
                            {"value", numberOrNull("Measured value, in the metric's unit as in rules")},
                            {"bound", numberOrNull("Its bound; of between the lower one")}}));
}

Json knee()
{
    return orNull(objectOf("Where p95 over the rate turns from flat to steep; null when it does not, or for fewer than "
                           "four rates",
                           {{"rate_per_s", number("Iterations per second")},
                            {"p95_ms", number("Response time there, in ms")},
                            {"from_per_s", number("Lowest rate that it was looked for among")},
                            {"to_per_s", number("Highest rate that it was looked for among")}}));
}

Json notShown(const char *what)
{
    return orNull(
        objectOf(what, {{"rule", text("The rule as written")}, {"reason", text("Why it is undecided; may be empty")}}));
}

Json limitProbe()
{
    return objectOf(
        "One rate that was tried",
        {{"rate_per_s", number("Iterations per second")},
         {"start_s", count("Second from which on the rate held")},
         {"from_s", count("Second from which on it was judged, settled")},
         {"to_s", count("Second before which the judging ended")},
         {"confirming", flag("Whether it was the longer judgement of the rate found")},
         {"verdict",
          word("held: no rule that load can break was broken, and when confirming each with \"surely\" was met; broke: "
               "one "
               "was; not_shown: confirming broke none, but its samples do not show that one with \"surely\" is met; "
               "generator_limited: the rate did not hold, but the generator was late",
               {"held", "broke", "not_shown", "generator_limited", "running"})},
         {"p95_ms", numberOrNull("95th percentile of the response time of all steps, in ms")},
         {"errors", numberOrNull("Share of requests, 0 to 1")},
         {"achieved", numberOrNull("Started of the planned iterations, 0 to 1; above 1 when it caught up")},
         {"broke", broken("First rule that was not met")},
         {"not_shown", notShown("First rule with \"surely\" that confirming left undecided")},
         {"hopeless",
          flag("Whether arrivals found no free user: waited ever longer, so that it was left early, or were dropped")},
         {"at_cap", flag("Whether arrivals waited or were dropped because all users were taken")}});
}

} // namespace

Json limitSchema()
{
    return orNull(objectOf(
        "What a search for the limit has found; null for a run without one",
        {{"ending",
          word(
              "found; at_least: nothing broke up to the highest rate allowed; nothing_held: rules broke at every rate; "
              "unstable: rates held and were not confirmed; generator_limit: it was late before the target was at its "
              "limit; not_recovered: the target did not come back; out_of_time; running: not over",
              {"found", "at_least", "nothing_held", "unstable", "generator_limit", "not_recovered", "out_of_time",
               "running"})},
         {"text", text("The finding in one line")},
         {"remarks", listOf("What stands behind it", text("One sentence"))},
         {"confirmed", flag("Whether the sustainable rate held when it was judged again for longer")},
         {"planned_per_s", number("Planned rate, where the search began")},
         {"up_to_per_s", number("The search never goes beyond it")},
         {"hold_s", number("How long each rate was judged, in s")},
         {"confirm_s", number("How long the rate found was judged again, in s")},
         {"within", number("Share of its lower end that the interval was to be narrower than")},
         {"sustainable_per_s", numberOrNull("Highest rate that held below all that broke: the interval's lower end")},
         {"broken_per_s", numberOrNull("Lowest rate that broke a rule or was not confirmed: the interval's upper end")},
         {"generator_limited_per_s", numberOrNull("Rate at which the generator was the limit")},
         {"headroom", numberOrNull("Sustainable / planned rate")},
         {"broke_first", broken("The rule that broke at the interval's upper end")},
         {"first_not_shown", notShown("The rule that could not be shown to be met there")},
         {"at_cap", flag("Whether all users were taken there")},
         {"knee", knee()},
         {"probes", listOf("Every rate that was tried, in order", limitProbe())}}));
}

} // namespace Headroom
