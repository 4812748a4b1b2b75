// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/rules/networkrule.h"
#include "core/rules/resourcename.h"
#include "core/rules/rulegauge.h"

#include <algorithm>

namespace Headroom {

namespace {

RuleProblem problemAt(const Rule &rule, const QString &word, const QString &message)
{
    const qsizetype position = word.isEmpty() ? 0 : rule.text.indexOf(word);
    return {std::max<qsizetype>(0, position), std::max<qsizetype>(1, word.size()), message};
}

QStringList namesOfProbes(const RunFacts &facts)
{
    QStringList names;
    for (const RunFacts::Series &series : facts.series)
        names << series.probe;
    names.removeDuplicates();
    return names;
}

std::optional<RuleProblem> checkCost(const Rule &rule, const RunFacts &facts)
{
    if (!isOfProbe(rule.resource) || costSeries(rule, facts))
        return std::nullopt;
    if (!rule.selector.isEmpty())
        return problemAt(rule, rule.selector,
                         QStringLiteral("no probe of a process has the name %1%2")
                             .arg(formatQuoted(rule.selector), didYouMean(rule.selector, namesOfProbes(facts))));
    const bool isAny = std::ranges::any_of(facts.series, [](const RunFacts::Series &s) { return s.field == u"rss"; });
    return problemAt(
        rule, QString(),
        isAny ? QStringLiteral("several probes watch a process; name one of them, as in cost(cpu, api)")
              : QStringLiteral("'cost' needs a probe of a process; add one, as in api: { process: { port: 8080 } }"));
}

std::optional<RuleProblem> checkStageOf(const Rule &rule, const RunFacts &facts)
{
    QStringList names;
    for (const RunFacts::Stage &stage : facts.stages)
        names << stage.name;
    if (names.contains(rule.argument))
        return std::nullopt;
    return problemAt(rule, rule.argument,
                     QStringLiteral("no stage has the name %1%2")
                         .arg(formatQuoted(rule.argument), didYouMean(rule.argument, names)));
}

} // namespace

std::optional<RuleProblem> checkGauge(const Rule &rule, const RunFacts &facts)
{
    if (rule.metric == Rule::Metric::Cost)
        return checkCost(rule, facts);
    if (rule.metric == Rule::Metric::Opened || isNetworkTime(rule.metric))
        return checkNetworkRule(rule, facts);
    if (rule.metric == Rule::Metric::Drained
        && std::ranges::none_of(facts.actions, [](const RunFacts::Action &action) { return action.stopsTarget; }))
        return problemAt(rule, QString(),
                         QStringLiteral("'drained' needs an action that stops the target; add one, as in { stop: "
                                        "target, at: 60 s }"));
    return rule.metric == Rule::Metric::Recovery ? checkStageOf(rule, facts) : std::nullopt;
}

} // namespace Headroom
