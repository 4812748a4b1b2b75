// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/runsteps.h"

namespace Headroom {

/// Runs the plan once for each value of options.sweep, one after the other, and tells what became of each side by side.
/// All of them are checked before the first one starts. Returns the exit code.
/// `arguments`: of the whole call; `first`: the request that they make without the sweep.
int sweepCommand(const QStringList &arguments, const RunOptions &options, const RunRequest &first);

} // namespace Headroom
