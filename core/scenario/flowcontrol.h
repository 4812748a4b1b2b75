// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"
#include "core/scenario/templatereader.h"

namespace Headroom {

/// Groups within each other.
inline constexpr int kMostGroupDepth = 8;
/// Requests of an iteration that walks everything.
inline constexpr std::uint64_t kMostRequestsOfIteration = 100'000;

/// Reads when a step or a group is walked, and how often: if, once, repeat and until.
void readFlowControl(const FieldReader &fields, Scenario::Step &step, Problems &problems);

/// Reads the name of a group and reports what belongs to requests only. `depth`: groups that it stands in.
void readGroupHead(const FieldReader &fields, Scenario::Step &group, int depth, Problems &problems);

/// Reports a flow whose repetitions multiply beyond kMostRequestsOfIteration.
void checkLength(const Scenario::Flow &flow, Problems &problems);

/// A condition as a scenario writes it: "${first} exists", "${tier} == gold", "30 %". Problems are reported at their
/// place; nothing when there is one.
std::optional<Condition> readCondition(const YamlNode &scalar, const TemplateReader &templates, Problems &problems);

} // namespace Headroom
