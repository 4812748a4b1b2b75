// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/direct/directbench.h"
#include "tests/core/http/direct/securenginx.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/tlsserver.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTest>
#include <QTimer>

using namespace Headroom;

namespace {

QStringList words(const char *text) { return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts); }

QByteArray authorityOf(const TlsServer &server)
{
    QFile file(server.authority());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// An encrypted server in the test's own thread, which ends its connections as it is told.
class EndingServer
{
public:
    enum class End { InOrder, Unannounced };

    EndingServer(const SecureNginx &certificates, const QByteArray &answer, End end)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(certificates.files().content(QStringLiteral("server.pem"))));
        configuration.setPrivateKey(QSslKey(certificates.files().content(QStringLiteral("server.key")), QSsl::Ec));
        m_server.setSslConfiguration(configuration);
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this, answer, end] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer, end] {
                socket->readAll();
                socket->write(answer);
                socket->flush();
                if (end == End::InOrder)
                    socket->disconnectFromHost();
                else
                    QTimer::singleShot(20, socket, [socket] { socket->abort(); });
            });
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(m_server.serverPort())); }

private:
    QSslServer m_server;
};

} // namespace

/// Encryption of the direct transport against servers of others: OpenSSL's own, nginx and Qt's.
class DirectTlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aFailedHandshakeSaysWhy_data();
    void aFailedHandshakeSaysWhy();
    void whoIsNotVerifiedIsNotBlamed();
    void wantsACertificateOfTheClient_data();
    void wantsACertificateOfTheClient();
    void newConnectionsGoOnWithSessions_data();
    void newConnectionsGoOnWithSessions();
    void anUnusableCertificateFailsEachExchange();
    void aHandshakeThatStallsIsAConnectTimeout();
    void aConnectionThatEndsInTheHandshakeIsClosed();
    void anAnswerUpToTheEndMayEndEitherWay_data();
    void anAnswerUpToTheEndMayEndEitherWay();
    void anAnswerThatIsCutIsTruncated_data();
    void anAnswerThatIsCutIsTruncated();
    void bytesOfAllSizesComeThrough();

private:
    ConnectionOptions trusting() const { return {.tls = {.authorities = m_nginx.authority()}}; }
    SecureNginx m_nginx;
    QTemporaryDir m_folder; // of what nginx serves
};

void DirectTlsTest::initTestCase()
{
    QFile big(m_folder.filePath(QStringLiteral("big")));
    QVERIFY(big.open(QIODevice::WriteOnly));
    QCOMPARE(big.write(QByteArray(3'000'000, 'x')), 3'000'000);
    big.close();
    QFile(m_folder.path())
        .setPermissions(QFile::ReadOther | QFile::ExeOther | QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const Result<void> started = m_nginx.start(
        QStringLiteral(
            "location = /big { root %1; } location = /tls { return 200 \"$ssl_protocol $ssl_session_reused\"; }\n"
            "location = /length { client_max_body_size 10m; client_body_buffer_size 10m; proxy_pass "
            "http://unix:%2:/count; proxy_pass_request_headers on; }\n"
            "location = /count { client_max_body_size 10m; return 200 \"$content_length\"; } ssl_session_cache "
            "shared:a:1m;")
            .arg(m_folder.path(), m_nginx.socket()));
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
}

void DirectTlsTest::aFailedHandshakeSaysWhy_data()
{
    QTest::addColumn<TlsServer::Certificate>("certificate");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("isTrusted");
    QTest::addColumn<QString>("reason");
    using Certificate = TlsServer::Certificate;
    const auto row = [](const char *name, const Certificate &certificate, const char *options, bool isTrusted,
                        const char *reason) {
        QTest::newRow(name) << certificate << words(options) << isTrusted << QString::fromLatin1(reason);
    };
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        const auto named = [version](const char *name) { return QByteArray(name) + ' ' + version; };
        row(named("expired"), {.notAfter = QStringLiteral("20200201000000Z")}, version, true,
            "certificate has expired");
        row(named("not yet valid"), {.notBefore = QStringLiteral("20980101000000Z")}, version, true,
            "certificate is not yet valid");
        row(named("another address"), {.name = QStringLiteral("IP:127.0.0.9")}, version, true, "IP address mismatch");
        row(named("another host"), {.name = QStringLiteral("DNS:elsewhere.invalid")}, version, true,
            "IP address mismatch");
        row(named("self-signed"), {.isSelfSigned = true}, version, true, "self-signed certificate");
        row(named("unknown authority"), {}, version, false, "unable to get local issuer certificate");
    }
    row("only TLS 1.1", {}, "-tls1_1 -cipher ALL:@SECLEVEL=0", true, "version");
    row("no cipher in common", {}, "-tls1_2 -cipher NULL:@SECLEVEL=0", true, "handshake failure");
}

void DirectTlsTest::aFailedHandshakeSaysWhy()
{
    QFETCH(TlsServer::Certificate, certificate);
    QFETCH(QStringList, options);
    QFETCH(bool, isTrusted);
    QFETCH(QString, reason);
    TlsServer server;
    const Result<void> started = server.start(certificate, options);
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    DirectBench bench({.tls = {.authorities = isTrusted ? authorityOf(server) : m_nginx.authority()}});
    for (int i = 0; i < 2; ++i) {
        const Exchange made = bench.make(server.url());
        QCOMPARE(made.failure, FailureKind::Tls);
        QVERIFY2(made.message.contains(reason), qPrintable(made.message));
        QCOMPARE(made.status, 0);
        QVERIFY(!made.opening);
    }
    QCOMPARE(bench.transport().inFlight(), 0);
}

/// What failed is that the client has no certificate, not that the server's is self-signed.
void DirectTlsTest::whoIsNotVerifiedIsNotBlamed()
{
    TlsServer server;
    QVERIFY(server.start({.isSelfSigned = true}, words("-www -tls1_2 -Verify 1 -verify_return_error")));
    DirectBench bench({.tls = {.isVerified = false}});
    const Exchange made = bench.make(server.url());
    QCOMPARE(made.failure, FailureKind::Tls);
    QVERIFY2(made.message.contains(QStringLiteral("handshake failure")), qPrintable(made.message));
}

void DirectTlsTest::wantsACertificateOfTheClient_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("TLS 1.2") << QStringLiteral("-tls1_2"); // in the handshake
    QTest::newRow("TLS 1.3") << QStringLiteral("-tls1_3"); // an alert behind it
}

void DirectTlsTest::wantsACertificateOfTheClient()
{
    QFETCH(QString, version);
    TlsServer server;
    QVERIFY(
        server.start({}, words("-www -Verify 1 -verify_return_error -CAfile authority.pem") + QStringList{version}));
    const Certificates files(QFileInfo(server.authority()).path());
    QVERIFY(files.make(QStringLiteral("client"), QStringLiteral("authority")));
    QVERIFY(files.make(QStringLiteral("stranger")));
    TlsOptions tls{.authorities = authorityOf(server)};
    const Exchange without = DirectBench({.tls = tls}).make(server.url());
    QCOMPARE(without.failure, FailureKind::Tls);
    QVERIFY2(without.message.contains(version == QLatin1String("-tls1_3") ? QStringLiteral("certificate required")
                                                                          : QStringLiteral("handshake failure")),
             qPrintable(without.message));
    tls.certificate = files.content(QStringLiteral("stranger.pem"));
    tls.key = files.content(QStringLiteral("stranger.key"));
    QCOMPARE(DirectBench({.tls = tls}).make(server.url()).failure, FailureKind::Tls);
    tls.certificate = files.content(QStringLiteral("client.pem"));
    tls.key = files.content(QStringLiteral("client.key"));
    const Exchange with = DirectBench({.tls = tls}).make(server.url());
    QVERIFY2(with.failure == FailureKind::None, qPrintable(with.message));
    QVERIFY(with.body.contains("Headroom test client"));
}

void DirectTlsTest::newConnectionsGoOnWithSessions_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isResumed");
    QTest::addColumn<bool>("isReused");
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        for (const bool isResumed : {true, false}) {
            for (const bool isReused : {true, false}) { // then we close, else nginx
                QTest::addRow("%s%s%s", version, isResumed ? "" : ", anew", isReused ? "" : ", closed by us")
                    << QString::fromLatin1(version) << isResumed << isReused;
            }
        }
    }
}

void DirectTlsTest::newConnectionsGoOnWithSessions()
{
    QFETCH(QString, version);
    QFETCH(bool, isResumed);
    QFETCH(bool, isReused);
    SecureNginx nginx;
    const QString lines = QStringLiteral("ssl_protocols %1; ssl_session_cache shared:a:1m; %2"
                                         "location = /tls { return 200 \"$ssl_protocol $ssl_session_reused\"; }");
    QVERIFY(nginx.start(lines.arg(version, isReused ? QStringLiteral("keepalive_requests 1; ") : QString())));
    DirectBench bench({.tls = {.authorities = nginx.authority(), .isResumed = isResumed}, .isReused = isReused});
    for (int i = 0; i < 6; ++i) {
        const Exchange made = bench.make(nginx.url(QStringLiteral("/tls")));
        QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
        const bool isExpected = isResumed && i > 0;
        QCOMPARE(made.body, version.toLatin1() + (isExpected ? " r" : " ."));
        QVERIFY(made.opening);
        QCOMPARE(made.opening->isResumed, isExpected);
        QCOMPARE_GT(made.opening->tls, 0ns);
    }
}

void DirectTlsTest::anUnusableCertificateFailsEachExchange()
{
    DirectBench bench({.tls = {.authorities = "nothing", .certificate = {}}});
    for (int i = 0; i < 3; ++i) {
        const Exchange made = bench.make(m_nginx.url());
        QCOMPARE(made.failure, FailureKind::Tls);
        QVERIFY2(made.message.contains(QStringLiteral("there is no certificate among the authorities")),
                 qPrintable(made.message));
    }
    DirectBench other({.tls = {.authorities = m_nginx.authority(),
                               .certificate = m_nginx.files().content(QStringLiteral("server.pem")),
                               .key = m_nginx.files().content(QStringLiteral("authority.key"))}});
    const Exchange made = other.make(m_nginx.url());
    QCOMPARE(made.failure, FailureKind::Tls);
    QVERIFY2(made.message.contains(QStringLiteral("the client's key cannot be used: ")), qPrintable(made.message));
}

void DirectTlsTest::aHandshakeThatStallsIsAConnectTimeout()
{
    ScriptedServer server; // says nothing
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    HttpRequest request = DirectBench::get(url);
    request.timeouts = {.connect = 100ms, .firstByte = 10s, .total = 20s};
    DirectBench bench;
    const Exchange made = bench.make(request);
    QCOMPARE(made.failure, FailureKind::ConnectTimeout);
    QCOMPARE_GE(made.finished - made.sent, 100ms);
    QCOMPARE_LT(made.finished - made.sent, 5s);
    QTRY_COMPARE(server.open(), 0);
}

void DirectTlsTest::aConnectionThatEndsInTheHandshakeIsClosed()
{
    ScriptedServer server;
    server.answerBeforeTheRequest(ServerScript().close());
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    const Exchange made = DirectBench().make(url);
    QCOMPARE(made.failure, FailureKind::Closed);
    QCOMPARE(made.message, QStringLiteral("The target closed the connection in the TLS handshake"));
    server.answerBeforeTheRequest(ServerScript::ok("plain"));
    const Exchange plain = DirectBench().make(url);
    QCOMPARE(plain.failure, FailureKind::Tls);
    QVERIFY2(plain.message.contains(QStringLiteral("version")), qPrintable(plain.message));
}

void DirectTlsTest::anAnswerUpToTheEndMayEndEitherWay_data()
{
    QTest::addColumn<bool>("isAnnounced");
    QTest::newRow("with close_notify") << true;
    QTest::newRow("without") << false;
}

void DirectTlsTest::anAnswerUpToTheEndMayEndEitherWay()
{
    QFETCH(bool, isAnnounced);
    const EndingServer server(m_nginx, "HTTP/1.1 200 OK\r\n\r\nhello",
                              isAnnounced ? EndingServer::End::InOrder : EndingServer::End::Unannounced);
    const Exchange made = DirectBench(trusting()).make(server.url());
    QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
    QCOMPARE(made.body, "hello");
}

void DirectTlsTest::anAnswerThatIsCutIsTruncated_data() { anAnswerUpToTheEndMayEndEitherWay_data(); }

void DirectTlsTest::anAnswerThatIsCutIsTruncated()
{
    QFETCH(bool, isAnnounced);
    const EndingServer server(m_nginx, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                              isAnnounced ? EndingServer::End::InOrder : EndingServer::End::Unannounced);
    const Exchange made = DirectBench(trusting()).make(server.url());
    QCOMPARE(made.failure, FailureKind::Truncated);
    QCOMPARE(made.bytesIn, 5u);
}

void DirectTlsTest::bytesOfAllSizesComeThrough()
{
    DirectBench bench(trusting());
    for (const qsizetype size : {0, 1, 16'000, 16'384, 16'385, 100'000, 3'000'000}) { // around a record's 16 KiB
        HttpRequest post = DirectBench::get(m_nginx.url(QStringLiteral("/length")), "POST");
        post.body = QByteArray(size, 'x');
        const Exchange made = bench.make(post);
        QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
        QCOMPARE(made.body, QByteArray::number(size));
        QCOMPARE(made.bytesOut, std::uint64_t(size));
    }
    HttpRequest wide =
        DirectBench::get(m_nginx.url(QStringLiteral("/length")), "POST"); // its head is more than a record
    wide.headers = {{"A", QByteArray(7000, 'a')}, {"B", QByteArray(7000, 'b')}, {"C", QByteArray(7000, 'c')}};
    wide.body = "hello";
    QCOMPARE(bench.make(wide).body, "5");
    const Exchange big = bench.make(m_nginx.url(QStringLiteral("/big")));
    QCOMPARE(big.body, QByteArray(3'000'000, 'x'));
}

QTEST_GUILESS_MAIN(DirectTlsTest)
#include "tst_directtls.moc"
