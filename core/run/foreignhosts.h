// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/plan.h"
#include "core/scenario/scenario.h"

#include <QStringList>

namespace Headroom {

/// A name or an address of this machine alone.
bool isLoopback(const QString &host);
/// The hosts that a plan's steps and the call between its batches go to and that are not loopback: each once, sorted. Who may load them is asked before
/// the first time.
QStringList foreignHosts(const Plan &plan);
/// And those that are asked before the load and beside it: its services, where it is ready, JSON probes.
QStringList foreignHosts(const Plan &plan, const Scenario &scenario);

} // namespace Headroom
