// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"

#include <QUrl>

namespace Headroom {

/// Probes of a target that the scenario starts, in a run whose target is another one.
struct LeftOutProbes
{
    std::vector<RunFacts::Series> series{}; ///< What they would have measured: rules name it, and are not run.
    Diagnostics warnings{}; ///< One on each of them.
};

/// Takes them out of a scenario whose target was replaced; none where it starts a target all the same. A probe that
/// could not have been made either is a problem.
LeftOutProbes leaveOutProbesOfStart(Scenario &scenario, Diagnostics &problems);

/// Whether a run starts what its load goes to: then probes can watch it.
bool startsTarget(const Scenario::Target &target);

/// What a probe of the scenario delivers; it is made once to see that it can be. Nothing after a problem.
std::vector<RunFacts::Series> seriesOf(const Scenario::Probe &probe, const QUrl &target, Diagnostics &problems);

} // namespace Headroom
