// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/proctree.h"
#include "core/scenario/scenario.h"

#include <QUrl>

#include <vector>

namespace Headroom {

/// The processes that a profile is of, the one that is named first: with it what it has started, and with a port all
/// that listen on it. `targetPid`: of the target that the run has started; 0: of none. Errors: NotFound, in one
/// sentence.
Result<std::vector<int>> profiledProcesses(const Scenario::Capture &capture, int targetPid,
                                           const ProcTree &proc = ProcTree());

/// The profile that a hand asks for: by perf, of the target when the run has started it, else of what the first process
/// probe watches by port, number or name, else of who listens on the target's port of this machine.
/// Errors: NotFound, when the scenario names no process of this machine.
Result<Scenario::Capture> captureByHand(const Scenario &scenario, const QUrl &target);

} // namespace Headroom
