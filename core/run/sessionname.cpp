// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionname.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace Headroom {

QString sessionFileName(QString scenarioName, const QDateTime &time)
{
    static const QRegularExpression kUnsafe(QStringLiteral("[^A-Za-z0-9._-]+"));
    scenarioName.replace(kUnsafe, QStringLiteral("-"));
    while (scenarioName.startsWith(QLatin1Char('-')) || scenarioName.startsWith(QLatin1Char('.')))
        scenarioName.remove(0, 1);
    if (scenarioName.isEmpty())
        scenarioName = QStringLiteral("session");
    return QStringLiteral("%1-%2.headroom")
        .arg(scenarioName.left(80), time.toString(QStringLiteral("yyyyMMdd-HHmmss")));
}

QString freeSessionFileName(const QDir &folder, const QString &scenarioName, const QDateTime &time)
{
    const QString first = sessionFileName(scenarioName, time);
    QString name = first;
    for (int i = 2; folder.exists(name); ++i)
        name = QStringLiteral("%1-%2.headroom").arg(QFileInfo(first).completeBaseName()).arg(i);
    return name;
}

} // namespace Headroom
