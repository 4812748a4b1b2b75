// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/profiledprocess.h"

#include "core/base/humanformat.h"
#include "core/run/foreignhosts.h"


#include <algorithm>

namespace Headroom {

namespace {

using ProbeText = Scenario::Probe;

std::unexpected<Error> nobody(const QString &whom)
{
    return failure(Error::Code::NotFound, QStringLiteral("there is %1 to profile").arg(whom));
}

/// What the description names, without what that has started.
Result<std::vector<int>> named(const Scenario::Capture &capture, int targetPid, const ProcTree &proc)
{
    if (capture.port) {
        const ProcTree::Listeners listeners = proc.listenersOn(*capture.port);
        if (!listeners.pids.empty())
            return listeners.pids;
        return nobody(listeners.isAnyListening
                          ? QStringLiteral("no process of this user on port %1").arg(*capture.port)
                          : QStringLiteral("no process on port %1 of the loopback interface").arg(*capture.port));
    }
    if (!capture.processName.isEmpty()) {
        const std::vector<int> all = proc.named(capture.processName);
        return all.empty()
            ? Result<std::vector<int>>(nobody(QStringLiteral("no process %1").arg(formatQuoted(capture.processName))))
            : std::vector<int>{all.front()};
    }
    const int pid = capture.pid.value_or(targetPid);
    const auto stat = pid > 0 ? proc.stat(pid) : std::nullopt;
    if (!stat || stat->hasEnded())
        return nobody(capture.pid ? QStringLiteral("no process %1").arg(pid) : QStringLiteral("no target that runs"));
    return std::vector<int>{pid};
}

} // namespace

Result<std::vector<int>> profiledProcesses(const Scenario::Capture &capture, int targetPid, const ProcTree &proc)
{
    Result<std::vector<int>> pids = named(capture, targetPid, proc);
    if (!pids)
        return pids;
    const std::vector<int> leaders = *pids;
    for (const int leader : leaders) {
        for (const int pid : proc.descendants(leader)) {
            if (!std::ranges::contains(*pids, pid))
                pids->push_back(pid);
        }
    }
    return pids;
}

Result<Scenario::Capture> captureByHand(const Scenario &scenario, const QUrl &target)
{
    Scenario::Capture capture;
    const bool isStarted = scenario.target.practice || scenario.target.start
        || (scenario.target.lines && !scenario.target.lines->command.isEmpty());
    if (isStarted)
        return capture;
    const auto isNamed = [](const ProbeText &probe) {
        return probe.kind == ProbeText::Kind::Process && (probe.port || probe.pid || !probe.processName.isEmpty());
    };
    if (const auto probe = std::ranges::find_if(scenario.probes, isNamed); probe != scenario.probes.end()) {
        capture.port = probe->port;
        capture.pid = probe->pid;
        capture.processName = probe->processName;
        return capture;
    }
    if (isLoopback(target.host())) {
        capture.port = target.port(target.scheme() == QLatin1String("https") ? 443 : 80);
        return capture;
    }
    return failure(
        Error::Code::NotFound,
        QStringLiteral("the target is on another machine and no probe names a process of this one, so there is "
                       "nothing to profile"));
}

} // namespace Headroom
