// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/trailingjudge.h"

#include "core/rules/rulecomparison.h"
#include "core/rules/ruleparser.h"
#include "core/stats/confidence.h"

#include <algorithm>

namespace Headroom {

namespace {

using Metric = Rule::Metric;

constexpr std::size_t kFewestSeconds = 3;
constexpr std::uint64_t kFewestSamples = 20;

bool canTrail(const Rule &rule)
{
    constexpr Metric kMetrics[] = {Metric::Quantile, Metric::Mean,     Metric::Max,
                                   Metric::Errors,   Metric::Rejected, Metric::Share};
    const bool isBoundAbove =
        rule.comparison == Rule::Comparison::Less || rule.comparison == Rule::Comparison::LessOrEqual;
    return isBoundAbove && std::ranges::contains(kMetrics, rule.metric);
}

std::optional<double> valueOf(const Rule &rule, const SlidingTimes &window)
{
    if (rule.metric == Metric::Quantile)
        return window.quantileMs(rule.quantile);
    if (rule.metric == Metric::Mean)
        return window.meanMs();
    if (rule.metric == Metric::Max)
        return window.maxMs();
    const auto [hits, of] = shareCountsOf(rule, window.counts());
    return of > 0 ? std::optional(double(hits) / double(of)) : std::nullopt;
}

std::uint64_t samplesOf(const Rule &rule, const SlidingTimes &window)
{
    return isLatency(rule.metric) ? window.count() : shareCountsOf(rule, window.counts()).of;
}

} // namespace

TrailingJudge::TrailingJudge(const QStringList &rules, RunFactsPtr facts)
    : m_facts(std::move(facts))
{
    for (const QString &text : rules) {
        const auto parsed = parseRule(text);
        if (!parsed || m_rules.size() == kMaxRules)
            continue;
        Rule rule = resolveRule(*parsed, *m_facts);
        if (!canTrail(rule) || checkRule(rule, *m_facts))
            continue;
        m_groupOf.push_back(groupFor(rule));
        m_rules.push_back(std::move(rule));
    }
    m_standings.resize(m_rules.size());
}

std::size_t TrailingJudge::groupFor(const Rule &rule)
{
    const LatencyKind kind = latencyKindOf(rule);
    const auto isSame = [&](const Group &group) { return group.selector == rule.selector && group.kind == kind; };
    const auto found = std::ranges::find_if(m_groups, isSame);
    if (found == m_groups.end())
        m_groups.push_back({rule.selector, selectedSteps(rule.selector, *m_facts), kind, SlidingTimes(kWindowSeconds)});
    return std::size_t(std::ranges::find_if(m_groups, isSame) - m_groups.begin());
}

void TrailingJudge::addStep(std::size_t step, const LatencySet &set)
{
    for (Group &group : m_groups) {
        if (step >= group.steps.size() || !group.steps[step])
            continue;
        group.window.add(set[group.kind]);
        group.window.add(StepCounts{set.counts, {}, 0, 0});
    }
}

const std::vector<TrailingJudge::Standing> &TrailingJudge::endSecond(const MetricsFrame &frame)
{
    for (Group &group : m_groups)
        group.window.endSecond();
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const bool isAdmitted = RuleWindow{m_rules[i].during, m_rules[i].from}.admits(frame, *m_facts);
        m_standings[i] = isAdmitted ? judge(m_rules[i], m_groups[m_groupOf[i]].window) : Standing{};
    }
    return m_standings;
}

void TrailingJudge::restart()
{
    for (Group &group : m_groups)
        group.window.restart();
}

TrailingJudge::Standing TrailingJudge::judge(const Rule &rule, const SlidingTimes &window) const
{
    const std::uint64_t fewest = rule.metric == Metric::Quantile ? minimumSamplesFor(rule.quantile) : kFewestSamples;
    if (window.seconds() < kFewestSeconds || samplesOf(rule, window) < fewest)
        return {};
    const std::optional<double> value = valueOf(rule, window);
    return value ? Standing{true, keepsTo(rule, *value), *value} : Standing{};
}

} // namespace Headroom
