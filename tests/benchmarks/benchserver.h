// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/nginxserver.h"

#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// An nginx of one process that answers as fast as it can: 27 bytes of JSON from memory, no log, connections that live
/// for ever; in clear, and encrypted with a certificate made for it.
class BenchServer
{
public:
    /// Errors: as NginxServer::start(); NotFound when openssl is not installed.
    Result<void> start();

    QUrl url() const { return m_nginx.url(QStringLiteral("/answer")); }
    QUrl tlsUrl() const; ///< HTTP/1.1 and HTTP/2, as is agreed on.
    /// Of the certificate, which is its own authority; PEM.
    QString certificatePath() const { return m_folder.filePath(QStringLiteral("server.pem")); }

private:
    QTemporaryDir m_folder;
    NginxServer m_nginx;
    quint16 m_tlsPort = 0;
};

} // namespace Headroom
