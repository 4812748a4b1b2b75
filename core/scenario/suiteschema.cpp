// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioschema.h"

namespace Headroom {

namespace {

using enum SchemaField::Type;

constexpr SchemaField kSchema[] = {
    {.path = "headroom",
     .type = Integer,
     .isRequired = true,
     .range = "1 to 1",
     .help = "Version of the scenario language; the first line is headroom: 1"},
    {.path = "name", .standard = "suite", .range = "1 to 200", .help = "Title of the suite in reports and file names"},
    {.path = "suite",
     .type = List,
     .isRequired = true,
     .range = "1 to 200",
     .help = "The members: scenarios that are run one after the other"},
    {.path = "suite[]", .type = Object, .help = "One scenario, and what is changed in it"},
    {.path = "suite[].name",
     .range = "1 to 100",
     .help = "Unique among the members; without it, member 1, member 2 and so on"},
    {.path = "suite[].scenario",
     .isRequired = true,
     .range = "1 to 1000",
     .help = "The scenario file, below the folder of the suite"},
    {.path = "suite[].needs",
     .type = Strings,
     .help = "Members before this one; when one of them does not meet its rules, this one is not run"},
    {.path = "suite[].set",
     .type = Values,
     .help = "Changes of single fields, as --set takes them: { load.rate: 50/s }"},
    {.path = "suite[].profiles", .type = Strings, .help = "Profiles of the scenario, as --profile takes them"},
    {.path = "suite[].environment", .range = "1 to 100", .help = "Environment of the scenario, as --environment takes it"},
    {.path = "objectives",
     .type = Named,
     .help = "What members are judged by beside the rules of their scenarios, by their names"},
    {.path = "objectives.*",
     .type = Values,
     .help = "Metrics of a whole member and their bounds: { p95: 900 ms, errors: 1 % }"},
};

} // namespace

std::span<const SchemaField> suiteSchema() { return kSchema; }

} // namespace Headroom
