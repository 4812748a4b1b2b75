// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/trendgauge.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr std::size_t kFewest = 20; // as of growth

} // namespace

TrendGauge::TrendGauge(const Rule &rule, RunFactsPtr facts)
    : RuleGauge(rule, std::move(facts))
    , m_series(std::size_t(std::ranges::find(m_facts->series, m_rule.selector, &RunFacts::Series::name)
                           - m_facts->series.begin()))
{
}

void TrendGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    const auto value = m_series < frame.probes.size() ? frame.probes[m_series] : std::nullopt;
    const double minutes = double(frame.second) / 60.0;
    // Seconds that do not come in order are of no run; a slope between equal times has no value.
    if (value && std::isfinite(*value) && (m_points.empty() || m_points.back().at < minutes))
        m_points.push_back({minutes, *value});
}

RuleMeasure TrendGauge::measure() const
{
    if (m_points.empty())
        return RuleMeasure::none(QStringLiteral("its probe had no values in its window"));
    RuleMeasure measure;
    measure.samples = m_points.size();
    measure.isVague = true;
    if (m_points.size() < kFewest) {
        measure.missing = QStringLiteral("%1 needs 20 values, there are %2")
                              .arg(QLatin1String(m_rule.metric == Rule::Metric::ProbeLeak ? "leak" : "slope"))
                              .arg(m_points.size());
        return measure;
    }
    const auto trend = trendOf(trendPieces(m_points));
    const double factor = factorTo(m_rule.unit);
    const auto scaled = [factor](double value) { return value * factor; };
    const bool isNone = m_rule.metric == Rule::Metric::ProbeLeak && !trend->isRise;
    measure.value = isNone ? 0.0 : scaled(trend->slope);
    measure.low = trend->low.transform(scaled);
    measure.high = trend->high.transform(scaled);
    return measure;
}

} // namespace Headroom
