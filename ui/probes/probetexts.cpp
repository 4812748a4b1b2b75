// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probetexts.h"

#include "core/base/humanformat.h"
#include "core/scenario/probeedit.h"
#include "ui/run/runtexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

struct ProbeTexts
{
    Q_DECLARE_TR_FUNCTIONS(ProbeTexts)
};

/// Nothing of one that is found in another way.
std::optional<ProcessAddress> addressOf(const Scenario::Probe &probe)
{
    if (probe.kind != Scenario::Probe::Kind::Process)
        return std::nullopt;
    if (probe.port)
        return ProcessAddress{ProcessAddress::By::Port, *probe.port, {}};
    if (probe.pid)
        return ProcessAddress{ProcessAddress::By::Pid, *probe.pid, {}};
    if (!probe.processName.isEmpty())
        return ProcessAddress{ProcessAddress::By::Name, 0, probe.processName};
    return std::nullopt;
}

QString processText(const Scenario::Probe &probe)
{
    if (const auto address = addressOf(probe))
        return addressText(*address);
    if (!probe.unit.isEmpty())
        return ProbeTexts::tr("the processes of %1").arg(foreignText(probe.unit));
    return ProbeTexts::tr("the target that the run starts");
}

} // namespace

QString probeKindText(Scenario::Probe::Kind kind)
{
    using Kind = Scenario::Probe::Kind;
    switch (kind) {
    case Kind::Process:
        return ProbeTexts::tr("process");
    case Kind::Json:
        return ProbeTexts::tr("JSON");
    case Kind::Prometheus:
        return ProbeTexts::tr("metrics");
    case Kind::PromQl:
        return ProbeTexts::tr("PromQL");
    case Kind::Redis:
        return ProbeTexts::tr("Redis");
    case Kind::Log:
        return ProbeTexts::tr("log");
    case Kind::Command:
        return ProbeTexts::tr("command");
    case Kind::Cgroup:
        return ProbeTexts::tr("control group");
    case Kind::Host:
        return ProbeTexts::tr("machine");
    case Kind::Health:
        return ProbeTexts::tr("health");
    case Kind::Gpu:
        return ProbeTexts::tr("GPU");
    case Kind::Csv:
        return ProbeTexts::tr("CSV");
    case Kind::Sqlite:
        return ProbeTexts::tr("SQLite");
    }
    Q_UNREACHABLE_RETURN({});
}

QString probeTargetText(const Scenario::Probe &probe)
{
    using Kind = Scenario::Probe::Kind;
    switch (probe.kind) {
    case Kind::Process:
        return processText(probe);
    case Kind::Json:
    case Kind::Prometheus:
    case Kind::Redis:
    case Kind::Health:
        return foreignText(probe.url);
    case Kind::PromQl:
    case Kind::Sqlite:
        return foreignText(probe.query);
    case Kind::Log:
    case Kind::Csv:
        return foreignText(probe.file);
    case Kind::Command:
        return foreignText(probe.command);
    case Kind::Cgroup:
        return foreignText(probe.cgroup.isEmpty() ? probe.unit : probe.cgroup);
    case Kind::Gpu:
        return QString::number(probe.gpu);
    case Kind::Host:
        break;
    }
    return ProbeTexts::tr("this machine");
}

QString seriesValueText(const std::optional<double> &value, const QString &unit)
{
    if (!value || !std::isfinite(*value))
        return noValue();
    if (unit == QLatin1String("bytes"))
        return formatBytes(*value);
    if (unit == QLatin1String("percent"))
        return formatNumber(*value) + QStringLiteral(" %");
    if (unit == QLatin1String("seconds"))
        return formatDuration(Nanoseconds(std::llround(std::clamp(*value, -1e9, 1e9) * 1e9)));
    if (unit == QLatin1String("up"))
        return *value > 0.0 ? ProbeTexts::tr("up") : ProbeTexts::tr("down");
    return formatNumber(*value);
}

QString trialValuesText(const ProbeTrialOutcome &outcome)
{
    const bool isOfSeveral = std::ranges::any_of(
        outcome.series, [&](const RunFacts::Series &one) { return one.probe != outcome.series.front().probe; });
    QStringList parts;
    for (std::size_t i = 0; i < std::min(outcome.series.size(), outcome.values.size()); ++i) {
        const RunFacts::Series &series = outcome.series[i];
        const QString value = seriesValueText(outcome.values[i], series.unit);
        const QString name = isOfSeveral ? series.name() : series.field;
        parts << (name.isEmpty() ? value : foreignText(name) + u' ' + value);
    }
    return parts.join(QStringLiteral(", "));
}

const Scenario::Probe *watcherOf(const ListedProcess &process, const std::vector<Scenario::Probe> &probes)
{
    const std::vector<ProcessAddress> ways = addressesOf(process);
    const auto watches = [&ways](const Scenario::Probe &probe) {
        std::optional<ProcessAddress> address = addressOf(probe);
        if (address)
            address->name = QString::fromUtf8(address->name.toUtf8().left(15)); // as a probe compares it
        return address && std::ranges::contains(ways, *address);
    };
    const auto found = std::ranges::find_if(probes, watches);
    return found == probes.end() ? nullptr : &*found;
}

QString addressText(const ProcessAddress &address)
{
    switch (address.by) {
    case ProcessAddress::By::Port:
        return ProbeTexts::tr("whoever listens on port %1").arg(address.number);
    case ProcessAddress::By::Name:
        return ProbeTexts::tr("the oldest process called %1").arg(foreignText(address.name));
    case ProcessAddress::By::Pid:
        break;
    }
    return ProbeTexts::tr("process %1").arg(address.number);
}

QString addressYaml(const ProcessAddress &address)
{
    switch (address.by) {
    case ProcessAddress::By::Port:
        return QStringLiteral("{ process: { port: %1 } }").arg(address.number);
    case ProcessAddress::By::Name:
        return QStringLiteral("{ process: { name: %1 } }").arg(scalarText(address.name));
    case ProcessAddress::By::Pid:
        break;
    }
    return QStringLiteral("{ process: { pid: %1 } }").arg(address.number);
}

} // namespace Headroom
