// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/session/database.h"

namespace Headroom {

/// Objectives and requirements of a run in their tables. Acceptance stands among the facts.
void writeJudgementFacts(Database &database, const RunFacts &facts);
void readJudgementFacts(Database &database, RunFacts &facts);

/// What about them does not fit into a session, as part of a sentence; empty when it fits.
QString misfitOfJudgement(const RunFacts &facts);

} // namespace Headroom
