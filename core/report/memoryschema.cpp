// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/jsonmemory.h"
#include "core/report/schemaparts.h"

namespace Headroom {

namespace {

using namespace SchemaParts;

Fields levels()
{
    return {{"baseline_mb", number("Median of the first tenth of its values, in MB of 1,000,000 bytes, as all")},
            {"peak_mb", number("Highest value")},
            {"final_mb", number("Median of the last tenth")},
            {"growth_mb", number("Final minus baseline; below 0 when it shrank")},
            {"growth_percent", numberOrNull("The same of the baseline; null when that is 0")},
            {"threshold_percent", numberOrNull("Lowest bound that a growth rule gives it")},
            {"limit_mb",
             numberOrNull("Lowest size that a rule bounds it by; else of a process all memory of this machine")},
            {"limit_rule", orNull(text("That rule; null: the machine's memory, or no limit"))},
            {"peak_of_machine_percent", numberOrNull("Peak of a process or control group / memory of this machine")}};
}

Fields trend()
{
    return {
        {"slope_mb_per_h", numberOrNull("By Theil and Sen, of up to 60 pieces of the series; null of a single value")},
        {"slope_interval_mb_per_h", pairOf("95 % interval of it; an end that is open is null")},
        {"slope_mb_per_1000_requests", numberOrNull("The same for 1,000 finished requests; null without requests")},
        {"slope_interval_mb_per_1000_requests", pairOf("95 % interval of it")},
        {"of_floor",
         flag("The trend is that of the lowest values of 20 pieces, as the series gives back what it takes")},
        {"rising_steps_percent", number("Pieces that are above the one before, of those that are not equal to it")},
        {"monotonic_growth", flag("More pieces rise than chance lets, and none takes back half of the rise")},
        {"hours_to_limit", numberOrNull("From the end of the run, at that slope; null when it does not leak")},
        {"hours_to_limit_interval", pairOf("95 % interval of it; an upper end of null is never")}};
}

} // namespace

Json memorySchema()
{
    Fields fields{
        {"series", text("The series, by probe.field")},
        {"window", pairOf("Start of the first and of the last second that had a value and counts, in s")},
        {"samples", count("Values")},
        {"restarted_s",
         orNull(count("Second in which its process was last seen to be a new one; only what came after counts"))}};
    fields = with(fields, levels());
    fields = with(fields,
                  {{"memory_leak_detected", flag("Whether the verdict is leak")},
                   {"verdict",
                    word("leak: it rises beyond chance, its last third does by itself, and by 1 % or 10 MB at least; "
                         "no_leak; not_enough evidence for either",
                         {"leak", "no_leak", "not_enough"})},
                   {"reason", text("Why, half a sentence on the series")}});
    return listOf("Every series of memory, over the measured window", objectOf("One series", with(fields, trend())));
}

Json resourcesSchema()
{
    const Json use =
        objectOf("What was used while the probe had values",
                 {{"probe", text("Name of the probe of a process, a control group or the machine")},
                  {"whole_machine", flag("It is of all that runs on the machine, Headroom included")},
                  {"requests", count("Requests that finished meanwhile")},
                  {"cpu_s", numberOrNull("Processor time, in s of one core")},
                  {"cpu_s_per_request", numberOrNull("The same for each of the requests")},
                  {"requests_per_s_per_core",
                   numberOrNull("Requests for each second of one core: the rate / the cores at work")},
                  {"memory_mb_s_per_request", numberOrNull("Memory held, in MB for a second, for each request")},
                  {"read_bytes_per_request", numberOrNull("Bytes read from storage for each request")},
                  {"write_bytes_per_request", numberOrNull("Bytes written to storage for each request")}});
    return objectOf("What requests of the measured window cost",
                    {{"requests_per_s", number("Finished requests per second")},
                     {"bytes_in_per_request", numberOrNull("Body bytes received for each request")},
                     {"bytes_out_per_request", numberOrNull("Body bytes sent for each request")},
                     {"uses", listOf("What was watched", use)}});
}

} // namespace Headroom
