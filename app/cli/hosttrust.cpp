// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/hosttrust.h"

#include <QHostAddress>
#include <QSettings>

#include <algorithm>
#include <set>

namespace Headroom {

namespace {

const QString kSettingsKey = QStringLiteral("allowedHosts");

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

} // namespace

Result<void> checkHosts(const Plan &plan, const QStringList &allowedNow)
{
    std::set<QString> foreign;
    for (const Plan::Step &step : plan.steps) {
        if (!isLoopback(step.request.url.host()))
            foreign.insert(step.request.url.host());
    }
    if (foreign.empty())
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

} // namespace Headroom
