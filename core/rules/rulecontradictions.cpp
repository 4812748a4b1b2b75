// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulecontradictions.h"

#include "core/base/humanformat.h"
#include "core/rules/ruleparser.h"
#include "core/rules/rulespan.h"

#include <optional>

namespace Headroom {

namespace {

using enum Rule::Metric;

/// A rule and what makes it comparable.
struct Compared
{
    Rule rule;
    ValueSpan kept;
    std::vector<bool> steps;
};

bool isOfSteps(const Rule &rule)
{
    return !isProbeMetric(rule.metric) && !isObserved(rule.metric) && rule.metric != Cost;
}

bool haveSameSubject(const Compared &a, const Compared &b)
{
    if (a.rule.during != b.rule.during || a.rule.from != b.rule.from || isOfSteps(a.rule) != isOfSteps(b.rule))
        return false;
    return isOfSteps(a.rule) ? a.steps == b.steps : a.rule.selector == b.rule.selector;
}

bool haveSameMetric(const Rule &a, const Rule &b)
{
    return a.metric == b.metric && a.quantile == b.quantile && a.isServiceTime == b.isServiceTime
        && a.argument == b.argument && a.recovers == b.recovers && a.resource == b.resource && a.part == b.part && a.length == b.length;
}

/// Whether a latency is never below another of the same requests.
bool isNeverBelow(const Rule &a, const Rule &b)
{
    if (!isLatency(a.metric) || !isLatency(b.metric) || (a.isServiceTime && !b.isServiceTime))
        return false;
    if (a.metric == Max || b.metric == Min || (a.metric == Mean && b.metric == Mean))
        return true;
    return a.metric == Quantile && b.metric == Quantile && a.quantile >= b.quantile;
}

/// Whether no run can meet both.
bool excludeEachOther(const Compared &a, const Compared &b)
{
    if (a.rule.forLength || b.rule.forLength)
        return false;
    if (haveSameMetric(a.rule, b.rule))
        return a.kept.and_(b.kept).isEmpty();
    const auto isTooLowFor = [](const Compared &high, const Compared &low) {
        return isNeverBelow(high.rule, low.rule)
            && ValueSpan{.low = low.kept.low,
                         .high = high.kept.high,
                         .withoutLow = low.kept.withoutLow,
                         .withoutHigh = high.kept.withoutHigh}
                   .isEmpty();
    };
    return isTooLowFor(a, b) || isTooLowFor(b, a);
}

bool isStrictAs(const Rule &a, const Rule &b)
{
    return a.forLength == b.forLength && (a.isStop || !b.isStop) && (a.isSurely || !b.isSurely);
}

/// Whether a run that meets `a` meets `b` as well.
bool implies(const Compared &a, const Compared &b)
{
    if (!isStrictAs(a.rule, b.rule))
        return false;
    if (haveSameMetric(a.rule, b.rule))
        return a.kept.isWithin(b.kept);
    ValueSpan least; // of b's metric, when a is met
    if (isNeverBelow(a.rule, b.rule))
        least = {.high = a.kept.high, .withoutHigh = a.kept.withoutHigh};
    else if (isNeverBelow(b.rule, a.rule))
        least = {.low = a.kept.low, .withoutLow = a.kept.withoutLow};
    else
        return false;
    return least != ValueSpan{} && least.isWithin(b.kept);
}

class Search
{
public:
    Search(std::vector<Compared> rules, const RulePlace &place)
        : m_rules(std::move(rules))
        , m_place(place)
        , m_isTold(m_rules.size())
    {
    }

    std::vector<RuleFinding> find()
    {
        for (std::size_t later = 1; later < m_rules.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (haveSameSubject(m_rules[earlier], m_rules[later]))
                    compare(earlier, later);
            }
        }
        return std::move(m_found);
    }

private:
    void compare(std::size_t earlier, std::size_t later)
    {
        const Compared &a = m_rules[earlier];
        const Compared &b = m_rules[later];
        if (excludeEachOther(a, b))
            return tell(later, earlier, true,
                        QStringLiteral("no run can meet this rule and that of %1 together: %2; remove one of them"));
        const bool isImplied = implies(a, b);
        const bool impliesEarlier = implies(b, a);
        if (isImplied && impliesEarlier)
            tell(later, earlier, false, QStringLiteral("this rule is the same as that of %1: %2"));
        else if (isImplied)
            tell(later, earlier, false, QStringLiteral("this rule asks for nothing more than that of %1: %2"));
        else if (impliesEarlier)
            tell(earlier, later, false, QStringLiteral("this rule asks for nothing more than that of %1: %2"));
    }

    /// Of each rule one thing is enough.
    void tell(std::size_t rule, std::size_t other, bool isError, const QString &sentence)
    {
        if (m_isTold[rule] && !isError)
            return;
        m_isTold[rule] = true;
        m_found.push_back({rule, isError, sentence.arg(m_place(other), formatQuoted(m_rules[other].rule.text))});
    }

    std::vector<Compared> m_rules;
    const RulePlace &m_place;
    std::vector<bool> m_isTold;
    std::vector<RuleFinding> m_found;
};

} // namespace

std::vector<RuleFinding> findContradictions(const std::vector<Rule> &rules, const RunFacts &facts,
                                            const RulePlace &place)
{
    std::vector<Compared> compared;
    for (const Rule &written : rules) {
        Rule rule = resolveRule(written, facts);
        const ValueSpan kept = keptSpan(rule);
        std::vector<bool> steps = selectedSteps(rule.selector, facts);
        compared.push_back({std::move(rule), kept, std::move(steps)});
    }
    return Search(std::move(compared), place).find();
}

} // namespace Headroom
