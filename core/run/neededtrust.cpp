// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/neededtrust.h"

namespace Headroom {

QStringList neededCommands(const Scenario &scenario)
{
    QStringList commands;
    if (scenario.target.start)
        commands.append(scenario.target.start->command);
    if (scenario.target.lines && !scenario.target.lines->command.isEmpty())
        commands.append(scenario.target.lines->command);
    for (const Scenario::Action &action : scenario.actions) {
        if (!action.command.isEmpty())
            commands.append(action.command);
        for (const Scenario::Action &rung : action.ladder) {
            if (!rung.command.isEmpty())
                commands.append(rung.command);
        }
    }
    for (const Scenario::Service &service : scenario.services) {
        if (!service.command.isEmpty())
            commands.append(service.command);
    }
    commands.removeDuplicates();
    return commands;
}

} // namespace Headroom
