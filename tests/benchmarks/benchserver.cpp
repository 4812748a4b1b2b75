// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/benchserver.h"

#include "tests/support/certificates.h"
#include "tests/support/freeport.h"


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

} // namespace

Result<void> BenchServer::start()
{
    const Certificates files(m_folder.path());
    const auto made = files.make(QStringLiteral("server"), {},
                                 {QStringLiteral("-addext"), QStringLiteral("subjectAltName=IP:127.0.0.1")});
    if (!made)
        return made;
    const QString key = files.path(QStringLiteral("server.key"));
    m_tlsPort = freePort();
    return m_nginx.start(QString(kLines).arg(m_tlsPort).arg(certificatePath(), key), kConnections);
}

QUrl BenchServer::tlsUrl() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/answer").arg(m_tlsPort)); }

} // namespace Headroom
