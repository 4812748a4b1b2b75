// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/loaddriver.h"

namespace Headroom {

/// A scenario of one flow with one request; open or closed model by the stage that is added.
Scenario oneRequestScenario(const QByteArray &method, const QString &path);

/// What a load told of itself.
struct LoadFigures
{
    LatencySet latencies; ///< Of all seconds, out of the snapshots: as a session or a report would have them.
    HdrHistogram sendLag;
    Nanoseconds length{}; ///< From the start of the load to its end.
    double cpuSeconds = 0.0; ///< Of this process with all its threads, meanwhile.
    std::uint64_t unfinished = 0;
};

/// Puts a scenario's load on a target with one worker in this thread, on the real clock and event loop.
/// Errors: InvalidInput when the scenario has no plan; Internal when a snapshot cannot be read.
Result<LoadFigures> runLoad(const Scenario &scenario, const QUrl &target, const TransportFactory &makeTransport);

/// User and system time of this process with all its threads.
double ownCpuSeconds();

/// Sets Qt up as the headroom program does. Call it before the application object is made.
void setUpLikeHeadroom();

} // namespace Headroom
