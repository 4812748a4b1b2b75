// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/startgate.h"

#include "tests/support/scriptedserver.h"

#include <QLocalServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QUrl urlOf(const QTcpServer &server)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/health").arg(server.serverPort()));
}

} // namespace

class StartGateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void opensWhenSomebodyListens();
    void saysThatNobodyListens();
    void waitsUntilSomebodyListens();
    void reachesALocalSocket();
    void waitsUntilTheTargetIsReady();
    void givesUpWithTheLastAnswer();
    void countsTheStatusAloneAndFollowsNoRedirection_data();
    void countsTheStatusAloneAndFollowsNoRedirection();
    void endsInTimeWithoutAnAnswer();
    void endsWhenItIsCancelled();
};

void StartGateTest::opensWhenSomebodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    StartGate gate;
    QVERIFY(QCoro::waitFor(gate.reach(urlOf(server), std::chrono::seconds(5))));
    QCOMPARE(gate.requestsMade(), 0u); // a connection is no request
}

void StartGateTest::saysThatNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QUrl url = urlOf(server);
    server.close();
    StartGate gate;
    const auto reached = QCoro::waitFor(gate.reach(url, std::chrono::seconds(5)));
    QVERIFY(!reached);
    QCOMPARE(reached.error().code, Error::Code::Unreachable);
    QVERIFY2(reached.error().message.contains(QStringLiteral("nobody listens")), qPrintable(reached.error().text()));
    QVERIFY(reached.error().subject.contains(QString::number(url.port())));
}

void StartGateTest::waitsUntilSomebodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QUrl url = urlOf(server);
    server.close();
    StartGate gate;
    QVERIFY(!QCoro::waitFor(gate.isListening(url)));
    const auto never = QCoro::waitFor(gate.awaitListening(url, std::chrono::milliseconds(100)));
    QCOMPARE(never.error().code, Error::Code::Unreachable);
    QVERIFY2(never.error().text().contains(QStringLiteral("nobody listens there within 100 ms")), qPrintable(never.error().text()));
    auto waiting = gate.awaitListening(url, std::chrono::minutes(1));
    QVERIFY(server.listen(QHostAddress::LocalHost, quint16(url.port())));
    QVERIFY(QCoro::waitFor(waiting));
    server.close();
    auto cancelled = gate.awaitListening(url, std::chrono::minutes(1));
    gate.cancel();
    QCOMPARE(QCoro::waitFor(cancelled).error().code, Error::Code::Cancelled);
}

void StartGateTest::reachesALocalSocket()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s"));
    StartGate gate;
    const auto nobody = QCoro::waitFor(gate.reachSocket(path, std::chrono::seconds(1)));
    QCOMPARE(nobody.error().code, Error::Code::Unreachable);
    QCOMPARE(nobody.error().subject, path);
    QLocalServer server;
    QVERIFY(server.listen(path));
    QVERIFY(QCoro::waitFor(gate.reachSocket(path, std::chrono::seconds(1))));
}

void StartGateTest::waitsUntilTheTargetIsReady()
{
    // 503 twice, then 200.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    int requests = 0;
    QByteArray seen;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&, socket] {
            seen += socket->readAll();
            socket->write(++requests < 3 ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                         : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    StartGate gate;
    QVERIFY(QCoro::waitFor(gate.awaitReady(urlOf(server), std::chrono::seconds(30))));
    QCOMPARE(gate.requestsMade(), 3u);
    QVERIFY(seen.contains("headroom-aux"));
}

void StartGateTest::givesUpWithTheLastAnswer()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [socket] {
            socket->write("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    StartGate gate;
    const auto ready = QCoro::waitFor(gate.awaitReady(urlOf(server), std::chrono::milliseconds(300)));
    QVERIFY(!ready);
    QCOMPARE(ready.error().code, Error::Code::Unreachable);
    QVERIFY2(ready.error().message.contains(QStringLiteral("it answers 500")), qPrintable(ready.error().message));
}

void StartGateTest::countsTheStatusAloneAndFollowsNoRedirection_data()
{
    QTest::addColumn<ServerScript>("script");
    QTest::addColumn<QString>("expected");
    ServerScript stream;
    stream.send("HTTP/1.1 200 OK\r\n\r\n");
    for (int i = 0; i < 10'000; ++i) // a quarter of an hour
        stream.send("more ", std::chrono::milliseconds(100));
    QTest::newRow("a body without end") << stream << QString();
    QTest::newRow("a body that stays away") << ServerScript().send("HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\n").hold()
                                            << QStringLiteral("it answers 503");
    QTest::newRow("elsewhere") << ServerScript::answer("302 Found", {}, "Location: /elsewhere\r\n")
                               << QStringLiteral("it answers 302");
}

void StartGateTest::countsTheStatusAloneAndFollowsNoRedirection()
{
    QFETCH(const ServerScript, script);
    ScriptedServer server;
    server.answerWith(script);
    StartGate gate;
    QTEST(QCoro::waitFor(gate.whyNotReady(server.url(), std::chrono::minutes(5))), "expected");
    QCOMPARE(server.requests().size(), 1);
}

void StartGateTest::endsInTimeWithoutAnAnswer()
{
    ScriptedServer server; // a header without end is no answer
    server.answerWith(ServerScript().send("HTTP/1.1 200 OK\r\n").repeat("X-More: 1\r\n"));
    StartGate gate;
    const QString reason = QCoro::waitFor(gate.whyNotReady(server.url(), std::chrono::milliseconds(300)));
    QVERIFY2(!reason.isEmpty(), qPrintable(reason));
    server.answerWith(ServerScript().hold());
    QCOMPARE(QCoro::waitFor(gate.whyNotReady(server.url(), std::chrono::milliseconds(300))), QStringLiteral("no answer"));
}

void StartGateTest::endsWhenItIsCancelled()
{
    QTcpServer server; // accepts and never answers
    QVERIFY(server.listen(QHostAddress::LocalHost));
    StartGate gate;
    connect(&server, &QTcpServer::newConnection, &gate, [&] { gate.cancel(); });
    const auto ready = QCoro::waitFor(gate.awaitReady(urlOf(server), std::chrono::minutes(5)));
    QVERIFY(!ready);
    QCOMPARE(ready.error().code, Error::Code::Cancelled);
}

QTEST_GUILESS_MAIN(StartGateTest)
#include "tst_startgate.moc"
