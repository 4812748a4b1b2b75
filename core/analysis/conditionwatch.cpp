// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/conditionwatch.h"

#include "core/base/humanformat.h"
#include "core/rules/rulecomparison.h"
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruletotals.h"
#include "core/stats/confidence.h"

#include <algorithm>

namespace Headroom {

namespace {

using Metric = Rule::Metric;

constexpr std::uint64_t kFewestSamples = 20;

RuleProblem problemOf(const Rule &rule, const QString &message)
{
    return {0, std::max<qsizetype>(1, rule.text.size()), message};
}

std::uint64_t fewestSamples(const Rule &rule)
{
    if (rule.metric == Metric::Quantile)
        return minimumSamplesFor(rule.quantile);
    const bool isOfRequests = isLatency(rule.metric) || rule.metric == Metric::Errors || rule.metric == Metric::Rejected
        || rule.metric == Metric::Share;
    return isOfRequests ? kFewestSamples : 1;
}

/// What no value can be: a share above all of it, or anything below nothing.
bool isNeverTrue(const Rule &rule)
{
    const bool isShareOfAll = rule.metric == Metric::Errors || rule.metric == Metric::Rejected
        || rule.metric == Metric::Share || rule.metric == Metric::Dropped || rule.metric == Metric::Late;
    const bool isNeverNegative = isShareOfAll || isLatency(rule.metric) || rule.metric == Metric::Throughput;
    switch (rule.comparison) {
    case Rule::Comparison::Greater:
        return isShareOfAll && rule.bound >= 1.0;
    case Rule::Comparison::GreaterOrEqual:
        return isShareOfAll && rule.bound > 1.0;
    case Rule::Comparison::Less:
        return isNeverNegative && rule.bound <= 0.0;
    case Rule::Comparison::LessOrEqual:
        return isNeverNegative && rule.bound < 0.0;
    default:
        return false;
    }
}

} // namespace

std::expected<Rule, RuleProblem> parseCondition(const QString &text)
{
    auto rule = parseRule(text);
    if (rule && (rule->isStop || rule->isSurely || rule->weight != 1.0 || rule->from))
        return std::unexpected(problemOf(*rule,
                                         QStringLiteral("behind the condition of an action stands at most 'for' or "
                                                        "'during', as in p95 > 900 ms for 5 s")));
    return rule;
}

std::optional<RuleProblem> checkCondition(const Rule &condition, const RunFacts &facts)
{
    const Rule rule = resolveRule(condition, facts);
    if (const auto problem = checkRule(rule, facts))
        return problem;
    const auto ofRun = {Metric::Headroom, Metric::Recovery, Metric::Sustained, Metric::Drained, Metric::TimeToReady};
    if (std::ranges::contains(ofRun, rule.metric))
        return problemOf(rule,
                         QStringLiteral("this metric is of a whole run, and a condition is judged by the last %1 s; "
                                        "take one such as p95(retrieve), errors or max(api.rss)")
                             .arg(ConditionWatch::kWindowSeconds));
    if (isNeverTrue(rule))
        return problemOf(rule, QStringLiteral("this can never be true, so the action would never be done"));
    if (rule.forLength && facts.plannedLength > 0ns && *rule.forLength >= facts.plannedLength)
        return problemOf(rule,
                         QStringLiteral("the load lasts for %1, so this is never true for %2")
                             .arg(formatDuration(facts.plannedLength), formatDuration(*rule.forLength)));
    return std::nullopt;
}

ConditionWatch::ConditionWatch(const Rule &condition, RunFactsPtr facts)
    : m_rule(resolveRule(condition, *facts))
    , m_for(condition.forLength.value_or(0ns))
    , m_facts(std::move(facts))
{
    m_rule.forLength.reset();
}

void ConditionWatch::restart(std::size_t fewest)
{
    m_frames.clear();
    m_seen = 0;
    m_trueInARow = 0;
    m_fewest = fewest;
}

bool ConditionWatch::isTrueAfter(const FramePtr &frame)
{
    if (!RuleWindow{m_rule.during, m_rule.from}.admits(*frame, *m_facts)) {
        restart(m_fewest);
        return false;
    }
    m_frames.push_back(frame);
    if (m_frames.size() > kWindowSeconds)
        m_frames.pop_front();
    ++m_seen;
    m_trueInARow = m_seen >= m_fewest && isTrueNow() ? m_trueInARow + 1 : 0;
    return m_trueInARow > 0 && m_trueInARow * Nanoseconds(1s) >= m_for;
}

bool ConditionWatch::isTrueNow() const
{
    RuleEvaluator evaluator({m_rule}, m_facts);
    for (const FramePtr &frame : m_frames)
        evaluator.add(*frame);
    const RuleResult result = evaluator.results().front();
    return result.value && result.samples >= fewestSamples(m_rule) && keepsTo(result.rule, *result.value);
}

} // namespace Headroom
