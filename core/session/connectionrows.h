// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/session/database.h"

namespace Headroom {

/// How the connections of a run were made, in its tables.
void writeConnectionFacts(Database &database, const RunFacts &facts);
void readConnectionFacts(Database &database, RunFacts &facts);

/// What about them does not fit into a session, as part of a sentence; empty when it fits.
QString misfitOfConnections(const RunFacts &facts);

} // namespace Headroom
