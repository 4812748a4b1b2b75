// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sessionname.h"

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

} // namespace Headroom
