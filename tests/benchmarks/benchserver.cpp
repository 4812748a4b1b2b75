// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/benchserver.h"

#include "tests/benchmarks/toolrun.h"

#include <QTcpServer>

namespace Headroom {

namespace {

constexpr QLatin1StringView kLines(R"(
        listen 127.0.0.1:%1 ssl backlog=4096;
        http2 on;
        ssl_certificate %2;
        ssl_certificate_key %3;
        access_log off;
        keepalive_requests 1000000000;
        keepalive_timeout 1h;
        location = /answer { default_type application/json; return 200 '{"ok":true,"items":[1,2,3]}'; }
)");

// From 15 of 16 on nginx closes connections that wait for a request.
constexpr int kConnections = 40'000;

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

Result<void> makeCertificate(const QString &certificate, const QString &key)
{
    const auto made =
        runTool(QStringLiteral("openssl"),
                {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                 QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-noenc"),
                 QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"), QStringLiteral("/CN=127.0.0.1"),
                 QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"),
                 key, QStringLiteral("-out"), certificate},
                std::chrono::seconds(20));
    if (!made)
        return std::unexpected(made.error());
    if (made->exitCode != 0)
        return failure(Error::Code::Internal, QString::fromUtf8(made->output).trimmed(), QStringLiteral("openssl"));
    return {};
}

} // namespace

Result<void> BenchServer::start()
{
    const QString key = m_folder.filePath(QStringLiteral("server.key"));
    if (const auto made = makeCertificate(certificatePath(), key); !made)
        return made;
    m_tlsPort = freePort();
    return m_nginx.start(QString(kLines).arg(m_tlsPort).arg(certificatePath(), key), kConnections);
}

QUrl BenchServer::tlsUrl() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/answer").arg(m_tlsPort)); }

} // namespace Headroom
