// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// A real nginx on a free loopback port. Every path is answered with 200 and {"ok":true} as JSON.
class NginxServer
{
public:
    ~NginxServer();
    /// Starts it and waits until it accepts. `lines` are further directives of its server block;
    /// `connections`: how many it holds at most, within the descriptors that a process may have.
    /// Errors: NotFound when nginx is not installed, Unreachable with nginx's own words when it does not come up.
    Result<void> start(const QString &lines = {}, int connections = 2048);
    /// Ends it; the access log is complete afterwards. False when it had to be killed.
    bool stop();

    QUrl url(const QString &path = QStringLiteral("/")) const;
    /// One line for each request: connection, method, path, status, body bytes, user agent, parted by blanks.
    QStringList accessLog() const;
    QString accessLogPath() const { return m_folder.filePath(QStringLiteral("access.log")); }

private:
    Result<void> startOn(quint16 port, const QString &lines, int connections);
    bool waitUntilItAccepts();

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace Headroom
