// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/observationrule.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/rules/rulemetric.h"

#include <algorithm>

namespace Headroom {

namespace {

using enum Rule::Metric;
using Kind = RunFacts::Observation::Kind;

RuleProblem problemAt(const Rule &rule, const QString &message)
{
    const qsizetype position = std::max<qsizetype>(0, rule.text.indexOf(rule.selector));
    return {position, std::max<qsizetype>(1, rule.selector.size()), message};
}

/// mean is ObservedMean, p95 ObservedQuantile.
std::optional<Rule::Metric> observedMetricOf(Rule::Metric metric)
{
    switch (metric) {
    case Mean:
        return ObservedMean;
    case Min:
        return ObservedMin;
    case Max:
        return ObservedMax;
    case Quantile:
        return ObservedQuantile;
    default:
        return std::nullopt;
    }
}

bool isTime(const RunFacts::Observation &observation) { return observation.unit == u"ms"; }

std::optional<RuleProblem> checkBound(const Rule &rule, const RunFacts::Observation &observation)
{
    const QString shown = formatQuoted(rule.selector);
    const bool isPlain = rule.unit == Rule::Unit::Number;
    if (observation.kind == Kind::Part || observation.kind == Kind::ServerTime) {
        if (rule.unit == Rule::Unit::Duration)
            return std::nullopt;
        return problemAt(
            rule, QStringLiteral("%1 is a time of the server; give the bound as a duration, as in 40 ms").arg(shown));
    }
    if (isPlain || (isTime(observation) && rule.unit == Rule::Unit::Duration)
        || (observation.unit == u"bytes" && rule.unit == Rule::Unit::Bytes))
        return std::nullopt;
    return problemAt(rule,
                     QStringLiteral("%1 is a value of answers; give the bound as a plain number, in the unit that they "
                                    "have it in")
                         .arg(shown));
}

std::optional<RuleProblem> checkKind(const Rule &rule, const RunFacts::Observation &observation)
{
    const QString shown = formatQuoted(rule.selector);
    if (rule.metric == HitRate && observation.kind != Kind::Hit)
        return problemAt(rule, QStringLiteral("%1 has no hits; write value(%2)").arg(shown, rule.selector));
    if (rule.metric != HitRate && observation.kind == Kind::Hit)
        return problemAt(rule, QStringLiteral("%1 is a share of hits; write hit_rate(%2)").arg(shown, rule.selector));
    return std::nullopt;
}

RuleMeasure hitRate(const ObservationSum &sum)
{
    RuleMeasure measure = RuleMeasure::of(*sum.hitRate(), sum.counts().count);
    measure.designEffect = sum.hitEffect();
    const Interval<double> interval = sum.hitRateInterval();
    measure.low = interval.low;
    measure.high = interval.high;
    return measure;
}

RuleMeasure quantile(const Rule &rule, const ObservationSum &sum)
{
    const auto value = sum.quantile(rule.quantile);
    if (!value)
        return RuleMeasure::none(QStringLiteral("it lies among values below 0, of which no percentile is kept"));
    RuleMeasure measure = RuleMeasure::of(*value, sum.counts().count);
    measure.designEffect = sum.quantileEffect(rule.quantile);
    const Interval<double> interval = sum.quantileInterval(rule.quantile);
    measure.low = interval.low;
    measure.high = interval.high;
    return measure;
}

} // namespace

ObservationTotals::ObservationTotals(RuleWindow window, std::size_t observation, const RunFacts &facts)
    : m_window(std::move(window))
    , m_observation(observation)
    , m_keeps(facts.observations.at(observation).kind == Kind::Hit ? ObservationSum::Keeps::Hits
                                                                   : ObservationSum::Keeps::Values)
    , m_sum(m_keeps)
{
}

void ObservationTotals::add(const MetricsFrame &frame, LoadPiece piece)
{
    m_span.add(frame);
    if (m_observation < frame.observations.size())
        (void)m_sum.add(frame.second, frame.observations[m_observation], piece);
}

ObservationTotals ObservationTotals::ofSecond(const MetricsFrame &frame) const
{
    ObservationTotals alone = *this;
    alone.m_span = {};
    alone.m_sum = ObservationSum(m_keeps);
    alone.add(frame);
    return alone;
}

std::optional<RuleProblem> readObserved(const RulePiece &name, const std::vector<RulePiece> &brackets, Rule &rule)
{
    const bool isHitRate = rule.metric == HitRate;
    if (brackets.empty()) {
        return problemAt(name,
                         isHitRate ? QStringLiteral("'hit_rate' needs what is observed, as in hit_rate(cache)")
                                   : QStringLiteral("'value' needs what is observed, as in value(tokens)"));
    }
    const std::size_t most = isHitRate ? 1 : 2;
    if (brackets.size() > most) {
        return problemAt(brackets[most],
                         isHitRate ? QStringLiteral("'hit_rate' takes one name in its brackets")
                                   : QStringLiteral("'value' takes a name and a function, as in value(tokens, p95)"));
    }
    rule.selector = brackets.front().text.toString();
    if (brackets.size() < 2)
        return std::nullopt;
    const auto word = metricWord(brackets[1].text.toString());
    const auto metric = word ? observedMetricOf(word->metric) : std::nullopt;
    if (!metric) {
        return problemAt(brackets[1],
                         QStringLiteral("%1 is no function of values; write mean, min, max or a percentile, as in p95")
                             .arg(formatQuoted(brackets[1].text.toString())));
    }
    rule.metric = *metric;
    rule.quantile = word->quantile;
    return std::nullopt;
}

std::optional<RuleProblem> checkObserved(const Rule &rule, const RunFacts &facts)
{
    const auto observation = std::ranges::find(facts.observations, rule.selector, &RunFacts::Observation::name);
    if (observation == facts.observations.end()) {
        QStringList names;
        for (const RunFacts::Observation &one : facts.observations)
            names << one.name;
        return problemAt(rule,
                         QStringLiteral("nothing with the name %1 is observed%2; write it in observe")
                             .arg(formatQuoted(rule.selector), didYouMean(rule.selector, names)));
    }
    if (auto problem = checkKind(rule, *observation))
        return problem;
    return rule.metric == HitRate ? std::nullopt : checkBound(rule, *observation);
}

std::size_t observationOf(const Rule &rule, const RunFacts &facts)
{
    const auto found = std::ranges::find(facts.observations, rule.selector, &RunFacts::Observation::name);
    return std::size_t(found - facts.observations.begin());
}

RuleMeasure measureObserved(const Rule &rule, const ObservationTotals &totals)
{
    const ObservationSum &sum = totals.sum();
    if (sum.isEmpty()) {
        return RuleMeasure::none(sum.counts().missing > 0 ? QStringLiteral("no answer in its window had it")
                                                          : QStringLiteral("no answers in its window"));
    }
    switch (rule.metric) {
    case HitRate:
        return hitRate(sum);
    case ObservedMin:
        return RuleMeasure::of(*sum.min(), sum.counts().count);
    case ObservedMax:
        return RuleMeasure::of(*sum.max(), sum.counts().count);
    case ObservedQuantile:
        return quantile(rule, sum);
    default:
        return RuleMeasure::of(*sum.mean(), sum.counts().count);
    }
}

} // namespace Headroom
