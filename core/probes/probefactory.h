// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/connectionoptions.h"
#include "core/probes/probescheduler.h"
#include "core/scenario/scenario.h"

namespace Headroom {

/// The probes that a scenario asks for, ready to be started. Relative URLs are resolved on `target`, to which requests go
/// as `connections` says.
/// Errors: InvalidInput; the subject is the probe's place in the scenario, as "probes.queue".
/// Thread: call it in the run thread, where the probes will live.
Result<std::unique_ptr<ProbeScheduler>> makeProbes(const std::vector<Scenario::Probe> &probes, const QUrl &target,
                                                   Clock &clock, const ConnectionOptions &connections = {});

} // namespace Headroom
