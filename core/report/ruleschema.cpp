// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/ruleschema.h"

#include "core/report/schemaparts.h"

namespace Headroom {

using namespace SchemaParts;

Json ruleSchema()
{
    Json bound = jsonObject();
    bound["description"] =
        "In the metric's unit: ms, share (0 to 1), per second, bytes or a number; [low, high] for between";
    Json shapes = jsonList();
    shapes.push_back(numberOrNull("One bound; null when the rule cannot be read"));
    shapes.push_back(pairOf("Both bounds of between"));
    bound["anyOf"] = std::move(shapes);
    return objectOf("One rule",
                    {{"text", text("The rule as written")},
                     {"metric", orNull(text("What is judged; null when the rule cannot be read"))},
                     {"bound", std::move(bound)},
                     {"value", numberOrNull("Measured value, in the metric's unit")},
                     {"interval", pairOf("95 % interval of the value; null where it is open or not known")},
                     {"window", orNull(pairOf("Judged time, in s since the start of the run"))},
                     {"samples", count("Requests, iterations, sends or probe values behind the value")},
                     {"result", word("How the rule stands", {"met", "not_met", "undecided", "not_run"})}});
}

} // namespace Headroom
