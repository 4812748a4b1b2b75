// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probefactory.h"

#include "core/base/humanformat.h"
#include "core/probes/jsonprobe.h"
#include "core/probes/processprobe.h"

namespace Headroom {

namespace {

using ProbePtr = std::unique_ptr<Probe>;

constexpr Nanoseconds kShortestPeriod = 100ms; // /proc counts processor time in steps of 10 ms

Result<ProbePtr> makeProcessProbe(const Scenario::Probe &probe, Clock &clock)
{
    const int ways = probe.port.has_value() + probe.pid.has_value() + probe.isPractice;
    if (ways != 1)
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a process is chosen by exactly one of port, pid and practice"));
    return std::make_unique<ProcessProbe>(probe.name, ProcessProbe::Target{probe.port, probe.pid}, clock);
}

Result<QUrl> resolve(const QString &text, const QUrl &target)
{
    const QUrl url = target.resolved(QUrl(text, QUrl::StrictMode));
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (text.isEmpty() || !url.isValid() || !isHttp || url.host().isEmpty())
        return failure(
            Error::Code::InvalidInput,
            QStringLiteral("%1 is not a URL for a JSON probe; write http://host/path, or /path on the target")
                .arg(formatQuoted(text)));
    return url;
}

Result<ProbePtr> makeJsonProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                               const ConnectionOptions &connections)
{
    const auto url = resolve(probe.url, target);
    if (!url)
        return std::unexpected(url.error());
    QStringList names;
    QStringList paths;
    for (const Scenario::Probe::Field &field : probe.fields) {
        names.append(field.name);
        paths.append(field.path);
    }
    if (paths.isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("a JSON probe needs at least one value; write value: \"$.queue_depth\""));
    auto values = JsonValues::compile(paths);
    if (!values)
        return failure(Error::Code::InvalidInput, values.error().text());
    JsonProbe::Source source{*url, names, std::move(*values)};
    source.route = TargetRoute(target, connections);
    return std::make_unique<JsonProbe>(probe.name, std::move(source), clock);
}

Result<ProbePtr> makeProbe(const Scenario::Probe &probe, const QUrl &target, Clock &clock,
                           const ConnectionOptions &connections)
{
    if (probe.every < kShortestPeriod)
        return failure(Error::Code::InvalidInput, QStringLiteral("every must be at least 100 ms"));
    switch (probe.kind) {
    case Scenario::Probe::Kind::Process:
        return makeProcessProbe(probe, clock);
    case Scenario::Probe::Kind::Json:
        return makeJsonProbe(probe, target, clock, connections);
    }
    Q_UNREACHABLE_RETURN(failure(Error::Code::Internal, {}));
}

} // namespace

Result<std::unique_ptr<ProbeScheduler>> makeProbes(const std::vector<Scenario::Probe> &probes, const QUrl &target,
                                                   Clock &clock, const ConnectionOptions &connections)
{
    auto scheduler = std::make_unique<ProbeScheduler>(clock);
    for (const Scenario::Probe &probe : probes) {
        auto made = makeProbe(probe, target, clock, connections);
        if (!made)
            return failure(made.error().code, made.error().text(), QLatin1String("probes.") + probe.name);
        scheduler->add(std::move(*made), probe.every);
    }
    return scheduler;
}

} // namespace Headroom
