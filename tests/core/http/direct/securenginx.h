// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/certificates.h"
#include "tests/support/nginxserver.h"

#include <QTcpServer>
#include <QTemporaryDir>

namespace Headroom {

/// An nginx that listens encrypted as well, and on a Unix socket.
class SecureNginx
{
public:
    /// `lines`: as NginxServer's. Errors: its own, and those of openssl.
    Result<void> start(const QString &lines = {}, int connections = 2048)
    {
        if (const Result<void> made = makeCertificates(); !made)
            return made;
        Result<void> started;
        for (int attempt = 0; attempt < 3; ++attempt) { // another program may take the port between look and use
            QTcpServer free;
            free.listen(QHostAddress::LocalHost);
            m_port = free.serverPort();
            free.close();
            started = nginx.start(QStringLiteral("listen 127.0.0.1:%1 ssl backlog=4096; listen unix:%2 backlog=4096;\n"
                                                 "ssl_certificate %3; ssl_certificate_key %4;\n%5")
                                      .arg(m_port)
                                      .arg(socket(), m_files.path(QStringLiteral("server.pem")),
                                           m_files.path(QStringLiteral("server.key")), lines),
                                  connections);
            if (started)
                break;
        }
        return started;
    }
    QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("https://127.0.0.1:%1%2").arg(m_port).arg(path));
    }
    QString socket() const { return m_files.path(QStringLiteral("socket")); }
    QByteArray authority() const { return m_files.content(QStringLiteral("authority.pem")); }
    const Certificates &files() const { return m_files; }

    NginxServer nginx;

private:
    Result<void> makeCertificates() const
    {
        if (const Result<void> made = m_files.make(QStringLiteral("authority")); !made)
            return made;
        return m_files.make(QStringLiteral("server"), QStringLiteral("authority"),
                            {QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1,DNS:localhost")});
    }

    QTemporaryDir m_folder;
    Certificates m_files{m_folder.path()};
    quint16 m_port = 0;
};

} // namespace Headroom
