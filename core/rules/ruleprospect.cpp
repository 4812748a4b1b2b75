// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleprospect.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleevaluator.h"
#include "core/rules/ruleparser.h"
#include "core/rules/ruleplan.h"
#include "core/rules/rulespan.h"
#include "core/stats/confidence.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using enum Rule::Metric;

QString unitOfSeries(const Rule &rule, const RunFacts &facts)
{
    const auto series = std::ranges::find(facts.series, rule.selector, &RunFacts::Series::name);
    return series == facts.series.end() ? QString() : series->unit;
}

/// A bound that no value can break, or that none can keep.
QString boundProblem(const Rule &rule, const RunFacts &facts)
{
    const ValueSpan possible = possibleSpan(rule, unitOfSeries(rule, facts));
    const ValueSpan kept = keptSpan(rule);
    if (possible.isWithin(kept))
        return QStringLiteral("this rule can never fail, whatever the run brings; give it a bound that can be broken");
    if (possible.and_(kept).isEmpty())
        return QStringLiteral("no run can meet this rule: its metric has no such values; correct the bound");
    return {};
}

QString windowWords(const Rule &rule)
{
    return rule.during.isEmpty() ? QStringLiteral("the measured run")
                                 : QStringLiteral("stage %1").arg(formatQuoted(rule.during));
}

/// A window with nothing in it, or too short for what the rule asks of it.
QString windowProblem(const Rule &rule, const RulePlan &load)
{
    const auto length = load.length(rule);
    const auto ofNoWindow = {Headroom, Recovery, Drained, TimeToReady};
    if (!length || std::ranges::contains(ofNoWindow, rule.metric))
        return {};
    if (*length == 0ns)
        return rule.from ? QStringLiteral("there is nothing left to judge from %1 on: %2 has ended by then")
                               .arg(formatDuration(*rule.from), windowWords(rule))
                         : QStringLiteral("there is nothing to judge: %1 has no length").arg(windowWords(rule));
    if (rule.forLength && *rule.forLength > *length)
        return QStringLiteral("this rule can never fail: it may be violated for %1, and %2 lasts %3")
            .arg(formatDuration(*rule.forLength), windowWords(rule), formatDuration(*length));
    const auto stretch = load.longestStretch(rule);
    if (rule.length && stretch && *rule.length > *stretch)
        return QStringLiteral("there will be no stretch of %1 to judge: %2 lasts %3 without a break")
            .arg(formatDuration(*rule.length), windowWords(rule), formatDuration(*stretch));
    return {};
}

QString tooMuchProblem(const Rule &rule, double most)
{
    const ValueSpan kept = keptSpan(rule);
    const ValueSpan planned{.high = most};
    if (!kept.and_(planned).isEmpty())
        return {};
    return QStringLiteral("no run can meet this rule: the plan brings at most %1").arg(formatRuleValue(most, rule));
}

/// Time that stretches of the rule's length fill one behind the other: the lowest is no higher than their mean.
std::optional<Nanoseconds> wholeStretches(const Rule &rule, const RulePlan &load)
{
    const auto longest = load.longestStretch(rule);
    return longest && rule.length ? std::optional(*longest / *rule.length * *rule.length) : std::nullopt;
}

/// More asked for than the plan brings.
QString planProblem(const Rule &rule, const RulePlan &load)
{
    if (rule.metric == Reached) {
        const auto users = load.users(rule);
        return users ? tooMuchProblem(rule, *users) : QString();
    }
    const auto requests = load.requests(rule);
    const auto length = load.length(rule);
    if (requests && rule.metric == Count)
        return tooMuchProblem(rule, std::floor(*requests));
    const auto spread = rule.metric == Sustained ? wholeStretches(rule, load) : length;
    const bool isRate = rule.metric == Throughput || rule.metric == Sustained;
    if (requests && spread && *spread > 0ns && isRate)
        return tooMuchProblem(rule, *requests / (double(spread->count()) / 1e9));
    const std::uint64_t needed =
        rule.metric == Quantile ? minimumSamplesFor(std::max(rule.quantile, 1.0 - rule.quantile)) : 0;
    if (requests && rule.isSurely && double(needed) > *requests)
        return QStringLiteral(
                   "this rule will stay undecided: 'surely' needs %1 samples, and the plan brings at most %2")
            .arg(needed)
            .arg(std::floor(*requests));
    return {};
}

} // namespace

std::vector<RuleFinding> findIdleRules(const std::vector<Rule> &rules, const RunFacts &facts,
                                       const std::vector<double> &mostPerIteration, bool hasSine)
{
    const RulePlan load(facts, mostPerIteration, hasSine);
    std::vector<RuleFinding> found;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Rule rule = resolveRule(rules[i], facts);
        QString problem = boundProblem(rule, facts);
        if (problem.isEmpty())
            problem = windowProblem(rule, load);
        if (problem.isEmpty())
            problem = planProblem(rule, load);
        if (!problem.isEmpty())
            found.push_back({i, false, problem});
    }
    return found;
}

} // namespace Headroom
