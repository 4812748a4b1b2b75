// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/fieldreader.h"
#include "core/scenario/problems.h"

namespace Headroom {

/// The check and extract of a step, and its identity.
void readAnswers(const FieldReader &fields, Scenario::Step &step, Problems &problems);
/// The identity of a target or a step; nothing when it has none, or a problem.
std::optional<Scenario::Identity> readIdentity(const FieldReader &fields, Problems &problems);

} // namespace Headroom
