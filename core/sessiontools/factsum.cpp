// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/factsum.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isSameFlow(const RunFacts::Flow &a, const RunFacts::Flow &b)
{
    return a.name == b.name && a.intendedShare == b.intendedShare
        && a.ownRatePerSecond.has_value() == b.ownRatePerSecond.has_value();
}

bool isSameStage(const RunFacts::Stage &a, const RunFacts::Stage &b)
{
    return a.name == b.name && a.start == b.start && a.length == b.length && a.isWarmUp == b.isWarmUp;
}

bool isSameJudgement(const RunFacts &a, const RunFacts &b)
{
    return a.objectives == b.objectives && a.requirements == b.requirements && a.requiredRules == b.requiredRules
        && a.acceptance == b.acceptance;
}

bool isSameSpacing(const RunFacts &a, const RunFacts &b)
{
    return a.latePolicy == b.latePolicy && a.spacing == b.spacing && a.userCap.has_value() == b.userCap.has_value()
        && a.iterations.has_value() == b.iterations.has_value() && a.iterationsEach == b.iterationsEach;
}

template <typename T> void add(std::optional<T> &sum, const std::optional<T> &part)
{
    if (sum && part)
        *sum += *part;
}

void add(RunFacts &sum, const RunFacts &part)
{
    for (std::size_t i = 0; i < sum.flows.size(); ++i)
        add(sum.flows[i].ownRatePerSecond, part.flows[i].ownRatePerSecond);
    for (std::size_t i = 0; i < sum.stages.size(); ++i) {
        sum.stages[i].from += part.stages[i].from;
        sum.stages[i].to += part.stages[i].to;
    }
    add(sum.userCap, part.userCap);
    add(sum.iterations, part.iterations);
    sum.workers += part.workers;
    sum.plannedLength = std::max(sum.plannedLength, part.plannedLength);
    if (part.sampleKeeping != sum.sampleKeeping)
        sum.sampleKeeping = SampleKeeping::Off; // what is left would be a fair choice of nothing
}

} // namespace

QString differenceOf(const RunFacts &a, const RunFacts &b)
{
    const std::pair<bool, const char *> looks[] = {
        {a.name == b.name, "their scenarios' names"},
        {a.isOpenModel == b.isOpenModel, "their models of load"},
        {a.transport == b.transport && a.connections == b.connections, "how their requests were made"},
        {std::ranges::equal(a.flows, b.flows, isSameFlow), "their flows"},
        {a.steps == b.steps, "their steps"},
        {std::ranges::equal(a.stages, b.stages, isSameStage), "their stages or when these are"},
        {isSameSpacing(a, b), "how their iterations are spread, capped or counted"},
        {a.series == b.series, "what their probes measured"},
        {a.observations == b.observations, "what they observed in answers"},
        {a.actions == b.actions, "their actions"},
        {a.rules == b.rules, "their rules"},
        {isSameJudgement(a, b), "their objectives, requirements or acceptance"},
    };
    const auto misfit = std::ranges::find(looks, false, &std::pair<bool, const char *>::first);
    return misfit == std::end(looks) ? QString() : QLatin1String(misfit->second);
}

RunFacts sumOf(const std::vector<RunFactsPtr> &parts)
{
    RunFacts sum = *parts.front();
    QStringList targets; // all that there were: a service with several doors
    for (const RunFactsPtr &part : parts)
        targets << part->target;
    targets.removeDuplicates();
    sum.target = targets.join(QStringLiteral(", "));
    for (std::size_t i = 1; i < parts.size(); ++i)
        add(sum, *parts[i]);
    return sum;
}

} // namespace Headroom
