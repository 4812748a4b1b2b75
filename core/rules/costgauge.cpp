// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/costgauge.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

std::optional<std::size_t> costSeries(const Rule &rule, const RunFacts &facts)
{
    const bool isMemory = rule.resource == Rule::Resource::Memory;
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        const RunFacts::Series &series = facts.series[i];
        const bool isUse = isMemory ? series.field == u"rss" && series.unit == u"bytes"
                                    : series.field == u"cpu" && series.unit == u"percent";
        if (!isUse || (!rule.selector.isEmpty() && series.probe != rule.selector))
            continue;
        if (found)
            return std::nullopt;
        found = i;
    }
    return found;
}

CostGauge::CostGauge(const Rule &rule, RunFactsPtr facts)
    : RuleGauge(rule, std::move(facts))
    , m_series(costSeries(m_rule, *m_facts))
{
}

void CostGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    const auto value = m_series && *m_series < frame.probes.size() ? frame.probes[*m_series] : std::nullopt;
    if (!value || !std::isfinite(*value))
        return;
    const double seconds = double(frame.length.count()) / 1e9;
    constexpr double kMsOfPercent = 10.0; // 1 % of a second
    m_used += *value * seconds * (m_rule.resource == Rule::Resource::Memory ? 1.0 : kMsOfPercent);
    m_requests += frame.requests().requests;
    ++m_values;
}

RuleMeasure CostGauge::measure() const
{
    if (m_values == 0)
        return RuleMeasure::none(QStringLiteral("its probe had no values in its window"));
    if (m_requests == 0)
        return RuleMeasure::none(QStringLiteral("no requests in its window"));
    return RuleMeasure::of(m_used / double(m_requests), m_requests);
}

} // namespace Headroom
