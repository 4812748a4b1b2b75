// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/targetroute.h"

#include "core/http/sameorigin.h"

#include <QNetworkRequest>

namespace Headroom {

TargetRoute::TargetRoute(const QUrl &target, const ConnectionOptions &options, Headers headers)
    : m_target(target)
    , m_socket(options.socket)
    , m_tls(options.tls)
    , m_headers(std::move(headers))
{
}

void TargetRoute::applyTo(QNetworkRequest &request) const
{
    QUrl url = request.url();
    if (!isSameOrigin(url, m_target))
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
