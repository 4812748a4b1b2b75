// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

namespace Headroom {

/// Tells which steps each of the scenario's observations is of, and has their answers come with what is looked at. Call
/// it when the plan has its steps. An observation whose `of` names no step is a problem.
void compileObservations(Plan &plan, const Scenario &scenario, Diagnostics &problems);

/// Has a request's answer come back with what a look at that place of it needs.
void wantPlace(const AnswerPlace &place, HttpRequest &request);

} // namespace Headroom
