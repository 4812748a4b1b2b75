// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/judgementcheck.h"

#include "core/rules/rulecontradictions.h"
#include "core/rules/ruleprospect.h"
#include "core/scenario/acceptancetext.h"

#include <algorithm>

namespace Headroom {

namespace {

using Step = Scenario::Step;

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

bool isOfTable(const Scenario &scenario, std::size_t rule)
{
    return std::ranges::contains(scenario.objectives, int(rule), &Scenario::Objective::rule)
        || std::ranges::contains(scenario.requirements, int(rule), &Scenario::Requirement::rule);
}

} // namespace

Diagnostics checkJudgement(const Scenario &scenario, const std::vector<Rule> &rules, const RunFacts &facts)
{
    const std::size_t written = std::min(scenario.rules.size(), rules.size());
    const std::vector<Rule> own(rules.begin(), rules.begin() + std::ptrdiff_t(written));
    const RulePlace place = [&](std::size_t rule) {
        return QStringLiteral("line %1").arg(scenario.rules[rule].range.start.line);
    };
    Diagnostics found;
    const auto add = [&](const RuleFinding &finding) {
        const auto severity = finding.isError ? Diagnostic::Severity::Error : Diagnostic::Severity::Warning;
        found.push_back({severity, scenario.rules[finding.rule].range, finding.message});
    };
    for (const RuleFinding &finding : findContradictions(own, facts, place)) {
        if (finding.isError || !isOfTable(scenario, finding.rule))
            add(finding);
    }
    for (const RuleFinding &finding : findIdleRules(own, facts, mostPerIteration(scenario)))
        add(finding);
    std::ranges::stable_sort(found, {}, [](const Diagnostic &one) { return one.range.start; });
    return found;
}

void addJudgement(RunFacts &facts, const Scenario &scenario)
{
    for (const Scenario::Objective &one : scenario.objectives)
        facts.objectives.push_back({one.row, one.column, one.rule});
    for (const Scenario::Requirement &one : scenario.requirements)
        facts.requirements.push_back({one.id, one.text, one.rule});
    if (scenario.acceptance)
        facts.acceptance = acceptanceText(*scenario.acceptance);
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
    if (scenario.acceptance && scenario.acceptance->of)
        scenario.acceptance->of = int(scenario.rules.size());
    if (scenario.acceptance && scenario.acceptance->count)
        scenario.acceptance->count = std::min(*scenario.acceptance->count, int(scenario.rules.size()));
}

} // namespace Headroom
