// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <QStringList>

namespace Headroom {

/// The commands that a run of a scenario would start on this machine, as they are written: each once, in order. Who may
/// run them is asked before anything starts. The practice target is no such command. A log outside the scenario's folder
/// that a probe follows stands there as the command that would do the same: "tail -F FILE".
QStringList neededCommands(const Scenario &scenario);

} // namespace Headroom
