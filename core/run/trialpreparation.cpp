// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/trialpreparation.h"

#include "core/base/humanformat.h"
#include "core/run/foreignhosts.h"
#include "core/run/neededtrust.h"
#include "core/run/secretfilling.h"

#include <algorithm>

namespace Headroom {

namespace {

/// Those of a name, or all tiers under it.
std::vector<Scenario::Probe> probesNamed(const std::vector<Scenario::Probe> &all, const QString &name)
{
    std::vector<Scenario::Probe> chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Scenario::Probe &one) { return one.name == name; });
    if (chosen.empty())
        std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Scenario::Probe &one) {
            return one.kind == Scenario::Probe::Kind::Health && one.name.startsWith(name + u'_');
        });
    return chosen;
}

/// What is wrong with a probe as it is written.
QString problemOf(const Scenario::Probe &probe, const Diagnostics &problems)
{
    const auto concerns = [&probe](const Diagnostic &one) {
        return one.severity == Diagnostic::Severity::Error && one.range.start >= probe.range.start
            && one.range.start <= probe.range.end;
    };
    const auto found = std::ranges::find_if(problems, concerns);
    return found == problems.end() ? QString() : found->message;
}

bool hasSecret(const Scenario::Probe &probe) { return !probe.password.pieces().empty(); }

bool isOnTarget(const QString &url)
{
    return !url.isEmpty() && QUrl(url).isRelative() && !url.contains(QLatin1String("://"));
}

/// Target and connections as a run would have them, as far as the scenario can be read so far.
void takeSurroundings(const ProbeTrialRequest &request, const Scenario &read, PreparedTrial &made)
{
    made.target = read.target.url;
    made.described = read.target;
    auto prepared = prepare(request.scenarioText, {}, {}, 1, request.folder, request.choice);
    if (!prepared) // something else in it has errors: no reason not to look
        return;
    const bool needsSecrets = std::ranges::any_of(made.probes, hasSecret);
    if (needsSecrets) {
        const auto found = findAllSecrets(prepared->scenario.secrets, standardSecretPlaces(request.folder));
        const auto taken = found ? takeSecrets(*prepared, found->values, 1) : std::unexpected(found.error());
        if (!taken)
            made.problem = taken.error().text();
        else
            made.probes = probesNamed(prepared->scenario.probes, request.probe);
        made.redactor = prepared->redactor;
    }
    made.target = prepared->plan->target;
    made.connections = prepared->plan->connections;
    made.described = prepared->scenario.target;
}

/// A target that the run starts is there only as long as a run is on.
void takeRunningTarget(const ProbeTrialRequest &request, const Scenario &read, PreparedTrial &made)
{
    if (request.runningTarget)
        made.target = *request.runningTarget;
    const bool isAway = read.target.practice && !request.runningTarget;
    for (Scenario::Probe &probe : made.probes) {
        const bool isHttp = probe.kind == Scenario::Probe::Kind::Json || probe.kind == Scenario::Probe::Kind::Prometheus
            || probe.kind == Scenario::Probe::Kind::Health;
        const bool asksTarget = isHttp && isOnTarget(probe.url);
        if ((asksTarget && isAway) || (probe.isPractice && (!request.runningTarget || made.target.port() <= 0)))
            made.problem = QStringLiteral("the run starts what it looks at; try it again while a run is on");
        if (std::exchange(probe.isPractice, false))
            probe.port = made.target.port();
    }
}

QString problemOfMetricsUrl(const PreparedTrial &made)
{
    const QUrl url = metricsUrl(made);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (url.isValid() && isHttp && !url.host().isEmpty())
        return {};
    return QStringLiteral("%1 is not a URL; write http://host/path, or /path on the target")
        .arg(formatQuoted(made.probes.front().url));
}

} // namespace

QUrl metricsUrl(const PreparedTrial &made)
{
    return made.target.resolved(QUrl(made.probes.front().url, QUrl::StrictMode));
}

PreparedTrial prepareTrial(const ProbeTrialRequest &request)
{
    const ScenarioReading reading = readScenario(request.scenarioText, {}, request.choice);
    PreparedTrial made{.folder = request.folder};
    if (!request.metricsOf.isEmpty()) {
        Scenario::Probe probe;
        probe.kind = Scenario::Probe::Kind::Prometheus;
        probe.url = request.metricsOf;
        made.probes = {probe};
    } else {
        made.probes = probesNamed(reading.scenario.probes, request.probe);
    }
    if (made.probes.empty()) {
        const auto error = std::ranges::find(reading.diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
        made.problem = error == reading.diagnostics.end()
            ? QStringLiteral("the scenario has no probe %1").arg(formatQuoted(request.probe))
            : QStringLiteral("line %1: %2").arg(error->range.start.line).arg(error->message);
        return made;
    }
    if (request.metricsOf.isEmpty())
        made.problem = problemOf(made.probes.front(), reading.diagnostics);
    if (made.problem.isEmpty())
        takeSurroundings(request, reading.scenario, made);
    if (made.problem.isEmpty())
        takeRunningTarget(request, reading.scenario, made);
    if (made.problem.isEmpty() && !request.metricsOf.isEmpty())
        made.problem = problemOfMetricsUrl(made);
    return made;
}

ProbeTrialNeeds needsOf(const PreparedTrial &made)
{
    Scenario scenario;
    scenario.target.folder = made.folder;
    scenario.probes = made.probes;
    Plan plan;
    plan.target = made.target;
    plan.connections = made.connections;
    return {foreignHosts(plan, scenario), neededCommands(scenario)};
}

} // namespace Headroom
