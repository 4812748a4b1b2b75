// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/direct/directbench.h"
#include "tests/core/http/direct/securenginx.h"
#include "tests/support/scriptedserver.h"

#include <QFile>
#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

#include <sys/resource.h>

using namespace Headroom;

/// Which connections requests take, and where those come from, as a real nginx saw it.
class DirectConnectionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goToAUnixSocket_data();
    void goToAUnixSocket();
    void waitForAPlaceInASocketsQueue();
    void sayWhatIsWrongWithASocket();
    void comeFromEachSourceInTurn();
    void sayWhenASourceIsNotOurs();
    void areNewForEachRequestWhenTheyAreNotToBeKept();
    void areClosedByUsWhenTheTargetWouldKeepThem();
    void aUserOfAPlaceKeepsItsOwn();
    void usersOfNoPlaceShareThem();
    void aThousandAtOnce_data();
    void aThousandAtOnce();
    void sayWhatTheyTook();

private:
    /// Connection to requests.
    static QHash<QString, int> connectionsOf(SecureNginx &nginx)
    {
        QHash<QString, int> seen;
        nginx.nginx.stop();
        for (const QString &line : nginx.nginx.accessLog())
            ++seen[line.section(u' ', 0, 0)];
        return seen;
    }
};

void DirectConnectionsTest::goToAUnixSocket_data()
{
    QTest::addColumn<bool>("isSecure");
    QTest::addColumn<bool>("isHttp2");
    QTest::newRow("plain") << false << false;
    QTest::newRow("HTTP/2") << false << true;
    QTest::newRow("TLS") << true << false;
}

void DirectConnectionsTest::goToAUnixSocket()
{
    QFETCH(bool, isSecure);
    QFETCH(bool, isHttp2);
    SecureNginx nginx;
    const QString way = isSecure ? QStringLiteral("listen unix:%1s ssl; ") : QString();
    QVERIFY(nginx.start((isSecure ? way.arg(nginx.socket()) : QString())
                        + QStringLiteral("http2 %1; location = /who { return 200 \"$remote_addr $host\"; }")
                              .arg(isHttp2 ? QStringLiteral("on") : QStringLiteral("off"))));
    DirectBench bench({.tls = {.authorities = nginx.authority(), .serverName = QStringLiteral("localhost")},
                       .isHttp2 = isHttp2,
                       .socket = isSecure ? nginx.socket() + u's' : nginx.socket()});
    for (int i = 0; i < 3; ++i) {
        const QString scheme = isSecure ? QStringLiteral("https") : QStringLiteral("http");
        const Exchange made = bench.make(QUrl(scheme + QStringLiteral("://nothing.invalid/who"))); // is not looked up
        QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
        QCOMPARE(made.body, "unix: nothing.invalid");
        QCOMPARE(made.opening.has_value(), i == 0);
    }
}

/// TCP waits in the system for a place in the target's queue; a Unix socket is told that there is none.
void DirectConnectionsTest::waitForAPlaceInASocketsQueue()
{
    QTemporaryDir folder;
    QLocalServer server;
    server.setListenBacklogSize(1);
    QVERIFY(server.listen(folder.filePath(QStringLiteral("s"))));
    QObject::connect(&server, &QLocalServer::newConnection, &server, [&] {
        while (QLocalSocket *socket = server.nextPendingConnection()) {
            QObject::connect(socket, &QIODevice::readyRead, socket, [socket] {
                if (socket->readAll().endsWith("\r\n\r\n"))
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        }
    });
    DirectBench bench({.socket = server.fullServerName()});
    for (const Exchange &made : bench.makeAtOnce(DirectBench::get(QUrl(QStringLiteral("http://a/"))), 20)) {
        QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
        QVERIFY(made.opening);
    }
}

void DirectConnectionsTest::sayWhatIsWrongWithASocket()
{
    QTemporaryDir folder;
    const QUrl url(QStringLiteral("http://a/"));
    const Exchange missing = DirectBench({.socket = folder.filePath(QStringLiteral("none"))}).make(url);
    QCOMPARE(missing.failure, FailureKind::ConnectRefused);
    QCOMPARE(missing.message, QStringLiteral("There is no socket at the path that connections go to"));
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Exchange nobody = DirectBench({.socket = file.fileName()}).make(url);
    QCOMPARE(nobody.failure, FailureKind::ConnectRefused);
    const Exchange tooLong = DirectBench({.socket = QString(200, u'x')}).make(url);
    QCOMPARE(tooLong.message, QStringLiteral("The path of the socket is longer than the system takes"));
    QVERIFY(tooLong.failure != FailureKind::None);
}

void DirectConnectionsTest::comeFromEachSourceInTurn()
{
    SecureNginx nginx;
    QVERIFY(nginx.start(QStringLiteral("location = /who { return 200 $remote_addr; }")));
    DirectBench bench({.isReused = false,
                       .sources = {QHostAddress(QStringLiteral("127.0.0.2")), QHostAddress(QStringLiteral("::1")),
                                   QHostAddress(QStringLiteral("127.0.0.3"))}}); // the second cannot reach the target
    QList<QByteArray> seen;
    for (int i = 0; i < 5; ++i)
        seen.append(bench.make(nginx.nginx.url(QStringLiteral("/who"))).body);
    QCOMPARE(seen, (QList<QByteArray>{"127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3", "127.0.0.2"}));
}

void DirectConnectionsTest::sayWhenASourceIsNotOurs()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    const Exchange foreign =
        DirectBench({.sources = {QHostAddress(QStringLiteral("203.0.113.1"))}}).make(nginx.nginx.url()); // RFC 5737
    QCOMPARE(foreign.failure, FailureKind::Connect);
    QVERIFY2(foreign.message.contains(QStringLiteral("no local port or address is left")), qPrintable(foreign.message));
    const Exchange family = DirectBench({.sources = {QHostAddress(QStringLiteral("::1"))}}).make(nginx.nginx.url());
    QCOMPARE(family.failure, FailureKind::Connect);
}

void DirectConnectionsTest::areNewForEachRequestWhenTheyAreNotToBeKept()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    DirectBench bench({.isReused = false});
    for (int i = 0; i < 20; ++i) {
        const Exchange made = bench.make(DirectBench::get(nginx.nginx.url()), i % 3 - 1);
        QVERIFY2(made.failure == FailureKind::None && made.opening, qPrintable(made.message));
    }
    QCOMPARE(connectionsOf(nginx).size(), 20);
}

/// Whatever the target would do with them.
void DirectConnectionsTest::areClosedByUsWhenTheTargetWouldKeepThem()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("ok"));
    DirectBench bench({.isReused = false});
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(bench.make(DirectBench::get(server.url()), i % 3 - 1).status, 200);
        QTRY_COMPARE(server.open(), 0);
    }
    QCOMPARE(server.accepted(), 6);
}

void DirectConnectionsTest::aUserOfAPlaceKeepsItsOwn()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    DirectBench bench;
    for (int i = 0; i < 30; ++i) {
        const Exchange made = bench.make(DirectBench::get(nginx.nginx.url()), i % 3);
        QCOMPARE(made.opening.has_value(), i < 3);
    }
    const QHash<QString, int> seen = connectionsOf(nginx);
    QCOMPARE(seen.size(), 3);
    for (const int requests : seen)
        QCOMPARE(requests, 10);
}

void DirectConnectionsTest::usersOfNoPlaceShareThem()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    DirectBench bench;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.make(nginx.nginx.url()).status, 200);
    bench.makeAtOnce(DirectBench::get(nginx.nginx.url()), 5); // four more
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.make(nginx.nginx.url()).opening.has_value(), false);
    QCOMPARE(connectionsOf(nginx).size(), 5);
}

void DirectConnectionsTest::aThousandAtOnce_data()
{
    QTest::addColumn<bool>("isOfPlaces");
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("each of a place") << true << false;
    QTest::newRow("of no place") << false << false;
    QTest::newRow("over a Unix socket") << true << true;
}

void DirectConnectionsTest::aThousandAtOnce()
{
    QFETCH(bool, isOfPlaces);
    QFETCH(bool, isLocal);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < 1200)
        QSKIP("the system gives fewer than 1,200 descriptors");
    SecureNginx nginx;
    const Result<void> started = nginx.start({}, 1100);
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    DirectBench bench({.socket = isLocal ? nginx.socket() : QString()}, 1000);
    HttpRequest request = DirectBench::get(nginx.nginx.url());
    for (int round = 0; round < 2; ++round) {
        int opened = 0;
        for (const Exchange &made : bench.makeAtOnce(request, 1000, isOfPlaces)) {
            QVERIFY2(made.failure == FailureKind::None && made.status == 200, qPrintable(made.message));
            opened += made.opening ? 1 : 0;
        }
        QCOMPARE(opened, round == 0 ? 1000 : 0);
    }
    const QHash<QString, int> seen = connectionsOf(nginx);
    QCOMPARE(seen.size(), 1000);
    for (const int requests : seen)
        QCOMPARE(requests, 2);
}

void DirectConnectionsTest::sayWhatTheyTook()
{
    SecureNginx nginx;
    QVERIFY(nginx.start());
    DirectBench bench({.tls = {.authorities = nginx.authority()}, .family = ConnectionOptions::Family::IPv4});
    QUrl named = nginx.url();
    named.setHost(QStringLiteral("localhost"));
    const Exchange made = bench.make(named);
    QVERIFY2(made.failure == FailureKind::None, qPrintable(made.message));
    QCOMPARE_GT(made.opening->resolve, 0ns);
    QCOMPARE_GT(made.opening->connect, 0ns);
    QCOMPARE_GT(made.opening->tls, 0ns);
    QCOMPARE_LE(made.opening->resolve + made.opening->connect + made.opening->tls, made.firstByte - made.sent);
    const Exchange plain = bench.make(nginx.nginx.url());
    QCOMPARE(plain.opening->tls, 0ns);
}

QTEST_GUILESS_MAIN(DirectConnectionsTest)
#include "tst_directconnections.moc"
