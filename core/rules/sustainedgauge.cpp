// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/sustainedgauge.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleparser.h"

#include <algorithm>

namespace Headroom {

SustainedGauge::SustainedGauge(const Rule &rule, RunFactsPtr facts)
    : RuleGauge(rule, std::move(facts))
    , m_steps(selectedSteps(m_rule.selector, *m_facts))
    , m_seconds(std::size_t(std::max<std::int64_t>(1, m_rule.length.value_or(1s) / 1s)))
{
}

void SustainedGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame) || frame.length < 1s || frame.second != m_next) {
        m_stretch.clear();
        m_sum = 0;
    }
    m_next = frame.second + 1;
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    if (frame.length < 1s)
        return;
    std::uint64_t requests = 0;
    for (std::size_t step = 0; step < std::min(frame.steps.size(), m_steps.size()); ++step)
        requests += m_steps[step] ? frame.steps[step].counts.requests : 0;
    m_stretch.push_back(requests);
    m_sum += requests;
    if (m_stretch.size() > m_seconds) {
        m_sum -= m_stretch.front();
        m_stretch.pop_front();
    }
    if (m_stretch.size() == m_seconds)
        m_lowest = std::min(m_lowest.value_or(m_sum), m_sum);
}

RuleMeasure SustainedGauge::measure() const
{
    if (m_lowest)
        return RuleMeasure::of(double(*m_lowest) / double(m_seconds), *m_lowest);
    RuleMeasure measure = RuleMeasure::none(
        QStringLiteral("its window has no %1 without a break").arg(formatDuration(m_seconds * Nanoseconds(1s))));
    measure.isVague = true;
    return measure;
}

} // namespace Headroom
