// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/qnam/targetroute.h"
#include "core/probes/probescheduler.h"
#include "core/scenario/scenario.h"

#include <functional>

namespace Headroom {

/// What probes need of the machine that a run takes place on.
struct ProbeSurroundings
{
    QString folder{}; ///< That relative paths begin in.
    /// Where the program of a command is, and behind it its arguments; without it, or where there is none, the words of
    /// the command as they are.
    std::function<Result<QStringList>(const QString &command)> find{};
};

/// The route of what asks the target beside the load: with its headers, but for those that differ from user to user or
/// hold a secret that has no value yet.
TargetRoute routeTo(const QUrl &address, const ConnectionOptions &connections, const Scenario::Target &target);

/// One probe, also outside a run: look() as often as wanted, and hear its signals. What is told per second or since the
/// look before (rates, cpu) has no value at the first look. Relative URLs are resolved on `target`, to which requests take
/// the route.
/// Errors: InvalidInput. Thread: one with an event loop, in which it lives.
Result<std::unique_ptr<Probe>> makeProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                                         const TargetRoute &route = TargetRoute(),
                                         const ProbeSurroundings &surroundings = {});

/// The probes that a scenario asks for, ready to be started; each made like that.
/// Errors: InvalidInput; the subject is the probe's place in the scenario, as "probes.queue".
/// Thread: call it in the run thread, where the probes will live.
Result<std::unique_ptr<ProbeScheduler>> makeProbes(const std::vector<Scenario::Probe> &probes, const QUrl &target,
                                                   Clock &clock, const TargetRoute &route = TargetRoute(),
                                                   const ProbeSurroundings &surroundings = {});

} // namespace Headroom
