// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/nginxserver.h"

#include "tests/support/freeport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>

namespace Headroom {

namespace {

// One process and relative paths: nothing outside the folder is touched, with or without root's rights.
constexpr QLatin1StringView kConfiguration(R"(daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections %3; }
http {
    log_format headroom '$connection $request_method $request_uri $status $body_bytes_sent $http_user_agent';
    access_log access.log headroom;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    server {
        listen 127.0.0.1:%1 backlog=4096;
        %2
        location / { default_type application/json; return 200 '{"ok":true}'; }
    }
}
)");

constexpr int kPatience = 10'000; // ms

QString nginxProgram()
{
    const QString inPath = QStandardPaths::findExecutable(QStringLiteral("nginx"));
    // Ordinary users on Debian have no sbin in their PATH.
    return inPath.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("nginx"), {QStringLiteral("/usr/sbin")})
                            : inPath;
}

} // namespace

NginxServer::~NginxServer() { stop(); }

Result<void> NginxServer::start(const QString &lines, int connections)
{
    if (nginxProgram().isEmpty())
        return failure(Error::Code::NotFound, QStringLiteral("nginx is not installed; packaging/test installs it"));
    Result<void> result;
    for (int attempt = 0; attempt < 3; ++attempt) { // another program may take the port between look and use
        result = startOn(freePort(), lines, connections);
        if (result)
            break;
    }
    return result;
}

Result<void> NginxServer::startOn(quint16 port, const QString &lines, int connections)
{
    stop();
    m_port = port;
    QFile file(m_folder.filePath(QStringLiteral("nginx.conf")));
    if (!file.open(QIODevice::WriteOnly))
        return failure(Error::Code::Unwritable, file.errorString(), file.fileName());
    file.write(QString(kConfiguration).arg(QString::number(port), lines, QString::number(connections)).toUtf8());
    file.close();
    m_process.start(nginxProgram(),
                    {QStringLiteral("-e"), QStringLiteral("stderr"), QStringLiteral("-p"), m_folder.path(),
                     QStringLiteral("-c"), file.fileName()});
    if (waitUntilItAccepts())
        return {};
    stop();
    return failure(Error::Code::Unreachable, QString::fromUtf8(m_process.readAllStandardError()).trimmed());
}

bool NginxServer::waitUntilItAccepts()
{
    QElapsedTimer waited;
    waited.start();
    while (!waited.hasExpired(kPatience)) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        const bool isAccepted = socket.waitForConnected(kPatience);
        m_process.waitForFinished(isAccepted ? 1 : 20);
        if (m_process.state() == QProcess::NotRunning) // then it was another program that accepted
            return false;
        if (isAccepted)
            return true;
    }
    return false;
}

bool NginxServer::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    m_process.terminate();
    if (m_process.waitForFinished(kPatience))
        return true;
    m_process.kill();
    m_process.waitForFinished(kPatience);
    return false;
}

QUrl NginxServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

QStringList NginxServer::accessLog() const
{
    QFile file(m_folder.filePath(QStringLiteral("access.log")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace Headroom
