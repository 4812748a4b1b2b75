// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timelink.h"

#include <QUrlQuery>

namespace Headroom {

namespace {

const QString kFrom = QStringLiteral("{from}");
const QString kTo = QStringLiteral("{to}");

QString filled(QString address, qint64 fromMs, qint64 toMs)
{
    return address.replace(kFrom, QString::number(fromMs)).replace(kTo, QString::number(toMs));
}

} // namespace

QString misfitOfTimeLink(const QString &address)
{
    if (address.size() > kLongestTimeLink)
        return QStringLiteral("is longer than %1 characters").arg(kLongestTimeLink);
    const QUrl url(filled(address, 0, 0), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")))
        return QStringLiteral("is no http or https address; write it like https://grafana.example.com/d/abc/service");
    if (!url.userInfo().isEmpty() || url.authority().contains(QLatin1Char('@')))
        return QStringLiteral(
            "has a user or password in it, which everybody who sees a report would see; leave them out");
    return {};
}

QUrl timeLink(const QString &address, qint64 fromMs, qint64 toMs)
{
    if (!misfitOfTimeLink(address).isEmpty())
        return {};
    QUrl url(filled(address, fromMs, toMs), QUrl::StrictMode);
    QUrlQuery query(url);
    const std::pair<QString, qint64> ends[] = {{kFrom, fromMs}, {kTo, toMs}};
    bool isChanged = false;
    for (const auto &[placeholder, time] : ends) {
        if (address.contains(placeholder))
            continue;
        const QString name = placeholder.sliced(1, placeholder.size() - 2);
        query.removeAllQueryItems(name);
        query.addQueryItem(name, QString::number(time));
        isChanged = true;
    }
    if (isChanged)
        url.setQuery(query);
    return url;
}

} // namespace Headroom
