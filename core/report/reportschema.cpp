// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reportschema.h"

#include "core/report/attachmentlist.h"
#include "core/report/jsonactions.h"
#include "core/report/jsonanalysis.h"
#include "core/report/jsonmemory.h"
#include "core/report/jsonnetwork.h"
#include "core/report/jsonobjectives.h"
#include "core/report/jsonobservations.h"
#include "core/report/jsonslowest.h"
#include "core/report/jsontargethealth.h"
#include "core/report/limitschema.h"
#include "core/report/mappingstable.h"
#include "core/report/profilereport.h"
#include "core/report/ruleschema.h"
#include "core/report/schemaparts.h"

#include <utility>
#include <vector>

namespace Headroom {

namespace {

using namespace SchemaParts;

Fields distribution()
{
    return {{"min", numberOrNull("Smallest, in ms, exact")},
            {"max", numberOrNull("Largest, in ms, exact")},
            {"mean", numberOrNull("Mean, in ms, exact")},
            {"p50", numberOrNull("Median, in ms, to three significant digits, as all percentiles")},
            {"p75", numberOrNull("75th percentile, in ms")},
            {"p90", numberOrNull("90th percentile, in ms")},
            {"p95", numberOrNull("95th percentile, in ms")},
            {"p99", numberOrNull("99th percentile, in ms")},
            {"p99_9", numberOrNull("99.9th percentile, in ms")},
            {"few_samples",
             listOf("Percentiles that rest on too few samples for a two-sided 95 % bound",
                    word("Name of a percentile", {"p50", "p75", "p90", "p95", "p99", "p99_9"}))}};
}

Json latency()
{
    const Json intervals =
        objectOf("95 % intervals of percentiles, in ms, widened as far as neighbouring samples resemble each other; an "
                 "end that too few samples leave open is null",
                 {{"p50", pairOf("Of the median")},
                  {"p95", pairOf("Of the 95th percentile")},
                  {"p99", pairOf("Of the 99th percentile")}});
    Fields fields = with({{"count", count("Samples")},
                          {"censored", count("Of these, requests that timed out or were cut at the end, at their elapsed time")}},
                         distribution());
    fields.push_back({"interval_ms", intervals});
    return objectOf("Times of requests; null without samples", fields);
}

Json lag()
{
    return objectOf("Delays in the generator, and of connections; null without samples",
                    with({{"count", count("Samples")}}, distribution()));
}

Fields block()
{
    return {{"response_ms", reference("End minus planned start: what a caller who keeps the plan feels", "latency")},
            {"service_ms", reference("End minus send", "latency")},
            {"rejected_ms", reference("Response times of rejections", "latency")},
            {"failed_ms", reference("Response times of complete answers that were errors", "latency")},
            {"requests", count("Finished requests: answered as expected, rejected, and errors")},
            {"iterations", count("Completed iterations; of a step: those of its flow")},
            {"errors", count("No complete answer, a status that is not expected, or a failed check")},
            {"error_interval",
             pairOf("95 % interval of errors / requests, widened as far as neighbouring requests resemble each other")},
            {"rejected", count("Complete answers with 429 or 503 that the scenario expects")},
            {"dropped", count("Planned iterations that were not started, because all users were taken")},
            {"resends", count("Times the transport sent a request again by itself")},
            {"redirects", count("Redirects followed")},
            {"rate_per_s", number("Finished requests per second of the window")},
            {"bytes_in", count("Body bytes received")},
            {"bytes_out", count("Body bytes sent")},
            {"status", mapOf("Complete answers by HTTP status", count("Answers"))}};
}

/// Of a window over all steps.
Fields windowBlock()
{
    return with(block(),
                {{"first_byte_ms",
                  reference("First byte minus send, of the requests in service_ms; one that had no head in time stands in "
                            "it at its elapsed time",
                            "latency")}});
}

Json session()
{
    return objectOf("The recording",
                    {{"started_at", orNull(text("Wall clock at the start, ISO 8601, UTC"))},
                     {"ended_at", orNull(text("Wall clock at the end, ISO 8601, UTC"))},
                     {"duration_s", number("From the start to the end of the last recorded second, in s")},
                     {"closed_cleanly", flag("False when the recording program was killed or could not write on, as on a full disk")},
                     {"ending",
                      orNull(text("completed, stopped, interrupted, stop_rule, target_lost or fault; null "
                                  "when it was not closed cleanly"))},
                     {"ending_text", orNull(text("What ended the run; null when it was walked to its end"))},
                     {"unfinished", orNull(count("Requests under way at the end of the grace time, cut"))}});
}

Json scenario()
{
    return objectOf(
        "What was run",
        {{"name", text("Name of the scenario")},
         {"file", orNull(text("File name without folder; null for a run of a bare URL"))},
         {"sha256", text("SHA-256 of the scenario's bytes, in hexadecimal")},
         {"text", text("The scenario as it was read")},
         {"profiles",
          listOf("The profile chosen of each group, and the environment",
                 text("mode: stub, or environment: staging"))},
         {"overrides",
          listOf("What the command line changed",
                 objectOf("One change",
                          {{"path", text("Place in the scenario")}, {"value", text("Value, as written")}}))}});
}

Json load()
{
    const Json stage = objectOf("One stage",
                                {{"name", text("Name of the stage")},
                                 {"start_s", number("Planned start, in s since the start of the run")},
                                 {"length_s", number("Planned length, in s")},
                                 {"from", number("Iterations per second (open) or users (closed) at its start")},
                                 {"to", number("The same at its end")},
                                 {"warm_up", flag("Whether it is left out of what is measured")}});
    const Json connections = objectOf(
        "How connections were made and encrypted",
        {{"words", text("All of it for people, with the transport; runs whose words differ are hard to compare")},
         {"http", word("Version of HTTP", {"1.1", "2"})},
         {"reused", flag("False: each request had a connection of its own")},
         {"streams", count("Requests at once on one connection of HTTP/2")},
         {"family", word("Addresses that were connected to", {"any", "ipv4", "ipv6"})},
         {"resolved_each_time", flag("Names were looked up for each connection; else once")},
         {"socket", orNull(text("Name of the local socket that requests went to"))},
         {"from", listOf("Addresses that connections came from, in turn; empty: the system's choice", text("IP address"))},
         {"tls", flag("Some requests went over TLS")},
         {"verified", orNull(flag("The server's certificate had to be valid; null without TLS"))},
         {"resumed", orNull(flag("A new connection could go on with an earlier session; null without TLS"))},
         {"own_authorities", flag("Certificates were trusted that the scenario names, instead of the system's")},
         {"client_certificate", flag("The client had a certificate of its own")},
         {"server_name", orNull(text("Asked for and verified instead of the URL's host"))}});
    const Json batches = objectOf("So many iterations at once, so many times, with a barrier after each",
                                  {{"count", count("Batches")}, {"size", count("Iterations of each")}});
    return objectOf("The planned load",
                    {{"target", text("URL of the target, without user and query; lines: and the command or socket of one that is no HTTP service; of a merged session all of them, with commas between")},
                     {"transport", text("What sent the requests: qnam, direct, or lines for a target that is no HTTP service")},
                     {"connections", orNull(connections)},
                     {"model", word("open: a rate of iterations; closed: a number of users", {"open", "closed"})},
                     {"seed", count("Seed of all randomness")},
                     {"workers", count("Worker threads")},
                     {"users_cap", orNull(count("Open model: most iterations under way at once"))},
                     {"late", orNull(text("Open model, at the cap: queue or drop"))},
                     {"spacing", orNull(text("Open model, how arrivals are spread: even or poisson"))},
                     {"iterations", orNull(count("Planned number of iterations, when it is fixed"))},
                     {"iterations_each", orNull(count("The same of each user"))},
                     {"batches", orNull(batches)},
                     {"planned_length_s", number("Sum of the stages, in s")},
                     {"stages", listOf("The load profile", stage)}});
}

Json batch()
{
    return objectOf("One batch, from its release to the end of its last request",
                    {{"batch", count("Its number, from 1")},
                     {"start_s", number("Its release, in s since the start of the run")},
                     {"length_s", number("In s")},
                     {"started", count("Iterations that were started")},
                     {"completed", count("Iterations walked to their end")},
                     {"rate_per_s", number("Completed iterations for each second of the batch")},
                     {"requests", count("Finished requests")},
                     {"errors", count("As in totals")},
                     {"rejected", count("As in totals")},
                     {"samples", count("Response times behind the next three")},
                     {"p50_ms", numberOrNull("Median response time, in ms")},
                     {"p95_ms", numberOrNull("95th percentile of the response time, in ms")},
                     {"max_ms", numberOrNull("Longest response time, in ms")},
                     {"few_samples", listOf("Percentiles that rest on too few samples", word("Name", {"p50", "p95"}))},
                     {"probes", mapOf("Probe series by probe.field, read at the barrier after the batch",
                                      numberOrNull("Null when the probe had no value"))}});
}

Json batchTotals()
{
    return objectOf("All batches together; null without batches",
                    {{"batches", count("Batches that were begun")},
                     {"completed", count("Iterations walked to their end")},
                     {"length_s", number("From the first release to the end of the last request, in s")},
                     {"rate_per_s", number("Throughput of batches: completed iterations / length_s")},
                     {"busy_s", number("Sum of the lengths of the batches, without the time between them, in s")},
                     {"busy_rate_per_s", number("Completed iterations / busy_s")}});
}

Json flow()
{
    return objectOf(
        "One flow, over the measured window",
        {{"name", text("Name of the flow")},
         {"intended_share", numberOrNull("Of the weighted flows' iterations, 0 to 1; null with its own rate")},
         {"achieved_share", numberOrNull("The same of the iterations that were started")},
         {"own_rate_per_s", numberOrNull("Planned iterations per second of a flow with a rate of its own")},
         {"achieved_rate_per_s", number("Started iterations per second")},
         {"planned", count("Planned iterations; in the closed model the started ones")},
         {"started", count("Started iterations")},
         {"completed", count("Iterations walked to the end, with or without errors")},
         {"dropped", count("Iterations dropped because all users were taken")}});
}

Json series()
{
    const auto numbers = [](const char *help) { return listOf(help, number("Value of the second")); };
    const auto counts = [](const char *help) { return listOf(help, count("Value at the end of the second")); };
    const auto times = [](const char *help) {
        return listOf(help, numberOrNull("Of the second; null without samples"));
    };
    const auto byWorker = [](const char *help) { return listOf(help, listOf("By worker", number("Of the second"))); };
    return objectOf("Columns of equal length, one row for each second",
                    {{"t_s", listOf("Start of the second, in s since the start of the run", count("Second"))},
                     {"offered_per_s", numbers("Planned iterations per second; in the closed model the started ones")},
                     {"achieved_per_s", numbers("Started iterations per second")},
                     {"requests_per_s", numbers("Finished requests per second")},
                     {"errors_per_s", numbers("Errors per second")},
                     {"rejected_per_s", numbers("Rejections per second")},
                     {"dropped_per_s", numbers("Dropped iterations per second")},
                     {"backlog", counts("Iterations planned and not yet started")},
                     {"in_flight", counts("Requests sent and not finished")},
                     {"users", counts("Users (closed) or iterations under way (open)")},
                     {"p50_ms", times("Median response time, in ms")},
                     {"p95_ms", times("95th percentile of the response time, in ms")},
                     {"p99_ms", times("99th percentile of the response time, in ms")},
                     {"service_p50_ms", times("Median service time, in ms")},
                     {"service_p95_ms", times("95th percentile of the service time, in ms")},
                     {"service_p99_ms", times("99th percentile of the service time, in ms")},
                     {"first_byte_p50_ms", times("Median time from the send to the first byte, in ms")},
                     {"first_byte_p95_ms", times("95th percentile of it, in ms")},
                     {"first_byte_p99_ms", times("99th percentile of it, in ms")},
                     {"opened",
                      listOf("Connections that were opened",
                             orNull(count("In the second; null when the transport cannot tell")))},
                     {"limited_by",
                      listOf("What held the load back",
                             word("The generator was late; the plan's own cap or think times; the target had become "
                                  "slower; else nothing",
                                  {"nothing", "generator", "plan", "target"}))},
                     {"sends", counts("Requests handed to the network")},
                     {"late_sends", counts("Of these, sent later than max(1 ms, 10 % of the median service time) after "
                                           "they could have been")},
                     {"resends", counts("Times the transport sent a request again by itself")},
                     {"send_lag_p99_ms", times("99th percentile of send minus planned start, in ms")},
                     {"loop_lag_p99_ms", times("99th percentile of the lateness of the event loops, in ms")},
                     {"process_cpu_percent", numbers("CPU of the whole program; 100 is one processor")},
                     {"worker_cpu_percent", numbers("CPU of the worker threads; 100 is one processor")},
                     {"busy_percent", numbers("Of what its busiest thread can do; at 100 it can do no more")},
                     {"wait_percent", numbers("Run-queue wait of all its threads; 100 is one thread waiting always")},
                     {"connections", counts("Connected TCP sockets")},
                     {"descriptors", counts("Open descriptors")},
                     {"loop_lag_p99_ms_by_worker", byWorker("The same of each worker's event loop")},
                     {"cpu_percent_by_worker", byWorker("CPU of each worker thread; 100 is one processor")},
                     {"wait_percent_by_worker",
                      byWorker("Time each could have run and another thread had its processor")}});
}

Json probe()
{
    return objectOf("One probe series",
                    {{"unit", orNull(text("bytes, percent, seconds or count; null when the number has none"))},
                     {"values", listOf("One for each t_s of the series", numberOrNull("Null when the probe had none"))},
                     {"min", numberOrNull("Smallest value of the measured window, as of all below; null when it had none")},
                     {"max", numberOrNull("Largest")},
                     {"mean", numberOrNull("Mean")},
                     {"last", numberOrNull("Last")}});
}

Json health()
{
    return objectOf(
        "The generator itself, over the measured window",
        {{"cpu_us_per_request", numberOrNull("Processor time of the whole program for each request, in us")},
         {"send_lag_ms", reference("Send minus planned start", "lag")},
         {"loop_lag_ms", reference("Lateness of the workers' event loops", "lag")},
         {"generator_limited_share", numberOrNull("Share of measured seconds in which the generator was late, 0 to 1")},
         {"ceiling_rate_per_s",
          numberOrNull("Requests per second this generator can do: 1 / CPU of its busiest thread for a request; null "
                       "when it did too little to tell")},
         {"wait_s", number("Time its threads could have run and other threads had the processor, summed, in s")},
         {"most_connections", count("Most TCP sockets that were connected")},
         {"most_descriptors", count("Most descriptors that were open")},
         {"descriptor_limit", orNull(count("How many it may have open"))},
         {"limited_seconds",
          objectOf("Measured seconds by what held their load back",
                   {{"nothing", count("The load was what the plan wanted")},
                    {"generator", count("The generator was late")},
                    {"plan", count("The plan's own cap, think times or pacing")},
                    {"target", count("The target had become slower, or did not answer")}})}});
}

Json event()
{
    return objectOf("One event",
                    {{"t_s", number("In s since the start of the run; negative before it")},
                     {"kind", text("One word: stage, steer, rule, search, action, profile, stop, probe, target, interrupt, note ...")},
                     {"text", text("One sentence")}});
}

Json failureExample()
{
    return objectOf("One failed exchange of the kind; null when none was kept",
                    {{"method", text("Method of the request")},
                     {"url", text("Its URL, without user info")},
                     {"detail", orNull(text("What the answer had where it failed a check; null without"))},
                     {"content_type", orNull(text("Of the answer; null when it had none"))},
                     {"body", orNull(text("First bytes of the answer's body as UTF-8; null when there is none"))},
                     {"body_bytes", count("Bytes of all of the body")}});
}

Json failureRow()
{
    return objectOf("One kind of failure",
                    {{"step", orNull(text("Name of the step"))},
                     {"kind", text("Failure kind, as in share(KIND)")},
                     {"status", orNull(count("HTTP status; null without an answer"))},
                     {"message", text("One sentence")},
                     {"count", count("How often")},
                     {"first_s", count("Second of the first one")},
                     {"last_s", count("Second of the last one")},
                     {"example", orNull(failureExample())}});
}

Json validity()
{
    return objectOf("Whether the numbers can be trusted",
                    {{"valid", flag("False when the generator was late too often")},
                     {"measured_seconds", count("Seconds without warm-up and drain")},
                     {"generator_limited_seconds", count("Of these, seconds in which the generator was late")},
                     {"reasons", listOf("Why the run is not valid, and what would help", text("One sentence"))},
                     {"warnings", listOf("What to bear in mind", text("One sentence"))}});
}

Json verdict()
{
    return objectOf("The judgement",
                    {{"result", word("Over all rules", {"met", "not_met", "undecided", "none"})},
                     {"valid", flag("As in validity")},
                     {"reasons", listOf("What speaks against a plain yes", text("One sentence"))},
                     {"exit_code", count("What headroom run returns for it")}});
}

Fields topFields()
{
    Json version = ofType("string", "Name and version of this schema");
    version["const"] = "headroom-report/1";
    return {
        {"schema", std::move(version)},
        {"tool", objectOf("The program that recorded", {{"name", text("Its name")}, {"version", text("Its version")}})},
        {"session", session()},
        {"scenario", scenario()},
        {"environment", mapOf("Machine and build the run was made with", text("One fact"))},
        {"load", load()},
        {"by_hand",
         objectOf("What a hand did to the load while it was on; the events tell each change",
                  {{"changes", count("Changes of load, plan or rules")},
                   {"paused_s", number("Seconds with a pause in them: of no stage, and not measured")},
                   {"load_s", number("How long the load lasted, pauses and holds included; compare load.planned_length_s")}})},
        {"totals", objectOf("Everything sent, over all seconds", windowBlock())},
        {"measured", objectOf("What rules judge: without warm-up stages, pauses by hand and the drain", windowBlock())},
        {"connections", openingsSchema()},
        {"steps",
         listOf("Every step, over the measured window",
                objectOf("One step",
                         with({{"name", text("Name as written, else the path")},
                               {"method", text("HTTP method")},
                               {"path", text("Path, before variables are filled in")},
                               {"flow", orNull(text("Name of its flow"))}},
                              block())))},
        {"flows", listOf("Every flow, over the measured window", flow())},
        {"stages",
         listOf("Every stage, over its own seconds without the drain",
                objectOf("One stage", with({{"name", text("Name of the stage")}}, block())))},
        {"batches", listOf("Every batch, in order", batch())},
        {"batch_totals", orNull(batchTotals())},
        {"segments", listOf("Stretches of constant load", segmentSchema())},
        {"crossings", listOf("For each stage with a rising load, where each rule that 10 s can judge broke", crossingSchema())},
        {"recoveries", listOf("What came after overloads", recoverySchema())},
        {"actions", listOf("What was done beside the load, in the scenario's order", actionSchema())},
        {"series", series()},
        {"probes", mapOf("Probe series by probe.field", probe())},
        {"memory", memorySchema()},
        {"resources", resourcesSchema()},
        {"observations", listOf("What answers say of themselves, in the scenario's order", observationSchema())},
        {"server", serverSchema()},
        {"health", health()},
        {"target_health", targetHealthSchema()},
        {"auxiliary",
         objectOf("Requests that are not load",
                  {{"requests", orNull(count("Requests of gates, probes and actions"))}})},
        {"events", listOf("Marks on the time axis, by time", event())},
        {"failures", listOf("Failures over all seconds, most frequent first", failureRow())},
        {"slowest", slowestSchema()},
        {"samples", samplesSchema()},
        {"memory_mappings", mappingsSchema()},
        {"attachments", attachmentsSchema()},
        {"profiles", profilesSchema()},
        {"dashboards", dashboardsSchema()},
        {"limit", limitSchema()},
        {"rules", listOf("Every rule in order, the implicit ones last", ruleSchema())},
        {"objectives", objectivesSchema()},
        {"requirements", requirementsSchema()},
        {"acceptance", acceptanceSchema()},
        {"validity", validity()},
        {"verdict", verdict()}};
}

} // namespace

QByteArray reportJsonSchema()
{
    const Json report =
        objectOf("Report of one load test. Absent values are null. Times of requests are in ms, places on "
                 "the time axis in s since the start of the run",
                 topFields());
    Json schema = schemaDocument("urn:headroom:report:1", "Headroom report", report);
    Json definitions = jsonObject();
    definitions["latency"] = latency();
    definitions["lag"] = lag();
    schema["$defs"] = std::move(definitions);
    return toBytes(schema);
}

} // namespace Headroom
