// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/hosttrust.h"

#include "core/base/humanformat.h"
#include "core/run/foreignhosts.h"
#include "core/run/neededtrust.h"

#include <QSettings>

namespace Headroom {

namespace {

const QString kSettingsKey = QStringLiteral("allowedHosts");

} // namespace

Result<void> checkHosts(const Plan &plan, const Scenario &scenario, const QStringList &allowedNow)
{
    const QStringList foreign = foreignHosts(plan, scenario);
    if (foreign.isEmpty())
        return {};
    QSettings settings;
    QStringList allowed = settings.value(kSettingsKey).toStringList();
    for (const QString &host : foreign) {
        if (allowed.contains(host, Qt::CaseInsensitive))
            continue;
        if (!allowedNow.contains(host, Qt::CaseInsensitive))
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("load on '%1' was never allowed; make sure that you may, then add --allow-host %1 once").arg(host));
        allowed.append(host);
    }
    settings.setValue(kSettingsKey, allowed);
    return {};
}

Result<void> checkCommands(const Scenario &scenario, bool areAllowed)
{
    const QStringList commands = neededCommands(scenario);
    if (commands.isEmpty() || areAllowed)
        return {};
    QStringList quoted;
    for (const QString &command : commands)
        quoted << formatQuoted(command);
    return failure(Error::Code::InvalidInput,
                   (quoted.size() == 1
                        ? QStringLiteral("the scenario runs a command on this machine, %1; read it, then add --allow-commands")
                        : QStringLiteral("the scenario runs commands or reads files elsewhere on this machine: %1; read them, "
                                         "then add --allow-commands"))
                       .arg(quoted.join(QLatin1String(", "))));
}

} // namespace Headroom
