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

/// What a profiler would be told of a process that the run has not started itself; empty: nothing of that kind.
QString profilerOf(const Scenario::Action &action)
{
    using Kind = Scenario::Capture::Kind;
    const auto &capture = action.capture;
    if (!capture || (capture->kind != Kind::Perf && capture->kind != Kind::PySpy))
        return {};
    const QString process = capture->pid  ? QString::number(*capture->pid)
        : capture->port                   ? QStringLiteral("of port %1").arg(*capture->port)
        : !capture->processName.isEmpty() ? QStringLiteral("of %1").arg(capture->processName)
                                          : QString();
    if (process.isEmpty())
        return {};
    return (capture->kind == Kind::Perf ? QStringLiteral("perf record --pid ") : QStringLiteral("py-spy record --pid "))
        + process;
}

void addCommandsOf(const Scenario::Action &action, QStringList &commands)
{
    for (const QString &command : {action.command, profilerOf(action)}) {
        if (!command.isEmpty())
            commands.append(command);
    }
    for (const Scenario::Action &rung : action.ladder)
        addCommandsOf(rung, commands);
}

bool isDatabase(const Scenario::Probe &probe) { return probe.kind == Scenario::Probe::Kind::Sqlite; }

} // namespace

QStringList neededCommands(const Scenario &scenario)
{
    QStringList commands;
    if (scenario.target.start)
        commands.append(scenario.target.start->command);
    if (scenario.target.lines && !scenario.target.lines->command.isEmpty())
        commands.append(scenario.target.lines->command);
    for (const Scenario::Action &action : scenario.actions)
        addCommandsOf(action, commands);
    for (const Scenario::Service &service : scenario.services) {
        if (!service.command.isEmpty())
            commands.append(service.command);
    }
    for (const Scenario::Probe &probe : scenario.probes) {
        if (!probe.command.isEmpty())
            commands.append(probe.command);
        if (!probe.file.isEmpty() && !isBelow(scenario.target.folder, probe.file))
            commands.append((isDatabase(probe) ? QStringLiteral("sqlite3 ") : QStringLiteral("tail -F ")) + probe.file);
    }
    commands.removeDuplicates();
    return commands;
}

} // namespace Headroom
