// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/linesplan.h"

#include <QDir>

namespace Headroom {

void takeLines(Plan &plan, const Scenario::Target &target)
{
    if (!target.lines)
        return;
    plan.lines = target.lines;
    plan.transport = QStringLiteral("lines");
    plan.target = QUrl();
    plan.target.setScheme(QStringLiteral("lines"));
    plan.target.setPath(target.lines->command.isEmpty() ? target.lines->socket : target.lines->command,
                        QUrl::DecodedMode);
    if (!target.lines->socket.isEmpty())
        plan.lines->socket = QDir::cleanPath(QDir(target.folder).absoluteFilePath(target.lines->socket));
}

CompiledRequest compileLine(const Scenario::Target &target, const Scenario::Step &step, const QUrl &address,
                            std::uint64_t salt)
{
    CompiledRequest made = compileRequest(target, step, address, salt);
    made.request.url = address;
    made.request.headers.clear();
    made.request.wantsCookies = false;
    return made;
}

QString lineMisfit(const Scenario::Step &step, const Scenario::Target &target)
{
    if (target.lines && !step.isLine)
        return QStringLiteral("target.lines takes lines, and this step is an HTTP request; write line: and the item");
    if (!target.lines && step.isLine)
        return QStringLiteral("a line needs target.lines; for HTTP write a method with its path, as in get: /");
    return {};
}

QString standardName(const Scenario::Step &step, const QString &path, std::size_t index)
{
    return step.isLine ? QStringLiteral("line %1").arg(index + 1) : path;
}

} // namespace Headroom
