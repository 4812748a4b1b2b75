// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/leftoutactions.h"

#include "core/analysis/conditionwatch.h"
#include "core/base/humanformat.h"
#include "core/run/leftoutprobes.h"

namespace Headroom {

namespace {

using Action = Scenario::Action;

Diagnostic warningOn(const Action &action, const QString &message)
{
    return {Diagnostic::Severity::Warning, action.range, message};
}

/// Whether the facts of the run lack what a condition names, and those that were wanted have it.
bool waitsInVain(const Action &action, const RunFacts &facts, const RunFacts &wanted)
{
    if (action.when != Action::When::Rule)
        return false;
    const auto condition = parseCondition(action.rule);
    return condition && checkCondition(*condition, facts) && !checkCondition(*condition, wanted);
}

} // namespace

Diagnostics leaveOutStops(Scenario &scenario)
{
    Diagnostics warnings;
    if (startsTarget(scenario.target))
        return warnings;
    const auto isLeftOut = [&warnings](const Action &action) {
        if (action.stopsTarget)
            warnings.push_back(
                warningOn(action,
                          QStringLiteral("the action %1 ends the target that the scenario starts, and the "
                                         "load goes to another one; it is left out")
                              .arg(formatQuoted(action.name))));
        return action.stopsTarget;
    };
    std::vector<Action> kept;
    for (Action &action : scenario.actions) {
        const bool isLadder = !action.ladder.empty();
        std::erase_if(action.ladder, isLeftOut);
        if (isLadder ? !action.ladder.empty() : !isLeftOut(action))
            kept.push_back(std::move(action));
    }
    scenario.actions = std::move(kept);
    return warnings;
}

Diagnostics leaveOutActions(Scenario &scenario, const RunFacts &facts, const RunFacts &wanted)
{
    Diagnostics warnings;
    std::erase_if(scenario.actions, [&](const Action &action) {
        if (!waitsInVain(action, facts, wanted))
            return false;
        warnings.push_back(warningOn(
            action,
            QStringLiteral(
                "the action %1 waits for what a probe that is left out would tell, and is left out as well: %2")
                .arg(formatQuoted(action.name), formatQuoted(action.rule))));
        return true;
    });
    return warnings;
}

} // namespace Headroom
