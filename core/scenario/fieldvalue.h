// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/quantity.h"
#include "core/scenario/scenario.h"
#include "core/scenario/scenarioschema.h"
#include "core/yaml/yamlnode.h"

#include <utility>

namespace Headroom {

/// How the scalars of a scenario are written, beside the quantities of core/base/quantity.h.
/// Errors: InvalidInput with a sentence that shows how to write it.

/// "64": a whole number from 0 on.
Result<std::uint64_t> parseWhole(QStringView text);
/// "true" or "false", also with capitals, as YAML 1.2 has it.
Result<bool> parseBoolean(QStringView text);
/// "50" or "0 to 100", whole numbers.
Result<std::pair<double, double>> parseUsersSpan(QStringView text);
/// "5 of 10": how many batches, 1 to 10,000, and how many iterations in each, 1 to 100,000.
Result<Scenario::Batches> parseBatches(QStringView text);
/// "50/s" or "50/s to 0/s".
Result<std::pair<Rate, Rate>> parseRateSpan(QStringView text);
/// "200 ms", "200 ms to 1 s" or "exponential 200 ms"; the last is cut at 10 times its mean.
Result<Scenario::ThinkTime> parseThinkTime(QStringView text);
/// "200", "2xx" or "200-299".
Result<Scenario::StatusRange> parseStatusRange(QStringView text);

/// What is wrong with the scalar written for a field, by its type and range; empty when nothing is.
/// `place` is what the field is called in the message: "load.stages[0].rate".
QString valueProblem(const SchemaField &field, const YamlNode &scalar, const QString &place);
/// Whether a number of items or characters is in the field's range; true without one.
bool isCountInRange(const SchemaField &field, qsizetype count);

} // namespace Headroom
