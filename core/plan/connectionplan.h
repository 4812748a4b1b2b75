// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/transport.h"
#include "core/plan/plan.h"
#include "core/scenario/diagnostic.h"

namespace Headroom {

/// Takes how connections are made into a plan that has its target and transport. Looks through the certificates and
/// keys that were read, and reports what no connection could be made with.
void compileConnections(Plan &plan, const Scenario::Target &target, Diagnostics &problems);

/// Of what is asked beside the load: the same way as the load as far as HTTP goes, and by qnam beside lines.
TransportSetup auxiliaryTransport(const Plan &plan);

/// Whether any request of it goes over TLS.
bool hasTls(const Plan &plan);

/// Warnings of what is allowed but should not go unseen, before the run.
Diagnostics connectionWarnings(const Plan &plan, const Scenario::Target &target);

} // namespace Headroom
