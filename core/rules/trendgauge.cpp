// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/trendgauge.h"

#include "core/stats/leak.h"

#include <algorithm>

namespace Headroom {

namespace {

std::size_t seriesOf(const Rule &rule, const RunFacts &facts)
{
    return std::size_t(std::ranges::find(facts.series, rule.selector, &RunFacts::Series::name) - facts.series.begin());
}

} // namespace

TrendGauge::TrendGauge(const Rule &rule, RunFactsPtr facts)
    : RuleGauge(rule, std::move(facts))
    , m_track(*m_facts, seriesOf(m_rule, *m_facts))
{
}

void TrendGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    m_track.add(frame);
}

RuleMeasure TrendGauge::measure() const
{
    const bool isLeak = m_rule.metric == Rule::Metric::ProbeLeak;
    const std::size_t count = m_track.points().size();
    if (count == 0)
        return RuleMeasure::none(QStringLiteral("its probe had no values in its window"));
    if (count >= kFewestForTenths)
        return isLeak ? leak() : slope();
    RuleMeasure few;
    few.samples = count;
    few.isVague = true;
    few.missing =
        QStringLiteral("%1 needs 20 values, there are %2").arg(QLatin1String(isLeak ? "leak" : "slope")).arg(count);
    return few;
}

/// Whether a slope of that much would still be met by the rule.
bool TrendGauge::isKeptBy(double slope) const
{
    const bool isUpper =
        m_rule.comparison == Rule::Comparison::Less || m_rule.comparison == Rule::Comparison::LessOrEqual;
    return isUpper && slope * factorTo(m_rule.unit) < m_rule.bound;
}

RuleMeasure TrendGauge::leak() const
{
    const LeakFinding finding = findLeak(m_track.points());
    RuleMeasure measure = measureOf(finding.trend, finding.keepsRising ? finding.trend.slope : 0.0);
    if (finding.verdict == LeakFinding::Verdict::NotEnough && !isKeptBy(finding.steepest)) {
        measure.value.reset();
        measure.low.reset(); // how steeply it rises is known, but not whether it is a leak
        measure.high.reset();
        measure.missing = QStringLiteral("not enough evidence of a leak or of none: ") + finding.reason;
    }
    return measure;
}

RuleMeasure TrendGauge::slope() const
{
    const Trend trend = trendOf(trendPieces(m_track.points())).value_or(Trend{});
    return measureOf(trend, trend.slope);
}

RuleMeasure TrendGauge::measureOf(const Trend &trend, double slope) const
{
    const auto scaled = [factor = factorTo(m_rule.unit)](double value) { return value * factor; };
    RuleMeasure measure;
    measure.samples = m_track.points().size();
    measure.isVague = true;
    measure.value = scaled(slope);
    measure.low = trend.low.transform(scaled);
    measure.high = trend.high.transform(scaled);
    return measure;
}

} // namespace Headroom
