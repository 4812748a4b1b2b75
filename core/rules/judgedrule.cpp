// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/judgedrule.h"

#include "core/base/humanformat.h"
#include "core/rules/rulecomparison.h"
#include "core/stats/confidence.h"

#include <algorithm>

namespace Headroom {

namespace {

using Standing = RuleResult::Standing;

/// How a measured rule stands, were there no other qualifier than "surely".
Standing standingOf(const Rule &rule, const RuleMeasure &measure)
{
    if (!measure.value && isSurelyViolated(rule, measure))
        return Standing::NotMet; // how much too high is not known yet
    if (!measure.value)
        return measure.isVague ? Standing::Undecided : Standing::NotRun;
    if (!rule.isSurely)
        return keepsTo(rule, *measure.value) ? Standing::Met : Standing::NotMet;
    const auto isKept = isSurelyKept(rule, measure);
    return !isKept ? Standing::Undecided : *isKept ? Standing::Met : Standing::NotMet;
}

QString emptyWindowReason(const Rule &rule)
{
    if (!rule.during.isEmpty())
        return QStringLiteral("stage '%1' was not reached").arg(rule.during);
    if (rule.from)
        return QStringLiteral("nothing was measured from %1 on").arg(formatDuration(*rule.from));
    return QStringLiteral("no second was measured");
}

bool isPercentile(Rule::Metric metric)
{
    return metric == Rule::Metric::Quantile || metric == Rule::Metric::ObservedQuantile
        || metric == Rule::Metric::NetworkQuantile;
}

/// What the samples are worth: those of one time resemble each other.
std::uint64_t worthOf(const RuleMeasure &measure) { return std::uint64_t(double(measure.samples) / measure.designEffect); }

QString fewSamplesReason(const Rule &rule, const RuleMeasure &measure)
{
    QString text = QStringLiteral("too few samples for 'surely': %1").arg(measure.samples);
    const std::uint64_t worth = worthOf(measure);
    if (worth < measure.samples)
        text += QStringLiteral(", which are worth %1 independent ones").arg(worth);
    if (!isPercentile(rule.metric))
        return text;
    return text
        + QStringLiteral(", the interval is closed from %1 on")
              .arg(minimumSamplesFor(std::max(rule.quantile, 1.0 - rule.quantile)));
}

} // namespace

JudgedRule::JudgedRule(Rule rule, StepTotals *steps, StepTotals *second)
    : m_rule(std::move(rule))
    , m_steps(steps)
    , m_second(second)
{
}

JudgedRule::JudgedRule(Rule rule, SeriesTotals *series)
    : m_rule(std::move(rule))
    , m_series(series)
{
}

JudgedRule::JudgedRule(Rule rule, ObservationTotals *observed)
    : m_rule(std::move(rule))
    , m_observed(observed)
{
}

JudgedRule::JudgedRule(Rule rule, std::unique_ptr<RuleGauge> gauge, RunFactsPtr facts)
    : m_rule(std::move(rule))
    , m_gauge(std::move(gauge))
    , m_facts(std::move(facts))
{
}

JudgedRule::JudgedRule(Rule rule, const QString &problem)
    : m_rule(std::move(rule))
    , m_problem(problem)
{
}

const RuleSpan &JudgedRule::span() const
{
    if (m_gauge)
        return m_gauge->span();
    return m_observed ? m_observed->span() : m_series ? m_series->span : m_steps->span();
}

void JudgedRule::add(const MetricsFrame &frame)
{
    if (m_gauge)
        m_gauge->add(frame);
}

void JudgedRule::judgeSecond(const MetricsFrame &frame, const RunFacts &facts)
{
    if (!m_rule.forLength || !m_problem.isEmpty())
        return;
    if (!RuleWindow{m_rule.during, m_rule.from}.admits(frame, facts)) {
        m_violatedInARow = 0;
        return;
    }
    const Standing standing = standingOf(m_rule, measureOfSecond(frame));
    if (frame.length < 1s || standing == Standing::Undecided || standing == Standing::NotRun)
        return;
    ++m_judgedSeconds;
    m_violatedInARow = standing == Standing::NotMet ? m_violatedInARow + 1 : 0;
    m_longestInARow = std::max(m_longestInARow, m_violatedInARow);
}

RuleResult JudgedRule::result(bool allowsDrops) const
{
    RuleResult result;
    result.rule = m_rule;
    if (!m_problem.isEmpty() || span().isEmpty()) {
        result.reason = m_problem.isEmpty() ? emptyWindowReason(m_rule) : m_problem;
        return result;
    }
    result.windowStartSeconds = *span().firstSecond;
    result.windowEndSeconds = double(span().end.count()) / 1e9;
    const RuleMeasure measured = measure();
    result.value = measured.value;
    result.low = measured.low;
    result.high = measured.high;
    result.samples = measured.samples;
    result.worth = worthOf(measured);
    judge(measured, allowsDrops, result);
    return result;
}

bool JudgedRule::isEnoughToStop() const
{
    if (span().length < 1s)
        return false;
    if (!isPercentile(m_rule.metric) || m_rule.forLength)
        return true;
    const RuleMeasure measured = measure();
    return worthOf(measured) >= minimumSamplesFor(m_rule.quantile) || isSurelyViolated(m_rule, measured);
}

RuleMeasure JudgedRule::measure() const
{
    if (m_gauge)
        return m_gauge->measure();
    if (m_observed)
        return measureObserved(m_rule, *m_observed);
    return m_series ? measureSeries(m_rule, *m_series) : measureSteps(m_rule, *m_steps);
}

RuleMeasure JudgedRule::measureOfSecond(const MetricsFrame &frame) const
{
    if (m_second)
        return measureSteps(m_rule, *m_second);
    if (m_gauge) {
        const auto second = makeGauge(m_rule, m_facts);
        second->add(frame);
        return second->measure();
    }
    if (m_observed)
        return measureObserved(m_rule, m_observed->ofSecond(frame));
    SeriesTotals alone{{}, m_series->series, {}, {}};
    alone.add(frame);
    return measureSeries(m_rule, alone);
}

/// Latencies of the arrivals that were let through say little about the plan when others were dropped.
bool JudgedRule::hasHiddenDrops() const
{
    constexpr double kTolerated = 0.01; // LANGUAGE, section 5
    if (!isLatency(m_rule.metric))
        return false;
    const FlowCounts &iterations = m_steps->iterations();
    return double(iterations.dropped) > kTolerated * double(iterations.planned);
}

void JudgedRule::judge(const RuleMeasure &measure, bool allowsDrops, RuleResult &result) const
{
    result.standing = standingOf(m_rule, measure);
    if (!measure.value) {
        result.reason = measure.missing;
    } else if (!allowsDrops && hasHiddenDrops()) {
        result.standing = Standing::Undecided;
        result.reason = QStringLiteral("more than 1 % of the planned arrivals were dropped and no rule allows it");
    } else if (m_rule.forLength) {
        judgeStreak(result);
    } else if (result.standing == Standing::Undecided) {
        result.reason = fewSamplesReason(m_rule, measure);
    }
}

void JudgedRule::judgeStreak(RuleResult &result) const
{
    if (m_judgedSeconds == 0) {
        result.standing = Standing::Undecided;
        result.reason = QStringLiteral("no single second could be judged");
        return;
    }
    const auto allowed = *m_rule.forLength;
    result.standing = m_longestInARow * Nanoseconds(1s) >= allowed ? Standing::NotMet : Standing::Met;
    if (m_longestInARow > 0)
        result.reason = QStringLiteral("violated for up to %1 s without a break").arg(m_longestInARow);
}

} // namespace Headroom
