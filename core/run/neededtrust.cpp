// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/neededtrust.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Headroom {

namespace {

/// Whether a file is one of the scenario's own, also where links lead.
bool isBelow(const QString &folder, const QString &file)
{
    if (folder.isEmpty())
        return false;
    const QFileInfo info(QDir(folder).absoluteFilePath(file));
    const QString place = QDir::cleanPath(info.exists() ? info.canonicalFilePath() : info.absoluteFilePath());
    const QStringList roots{QDir::cleanPath(QDir(folder).absolutePath()), QDir(folder).canonicalPath()};
    return std::ranges::any_of(roots, [&place](const QString &root) { return place.startsWith(root + u'/'); });
}

} // namespace

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
    for (const Scenario::Probe &probe : scenario.probes) {
        if (!probe.command.isEmpty())
            commands.append(probe.command);
        if (!probe.file.isEmpty() && !isBelow(scenario.target.folder, probe.file))
            commands.append(QStringLiteral("tail -F ") + probe.file);
    }
    commands.removeDuplicates();
    return commands;
}

} // namespace Headroom
