// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/judgementcheck.h"

#include "core/base/humanformat.h"
#include "core/rules/rulecontradictions.h"
#include "core/rules/ruleprospect.h"
#include "core/scenario/acceptancetext.h"

#include <algorithm>

namespace Headroom {

namespace {

using Step = Scenario::Step;
using Source = Scenario::RuleText::Source;

/// Requests of one pass at most, in the plan's order; groups are walked with what is in them.
void addTimes(const std::vector<Step> &steps, double times, std::vector<double> &into)
{
    for (const Step &step : steps) {
        const double most = times * std::max(1, step.repeat);
        if (step.isGroup())
            addTimes(step.steps, most, into);
        else
            into.push_back(most);
    }
}

std::vector<double> mostPerIteration(const Scenario &scenario)
{
    std::vector<double> times;
    for (const Scenario::Flow &flow : scenario.flows)
        addTimes(flow.steps, 1.0, times);
    return times;
}

bool hasSine(const Scenario &scenario)
{
    return std::ranges::any_of(scenario.load.stages, [](const Scenario::Stage &stage) { return stage.sine.has_value(); });
}

/// Or from outside, where nobody could leave it out.
bool isOfTable(const Scenario &scenario, std::size_t rule)
{
    return scenario.rules[rule].source == Source::Outside
        || std::ranges::contains(scenario.objectives, int(rule), &Scenario::Objective::rule)
        || std::ranges::contains(scenario.requirements, int(rule), &Scenario::Requirement::rule);
}

} // namespace

Diagnostics checkJudgement(const Scenario &scenario, const std::vector<Rule> &rules, const RunFacts &facts)
{
    const std::size_t written = std::min(scenario.rules.size(), rules.size());
    const std::vector<Rule> own(rules.begin(), rules.begin() + std::ptrdiff_t(written));
    const RulePlace place = [&](std::size_t rule) {
        const Scenario::RuleText &one = scenario.rules[rule];
        return one.source == Source::Outside ? QStringLiteral("the suite's objectives")
                                             : QStringLiteral("line %1").arg(one.range.start.line);
    };
    Diagnostics found;
    const auto add = [&](const RuleFinding &finding) {
        const auto severity = finding.isError ? Diagnostic::Severity::Error : Diagnostic::Severity::Warning;
        const Scenario::RuleText &rule = scenario.rules[finding.rule];
        found.push_back({severity, rule.range, withSource(rule, finding.message)});
    };
    for (const RuleFinding &finding : findContradictions(own, facts, place)) {
        if (finding.isError || !isOfTable(scenario, finding.rule))
            add(finding);
    }
    for (const RuleFinding &finding : findIdleRules(own, facts, mostPerIteration(scenario), hasSine(scenario)))
        add(finding);
    std::ranges::stable_sort(found, {}, [](const Diagnostic &one) { return one.range.start; });
    return found;
}

void addJudgement(RunFacts &facts, const Scenario &scenario, const std::vector<Rule> &rules)
{
    for (const Scenario::Objective &one : scenario.objectives)
        facts.objectives.push_back({one.row, one.column, one.rule});
    for (const Scenario::Requirement &one : scenario.requirements)
        facts.requirements.push_back({one.id, one.text, one.rule});
    if (scenario.acceptance)
        facts.acceptance = acceptanceText(*scenario.acceptance);
    for (int i = 0; const Scenario::RuleText &one : scenario.rules) {
        if (one.source != Source::Scenario)
            facts.requiredRules.push_back({i, false, one.source == Source::Both});
        ++i;
    }
    for (int i = 0; const Rule &rule : rules) {
        if (rule.isImplicit)
            facts.requiredRules.push_back({i, true, false});
        ++i;
    }
}

QString withSource(const Scenario::RuleText &rule, const QString &message)
{
    return rule.source == Source::Outside
        ? QStringLiteral("the suite's objective %1: %2").arg(formatQuoted(rule.text), message)
        : message;
}

void removeRules(Scenario &scenario, const std::vector<int> &rules)
{
    const auto takeFrom = [&](auto &list) {
        std::erase_if(list, [&](const auto &one) { return std::ranges::contains(rules, one.rule); });
        for (auto &one : list)
            one.rule -= int(std::ranges::count_if(rules, [&](int removed) { return removed < one.rule; }));
    };
    takeFrom(scenario.objectives);
    takeFrom(scenario.requirements);
    for (std::size_t i = rules.size(); i-- > 0;)
        scenario.rules.erase(scenario.rules.begin() + rules[i]);
    const auto isCounted = [](const Scenario::RuleText &one) { return one.source != Source::Outside; };
    const int counted = int(std::ranges::count_if(scenario.rules, isCounted));
    if (scenario.acceptance && scenario.acceptance->of)
        scenario.acceptance->of = counted;
    if (scenario.acceptance && scenario.acceptance->count)
        scenario.acceptance->count = std::min(*scenario.acceptance->count, counted);
}

} // namespace Headroom
