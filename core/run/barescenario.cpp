// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/barescenario.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

QString quoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("''")) + QLatin1Char('\'');
}

QString seconds(Nanoseconds duration)
{
    static const QRegularExpression kTrailingZeros(QStringLiteral("\\.?0+$"));
    return QString::number(double(duration.count()) / 1e9, 'f', 9).remove(kTrailingZeros) + QStringLiteral(" s");
}

QString rateText(Rate rate) { return QString::number(rate.perSecond(), 'g', 15) + QStringLiteral("/s"); }

/// A load that searches for its limit.
QString search(const LoadChange &change)
{
    QStringList fields;
    if (change.findLimit->upTo)
        fields += QStringLiteral("up_to: ") + rateText(*change.findLimit->upTo);
    if (change.findLimit->hold)
        fields += QStringLiteral("hold: ") + seconds(*change.findLimit->hold);
    if (change.findLimit->confirm)
        fields += QStringLiteral("confirm: ") + seconds(*change.findLimit->confirm);
    const QString cap = change.users ? QStringLiteral("  users: %1\n").arg(*change.users) : QString();
    return cap
        + QStringLiteral("  rate: %1\n  find_limit: { %2 }\n")
              .arg(rateText(change.rate.value_or(kBareRate)), fields.join(QLatin1String(", ")));
}

QString load(const LoadChange &change)
{
    if (change.findLimit)
        return search(change);
    QString text;
    if (change.iterations)
        text += QStringLiteral("  iterations: %1\n").arg(*change.iterations);
    if (change.rate && change.users)
        text += QStringLiteral("  users: %1\n").arg(*change.users);
    QString stage;
    if (change.rate || !(change.users || change.iterations))
        stage = QStringLiteral("rate: %1/s").arg(QString::number(change.rate.value_or(kBareRate).perSecond(), 'g', 15));
    else
        stage = QStringLiteral("users: %1").arg(change.users.value_or(1));
    if (change.duration || !change.iterations)
        stage += QStringLiteral(", for: ") + seconds(change.duration.value_or(kDefaultDuration));
    return text + QStringLiteral("  stages:\n    - { name: load, %1 }\n").arg(stage);
}

} // namespace

QByteArray bareScenario(const QUrl &url, const LoadChange &change)
{
    const QString target = url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
    QString path = url.path(QUrl::FullyEncoded);
    if (path.isEmpty())
        path = QStringLiteral("/");
    if (url.hasQuery())
        path += QLatin1Char('?') + url.query(QUrl::FullyEncoded);
    return QStringLiteral("headroom: 1\nname: %1\ntarget: { url: %2 }\nflows:\n  - steps:\n      - get: %3\nload:\n%4rules:\n  - errors < 1 %\n")
        .arg(quoted(url.host()), quoted(target), quoted(path), load(change)).toUtf8();
}

} // namespace Headroom
