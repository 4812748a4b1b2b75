// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenarioschema.h"

#include <vector>

namespace Headroom {

/// How a field is written, by its type and range: "time, 1 ms to 1 d".
QString writtenAs(const SchemaField &field);

/// Something as it stands in a scenario, and what it means.
struct ExplainedWord
{
    QString written;
    QString meaning;
};

std::vector<ExplainedWord> explainedValues();
/// Everything that the language knows of each, from the lists that its readers use.
std::vector<ExplainedWord> explainedTemplates();
std::vector<ExplainedWord> explainedPlaces();
std::vector<ExplainedWord> explainedComparisons();

} // namespace Headroom
