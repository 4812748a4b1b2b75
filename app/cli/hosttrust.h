// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/plan/plan.h"
#include "core/scenario/scenario.h"

#include <QStringList>

namespace Headroom {

/// Whether requests may go to every host of a plan and of what is asked beside it: loopback always, others once they were allowed. Hosts allowed now are
/// remembered for this user.
/// Errors: InvalidInput, naming the host and how to allow it.
Result<void> checkHosts(const Plan &plan, const Scenario &scenario, const QStringList &allowedNow);

/// Whether a scenario may run its commands: only when that was said with this very call.
/// Errors: InvalidInput, naming the command and how to allow it.
Result<void> checkCommands(const Scenario &scenario, bool areAllowed);

} // namespace Headroom
