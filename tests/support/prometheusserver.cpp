// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/prometheusserver.h"

#include "tests/support/freeport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>

namespace Headroom {

namespace {

constexpr int kPatience = 30'000; // ms

} // namespace

PrometheusServer::~PrometheusServer() { stop(); }

Result<void> PrometheusServer::start(const QString &watched)
{
    if (QStandardPaths::findExecutable(QStringLiteral("prometheus")).isEmpty())
        return failure(Error::Code::NotFound,
                       QStringLiteral("prometheus is not installed; packaging/test installs it"));
    Result<void> result;
    for (int attempt = 0; attempt < 3; ++attempt) { // another program may take the port between look and use
        result = startOn(freePort(), watched);
        if (result)
            break;
    }
    return result;
}

Result<void> PrometheusServer::startOn(quint16 port, const QString &watched)
{
    stop();
    m_port = port;
    QFile file(m_folder.filePath(QStringLiteral("prometheus.yml")));
    if (!file.open(QIODevice::WriteOnly))
        return failure(Error::Code::Unwritable, file.errorString(), file.fileName());
    file.write("global: { scrape_interval: 1s, scrape_timeout: 1s }\n");
    if (!watched.isEmpty())
        file.write(
            QStringLiteral("scrape_configs: [ { job_name: watched, static_configs: [ { targets: ['%1'] } ] } ]\n")
                .arg(watched)
                .toUtf8());
    file.close();
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(QStringLiteral("prometheus"),
                    {QStringLiteral("--config.file=") + file.fileName(),
                     QStringLiteral("--storage.tsdb.path=") + m_folder.filePath(QStringLiteral("store")),
                     QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port)});
    if (waitUntilItIsReady())
        return {};
    stop();
    return failure(Error::Code::Unreachable, QString::fromUtf8(m_process.readAllStandardError()).trimmed().right(1000));
}

bool PrometheusServer::waitUntilItIsReady()
{
    QElapsedTimer waited;
    waited.start();
    while (!waited.hasExpired(kPatience)) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        QByteArray answer;
        if (socket.waitForConnected(kPatience)) {
            socket.write("GET /-/ready HTTP/1.0\r\n\r\n");
            while (socket.waitForReadyRead(kPatience))
                answer += socket.readAll();
        }
        m_process.waitForFinished(answer.startsWith("HTTP/1.0 200") ? 1 : 20);
        if (m_process.state() == QProcess::NotRunning) // then it was another program that answered
            return false;
        if (answer.startsWith("HTTP/1.0 200"))
            return true;
    }
    return false;
}

bool PrometheusServer::stop()
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

QUrl PrometheusServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

} // namespace Headroom
