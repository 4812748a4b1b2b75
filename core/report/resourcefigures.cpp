// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/resourcefigures.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

bool has(const RunFacts &facts, const QString &probe, QLatin1String field)
{
    return std::ranges::any_of(facts.series, [&](const RunFacts::Series &series) {
        return series.probe == probe && series.field == field && series.unit == u"percent";
    });
}

/// A gauge as of a rule on the cost of that probe.
std::unique_ptr<RuleGauge> gaugeOf(const QString &probe, Rule::Resource resource, const RunFactsPtr &facts)
{
    Rule rule;
    rule.metric = Rule::Metric::Cost;
    rule.resource = resource;
    rule.selector = probe;
    return costSeries(rule, *facts) ? makeGauge(rule, facts) : nullptr;
}

std::optional<double> costOf(const std::unique_ptr<RuleGauge> &gauge)
{
    return gauge ? gauge->measure().value : std::nullopt;
}

} // namespace

std::optional<double> ResourceUse::cpuSecondsPerRequest() const
{
    return cpuSeconds && requests > 0 ? std::optional(*cpuSeconds / double(requests)) : std::nullopt;
}

std::optional<double> ResourceUse::requestsPerCoreSecond() const
{
    return cpuSeconds && *cpuSeconds > 0.0 ? std::optional(double(requests) / *cpuSeconds) : std::nullopt;
}

ResourceFigures::ResourceFigures(const RunFactsPtr &facts)
{
    using enum Rule::Resource;
    QStringList seen;
    for (std::size_t i = 0; i < facts->series.size(); ++i) {
        const QString &probe = facts->series[i].probe;
        if (seen.contains(probe))
            continue;
        const bool isShare = facts->series[i].field == u"cpu_share";
        if (has(*facts, probe, QLatin1String("cpu"))) {
            m_watched.push_back({probe, gaugeOf(probe, Processor, facts), gaugeOf(probe, Memory, facts),
                                 gaugeOf(probe, Read, facts), gaugeOf(probe, Written, facts)});
            seen << probe;
        } else if (isShare && facts->series[i].unit == u"percent") {
            m_machines.push_back({probe, i});
            seen << probe;
        }
    }
}

void ResourceFigures::add(const MetricsFrame &frame)
{
    for (const Watched &watched : m_watched) {
        for (const auto *gauge : {&watched.cpu, &watched.memory, &watched.read, &watched.written}) {
            if (*gauge)
                (*gauge)->add(frame);
        }
    }
    for (Machine &machine : m_machines) {
        const auto share = machine.series < frame.probes.size() ? frame.probes[machine.series] : std::nullopt;
        if (!frame.isMeasured || !share || !std::isfinite(*share))
            continue;
        machine.shareSeconds += *share / 100.0 * double(frame.length.count()) / 1e9;
        machine.requests += frame.requests().requests;
    }
}

std::vector<ResourceUse> ResourceFigures::uses(std::optional<int> cores) const
{
    std::vector<ResourceUse> uses;
    for (const Watched &watched : m_watched) {
        if (!watched.cpu)
            continue;
        const RuleMeasure cpu = watched.cpu->measure();
        if (!cpu.value)
            continue;
        const double seconds = *cpu.value / 1000.0 * double(cpu.samples);
        uses.push_back({watched.probe, false, cpu.samples, seconds, costOf(watched.memory), costOf(watched.read),
                        costOf(watched.written)});
    }
    for (const Machine &machine : m_machines) {
        if (cores && machine.requests > 0)
            uses.push_back({machine.probe, true, machine.requests, machine.shareSeconds * *cores, {}, {}, {}});
    }
    return uses;
}

} // namespace Headroom
