// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <QStringList>

namespace Headroom {

/// The files that a run of a scenario reads beside the scenario itself, as whole paths: feeds, bodies, certificates,
/// secrets, and what its probes follow. Whether there are such files is not asked. Nothing when its folder is not
/// known.
QStringList filesOf(const Scenario &scenario);

} // namespace Headroom
