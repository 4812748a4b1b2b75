// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/qnam/tlsconfiguration.h"

#include <QUrl>

namespace Headroom {

/// The way that requests beside the load take to its target: with its TLS, and through its local socket. Requests to
/// other hosts are left as they are; certificates meant for the target are none of their business.
class TargetRoute
{
public:
    explicit TargetRoute(const QUrl &target = {}, const ConnectionOptions &options = {});

    void applyTo(QNetworkRequest &request) const;

private:
    bool isTarget(const QUrl &url) const;

    QUrl m_target;
    QString m_socket;
    TlsConfiguration m_tls;
};

} // namespace Headroom
