// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/costgauge.h"

#include "core/rules/resourcename.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Headroom {

namespace {

using enum Rule::Resource;

/// A control group's memory counts, the machine's does not: that is of no service.
bool isMemoryOfService(const RunFacts::Series &series, const RunFacts &facts)
{
    if (series.unit != u"bytes" || (series.field != u"rss" && series.field != u"memory"))
        return false;
    return std::ranges::any_of(facts.series, [&](const RunFacts::Series &other) {
        return other.probe == series.probe && other.field == u"cpu";
    });
}

bool tells(const RunFacts::Series &series, Rule::Resource resource, const RunFacts &facts)
{
    switch (resource) {
    case Processor:
        return series.field == u"cpu" && series.unit == u"percent";
    case Memory:
        return isMemoryOfService(series, facts);
    case Read:
    case Written:
        return series.field == resourceName(resource) && series.unit == u"bytes";
    case BytesIn:
    case BytesOut:
        break;
    }
    return false;
}

} // namespace

std::optional<std::size_t> costSeries(const Rule &rule, const RunFacts &facts)
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        const RunFacts::Series &series = facts.series[i];
        if (!tells(series, rule.resource, facts) || (!rule.selector.isEmpty() && series.probe != rule.selector))
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

/// Of a counter what it has grown by since it was read last, and nothing the first time.
double CostGauge::usedIn(const MetricsFrame &frame, double value)
{
    constexpr double kMsOfPercent = 10.0; // 1 % of a second
    const double seconds = double(frame.length.count()) / 1e9;
    if (m_rule.resource == Processor)
        return value * seconds * kMsOfPercent;
    if (m_rule.resource == Memory)
        return value * seconds;
    const auto before = std::exchange(m_counted, value);
    return before && value > *before ? value - *before : 0.0;
}

void CostGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    const RequestCounts requests = frame.requests();
    if (!isOfProbe(m_rule.resource)) {
        m_used += double(m_rule.resource == BytesIn ? requests.bytesIn : requests.bytesOut);
        m_requests += requests.requests;
        ++m_values;
        return;
    }
    const auto value = m_series && *m_series < frame.probes.size() ? frame.probes[*m_series] : std::nullopt;
    if (!value || !std::isfinite(*value))
        return;
    const bool isFirstCount = !m_counted && (m_rule.resource == Read || m_rule.resource == Written);
    m_used += usedIn(frame, *value);
    if (isFirstCount)
        return; // what was counted before belongs to no request of the window
    m_requests += requests.requests;
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
