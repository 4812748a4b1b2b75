// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/qnam/tlsconfiguration.h"

#include <QByteArray>
#include <QUrl>

#include <utility>
#include <vector>

namespace Headroom {

/// The way that requests beside the load take to its target: with its TLS and headers, and through its local socket.
/// Requests to other hosts are left as they are; certificates and secrets meant for the target are none of their business.
class TargetRoute
{
public:
    using Headers = std::vector<std::pair<QByteArray, QByteArray>>;
    explicit TargetRoute(const QUrl &target = {}, const ConnectionOptions &options = {}, Headers headers = {});

    /// A header that the request has already stays.
    void applyTo(QNetworkRequest &request) const;

private:
    QUrl m_target;
    QString m_socket;
    TlsConfiguration m_tls;
    Headers m_headers;
};

} // namespace Headroom
