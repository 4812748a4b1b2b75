// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/targetroute.h"

#include <QNetworkRequest>

namespace Headroom {

namespace {

int portOf(const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); }

} // namespace

TargetRoute::TargetRoute(const QUrl &target, const ConnectionOptions &options, Headers headers)
    : m_target(target)
    , m_socket(options.socket)
    , m_tls(options.tls)
    , m_headers(std::move(headers))
{
}

bool TargetRoute::isTarget(const QUrl &url) const
{
    return url.scheme() == m_target.scheme() && url.host() == m_target.host() && portOf(url) == portOf(m_target);
}

void TargetRoute::applyTo(QNetworkRequest &request) const
{
    QUrl url = request.url();
    if (!isTarget(url))
        return;
    m_tls.applyTo(request);
    for (const auto &[name, value] : m_headers) {
        if (!request.hasRawHeader(name))
            request.setRawHeader(name, value);
    }
    if (m_socket.isEmpty() || url.scheme() != QLatin1String("http")) // Qt has no https through local sockets
        return;
    url.setScheme(QStringLiteral("unix+http"));
    request.setUrl(url);
    request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, m_socket);
}

} // namespace Headroom
