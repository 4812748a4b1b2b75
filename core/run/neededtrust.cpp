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
    commands.removeDuplicates();
    return commands;
}

} // namespace Headroom
