// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/actioncheck.h"

#include "core/analysis/actioneffects.h"
#include "core/analysis/conditionwatch.h"
#include "core/base/humanformat.h"

namespace Headroom {

namespace {

using When = Scenario::Action::When;

Diagnostic errorAt(const Plan::Action &action, const char *field, const QString &text, const QString &message)
{
    return {Diagnostic::Severity::Error, action.range,
            QStringLiteral("%1 %2 of the action %3: %4")
                .arg(QLatin1String(field), formatQuoted(text), formatQuoted(action.name), message)};
}

void checkWhen(const Plan::Action &action, const RunFacts &facts, Diagnostics &problems)
{
    if (action.when != When::Rule || action.after >= 0)
        return;
    const auto condition = parseCondition(action.rule);
    if (!condition)
        problems.push_back(errorAt(action, "the condition", action.rule, condition.error().message));
    else if (const auto problem = checkCondition(*condition, facts))
        problems.push_back(errorAt(action, "the condition", action.rule, problem->message));
}

/// Seconds of load before and behind an action of a known time, when those are too few to tell anything.
void warnOfShortWindows(const Plan::Action &action, const Plan &plan, Diagnostics &problems)
{
    if (action.place.isEmpty() || plan.length == 0ns || action.expectEffect.isEmpty())
        return;
    const Nanoseconds behind = plan.length - action.at - action.settle;
    const Nanoseconds fewest = ActionEffects::kFewestSeconds * Nanoseconds(1s);
    if (action.at < fewest || behind < fewest)
        problems.push_back(
            {Diagnostic::Severity::Warning, action.range,
             QStringLiteral("the effect of the action %1 cannot be judged: that takes %2 of load before it and "
                            "behind its settling")
                 .arg(formatQuoted(action.name), formatDuration(fewest))});
}

void checkEffectOf(const Plan::Action &action, const RunFacts &facts, Diagnostics &problems)
{
    if (action.expectEffect.isEmpty())
        return;
    const auto effect = parseEffect(action.expectEffect);
    if (!effect)
        problems.push_back(errorAt(action, "the expected effect", action.expectEffect, effect.error().message));
    else if (const auto problem = checkEffect(*effect, facts))
        problems.push_back(errorAt(action, "the expected effect", action.expectEffect, problem->message));
}

QString whenText(const Plan &plan, const Plan::Action &action)
{
    if (action.when == When::ByHand)
        return QStringLiteral("by hand");
    if (action.when != When::Rule)
        return action.place;
    return action.after < 0
        ? QStringLiteral("when ") + action.rule
        : QStringLiteral("after %1, when still %2").arg(plan.actions[std::size_t(action.after)].name, action.rule);
}

} // namespace

Diagnostics checkActions(const Plan &plan, const RunFacts &facts)
{
    Diagnostics problems;
    for (const Plan::Action &action : plan.actions) {
        checkWhen(action, facts, problems);
        checkEffectOf(action, facts, problems);
        warnOfShortWindows(action, plan, problems);
    }
    return problems;
}

std::vector<RunFacts::Action> actionFacts(const Plan &plan)
{
    std::vector<RunFacts::Action> facts;
    for (const Plan::Action &action : plan.actions) {
        RunFacts::Action fact{action.name,   action.text,   action.expectEffect,
                              action.settle, action.window, action.when == When::ByHand};
        fact.when = whenText(plan, action);
        fact.ladder = action.ladder;
        fact.stopsTarget = action.stopsTarget;
        facts.push_back(std::move(fact));
    }
    return facts;
}

} // namespace Headroom
