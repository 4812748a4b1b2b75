// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/qnam/targetroute.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QNetworkRequest routed(const TargetRoute &route, const char *url)
{
    QNetworkRequest request(QUrl(QString::fromLatin1(url)));
    route.applyTo(request);
    return request;
}

} // namespace

class TargetRouteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesOtherHostsAlone();
    void takesTheTargetsTls();
    void carriesTheTargetsHeadersToItAlone();
    void goesThroughTheTargetsSocket();
};

void TargetRouteTest::leavesOtherHostsAlone()
{
    const TargetRoute route(
        QUrl(QStringLiteral("https://h:8443/base")),
        {.tls = {.serverName = QStringLiteral("api.h"), .isVerified = false}, .socket = QStringLiteral("/s")});
    for (const char *url : {"https://h/", "https://other:8443/", "http://h:8443/"}) {
        QCOMPARE(routed(route, url).url(), QUrl(QString::fromLatin1(url)));
        QCOMPARE(routed(route, url).peerVerifyName(), QString());
    }
    QCOMPARE(routed(TargetRoute(), "https://h/").peerVerifyName(), QString());
}

void TargetRouteTest::takesTheTargetsTls()
{
    const TargetRoute route(QUrl(QStringLiteral("https://h/base")),
                            {.tls = {.serverName = QStringLiteral("api.h"), .isVerified = false}});
    const QNetworkRequest request = routed(route, "https://h:443/stats");
    QCOMPARE(request.peerVerifyName(), QStringLiteral("api.h"));
    QCOMPARE(request.sslConfiguration().peerVerifyMode(), QSslSocket::VerifyNone);
}

void TargetRouteTest::carriesTheTargetsHeadersToItAlone()
{
    const TargetRoute route(QUrl(QStringLiteral("http://h:81/base")), {}, {{"Authorization", "Bearer t"}, {"Accept", "*"}});
    QCOMPARE(routed(route, "http://h:81/stats").rawHeader("Authorization"), QByteArray("Bearer t"));
    for (const char *url : {"http://h:82/", "http://other:81/", "https://h:81/"})
        QVERIFY(!routed(route, url).hasRawHeader("Authorization"));
    QNetworkRequest wanting(QUrl(QStringLiteral("http://h:81/stats")));
    wanting.setRawHeader("Accept", "application/json");
    route.applyTo(wanting);
    QCOMPARE(wanting.rawHeader("Accept"), QByteArray("application/json"));
}

void TargetRouteTest::goesThroughTheTargetsSocket()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("service.sock"));
    QLocalServer server;
    QVERIFY(server.listen(path));
    QByteArray heard;
    connect(&server, &QLocalServer::newConnection, this, [&server, &heard] {
        QLocalSocket *socket = server.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, socket, [socket, &heard] {
            heard += socket->readAll();
            if (heard.endsWith("\r\n\r\n"))
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    });
    const TargetRoute route(QUrl(QStringLiteral("http://h:1")), {.socket = path});
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.get(routed(route, "http://h:1/health")));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(reply->readAll(), QByteArray("ok"));
    QVERIFY2(heard.startsWith("GET /health HTTP/1.1\r\n"), heard.constData());
    QVERIFY2(heard.toLower().contains("host: h"), heard.constData());
}

QTEST_GUILESS_MAIN(TargetRouteTest)
#include "tst_targetroute.moc"
