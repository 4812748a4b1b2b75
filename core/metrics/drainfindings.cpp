// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/drainfindings.h"

#include "core/base/humanformat.h"

#include <QStringList>

namespace Headroom {

QString workText(const DrainFindings &found)
{
    const std::uint64_t underWay = found.finished + found.unfinished;
    if (underWay == 0)
        return QStringLiteral("no request was under way at the signal");
    return found.unfinished == 0
        ? QStringLiteral("all %1 requests under way at the signal were finished").arg(formatCount(underWay))
        : QStringLiteral("%1 of %2 requests under way at the signal were not finished")
              .arg(formatCount(found.unfinished), formatCount(underWay));
}

QString refusalText(const DrainFindings &found)
{
    QStringList ways;
    const auto add = [&ways](std::uint64_t count, const QString &way) {
        if (count > 0)
            ways << formatCount(count) + u' ' + way;
    };
    add(found.turnedAway, QStringLiteral("answered 503 or 429"));
    add(found.refused, QStringLiteral("without a connection"));
    add(found.broken, QStringLiteral("broken off"));
    const QString how = ways.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(ways.join(QStringLiteral(", ")));
    if (found.accepted == 0)
        return ways.isEmpty() ? QStringLiteral("no new request came before it had ended")
                              : QStringLiteral("new work was refused") + how;
    return found.hasRefusedNewWork()
        ? QStringLiteral("new work was refused after the first %1%2").arg(formatDuration(found.lastAccepted), how)
        : QStringLiteral("%1 new requests were accepted, the last %2 after the signal%3")
              .arg(formatCount(found.accepted), formatDuration(found.lastAccepted), how);
}

QString endText(const DrainFindings &found)
{
    if (found.wasKilled)
        return QStringLiteral("it was killed: it had not ended within %1").arg(formatDuration(found.within));
    const QString end = QStringLiteral("it ended after %1").arg(formatDuration(found.took));
    return found.exitCode ? QStringLiteral("%1 with exit code %2").arg(end).arg(*found.exitCode) : end;
}

QString drainText(const DrainFindings &found)
{
    return QStringLiteral("%1; %2; %3").arg(workText(found), refusalText(found), endText(found));
}

} // namespace Headroom
