// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exportschema.h"

#include "core/report/schemaparts.h"

namespace Headroom {

namespace {

using namespace SchemaParts;

Json times(const char *help) { return orNull(text(help)); }

Json step()
{
    return objectOf(
        "What finished of one step in the second",
        {{"requests", count("Finished requests: answered as expected, rejected, and errors")},
         {"answered", count("Complete answers as expected")},
         {"rejected", count("Complete answers with 429 or 503 that the scenario expects")},
         {"errors", count("No complete answer, a status that is not expected, or a failed check")},
         {"censored", count("Errors that ran into a time limit; they stand in the times")},
         {"resends", count("Times the transport sent a request again by itself")},
         {"redirects", count("Redirects followed")},
         {"bytes_in", count("Body bytes received")},
         {"bytes_out", count("Body bytes sent")},
         {"status", mapOf("Complete answers by HTTP status", count("Answers"))},
         {"failures", mapOf("Errors by kind of failure", count("Errors"))},
         {"response_times",
          times("End minus planned start: base64 of an HdrHistogram (V2, compressed), in us; null without any")},
         {"service_times", times("End minus send, the same")},
         {"rejected_times", times("Response times of rejections, the same")},
         {"failed_times", times("Response times of complete answers that were errors, the same")}});
}

Json second()
{
    const Json flow = objectOf("Iterations of one flow",
                               {{"planned", count("Planned in it; in the closed model the started ones")},
                                {"started", count("Started")},
                                {"completed", count("Walked to the end")},
                                {"dropped", count("Not started, because all users were taken")}});
    return objectOf("One second of the run",
                    {{"second", count("From the start of the run, from 0")},
                     {"length_s", number("In s; the last one may be shorter than 1")},
                     {"stage", orNull(text("Name of the stage; null while the run was paused"))},
                     {"measured", flag("False for warm-up, pauses and the drain")},
                     {"drain", flag("After the last planned start")},
                     {"offered_per_s", number("Planned iterations per second; in the closed model the started ones")},
                     {"users", count("Users (closed) or iterations under way (open), at its end")},
                     {"in_flight", count("Requests sent and not finished, at its end")},
                     {"backlog", count("Iterations planned and not yet started, at its end")},
                     {"steps", listOf("By the steps above", step())},
                     {"flows", listOf("By the flows above", flow)},
                     {"probes", listOf("By the series above", numberOrNull("Null when the probe had no value"))}});
}

Fields topFields()
{
    const Json namedStep = objectOf("One step",
                                    {{"name", text("As in the scenario, else the path")},
                                     {"method", text("Method of its request")},
                                     {"path", text("Path of its request, as written")},
                                     {"flow", orNull(text("Name of its flow"))}});
    const Json stage = objectOf("One stage",
                                {{"name", text("Name of the stage")},
                                 {"start_s", number("Planned start, in s since the start of the run")},
                                 {"length_s", number("Planned length, in s")},
                                 {"from", number("Iterations per second (open) or users (closed) at its start")},
                                 {"to", number("The same at its end")},
                                 {"warm_up", flag("Whether it is left out of what is measured")}});
    const Json series =
        objectOf("One series of a probe",
                 {{"name", text("probe.field")},
                  {"unit", orNull(text("bytes, percent, seconds or count; null when the number has none"))}});
    const Json event = objectOf("One event",
                                {{"at_s", number("In s since the start of the run; negative before it")},
                                 {"kind", text("One word")},
                                 {"text", text("One sentence")}});
    return {{"schema", constantText("headroom-export/1", "Name and version of this format")},
            {"version", text("Of the Headroom that recorded")},
            {"name", text("Name of the scenario")},
            {"target", text("URL of the target, without user and query; of a merged session all of them")},
            {"transport", text("What sent the requests: qnam, direct or lines")},
            {"model", word("open: a rate of iterations; closed: a number of users", {"open", "closed"})},
            {"started_at", orNull(text("Wall clock at the start, ISO 8601, UTC"))},
            {"ending",
             orNull(text("completed, stopped, interrupted, stop_rule, target_lost or fault; null when the session "
                         "was not closed, as the recording program was killed or could not write on"))},
            {"steps", listOf("The steps, in the order of those of each second", namedStep)},
            {"flows", listOf("The names of the flows, in the order of those of each second", text("Name"))},
            {"stages", listOf("The load profile", stage)},
            {"series", listOf("The series of probes, in the order of the values of each second", series)},
            {"seconds", listOf("Every second, in order", second())},
            {"events", listOf("Marks on the time axis, by time", event)}};
}

} // namespace

QByteArray exportJsonSchema()
{
    const Json all = objectOf("Everything that was counted and timed in a session, second by second", topFields());
    return toBytes(schemaDocument("urn:headroom:export:1", "Headroom export", all));
}

} // namespace Headroom
