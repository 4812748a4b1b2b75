// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/leftoutprobes.h"

#include "core/base/humanformat.h"
#include "core/base/steadyclock.h"
#include "core/probes/probefactory.h"

namespace Headroom {

LeftOutProbes leaveOutProbesOfStart(Scenario &scenario, Diagnostics &problems)
{
    LeftOutProbes left;
    if (startsTarget(scenario.target))
        return left;
    for (const Scenario::Probe &probe : scenario.probes) {
        if (!probe.isPractice)
            continue;
        const auto series = seriesOf(probe, scenario.target.url, problems);
        left.series.insert(left.series.end(), series.begin(), series.end());
        left.warnings.push_back(
            {Diagnostic::Severity::Warning, probe.range,
             QStringLiteral("the probe %1 watches the target that the scenario starts, and the load "
                            "goes to another one; it is left out, and rules on it are not run")
                 .arg(formatQuoted(probe.name))});
    }
    std::erase_if(scenario.probes, [](const Scenario::Probe &probe) { return probe.isPractice; });
    return left;
}

bool startsTarget(const Scenario::Target &target)
{
    return target.practice || target.start || (target.lines && target.lines->socket.isEmpty());
}

std::vector<RunFacts::Series> seriesOf(const Scenario::Probe &probe, const QUrl &target, Diagnostics &problems)
{
    SteadyClock clock;
    const auto made = makeProbes({probe}, target, clock);
    if (made)
        return (*made)->series();
    problems.push_back({Diagnostic::Severity::Error, probe.range, made.error().message});
    return {};
}

} // namespace Headroom
