// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionname.h"

#include "core/session/sessionfile.h"

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

QString freeSessionPath(const QString &path)
{
    const QFileInfo first(path);
    QString free = path;
    for (int i = 2; SessionFile::isNameTaken(free); ++i)
        free = path.chopped(first.fileName().size())
            + QStringLiteral("%1-%2.headroom").arg(first.completeBaseName()).arg(i);
    return free;
}

QString freeSessionFileName(const QDir &folder, const QString &scenarioName, const QDateTime &time)
{
    return QFileInfo(freeSessionPath(folder.filePath(sessionFileName(scenarioName, time)))).fileName();
}

} // namespace Headroom
