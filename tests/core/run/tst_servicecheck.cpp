// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/servicecheck.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Headroom;

class ServiceCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatListens();
    void namesEveryServiceThatIsMissing();
    void asksAgainUntilItIsThere();
    void aUrlMustAnswerWithASuccess();
    void aCommandMustEndWithZero();
    void aCommandThatDoesNotEndIsMissing();
    void canBeCancelled();

private:
    Result<void> check(std::vector<Scenario::Service> services);
};

namespace {

Scenario::Service service(const QString &name, Nanoseconds within = 300ms)
{
    Scenario::Service one;
    one.name = name;
    one.within = within;
    return one;
}

Scenario::Service tcpService(quint16 port, Nanoseconds within = 300ms)
{
    Scenario::Service one = service(QStringLiteral("redis"), within);
    one.tcp = QStringLiteral("127.0.0.1:%1").arg(port);
    return one;
}

Scenario::Service command(const QString &text, Nanoseconds within = 5s)
{
    Scenario::Service one = service(QStringLiteral("database"), within);
    one.command = text;
    return one;
}

quint16 deafPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

Result<void> ServiceCheckTest::check(std::vector<Scenario::Service> services)
{
    ServiceCheck one(std::move(services), QDir::tempPath());
    return QCoro::waitFor(one.awaitAll());
}

void ServiceCheckTest::findsWhatListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QVERIFY(check({tcpService(server.serverPort())}).has_value());
    QVERIFY(check({}).has_value());
}

void ServiceCheckTest::namesEveryServiceThatIsMissing()
{
    Scenario::Service other = tcpService(deafPort());
    other.name = QStringLiteral("queue");
    const Result<void> found = check({tcpService(deafPort()), other});
    QVERIFY(!found);
    QCOMPARE(found.error().code, Error::Code::Unreachable);
    const QString text = found.error().text();
    QVERIFY2(text.contains(QStringLiteral("service 'redis'")) && text.contains(QStringLiteral("service 'queue'")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("nobody listens there")), qPrintable(text));
}

void ServiceCheckTest::asksAgainUntilItIsThere()
{
    const quint16 port = deafPort();
    QTcpServer server;
    QTimer::singleShot(250ms, &server, [&] { server.listen(QHostAddress::LocalHost, port); });
    const Result<void> found = check({tcpService(port, 20s)});
    QVERIFY2(found.has_value(), found ? "" : qPrintable(found.error().text()));
    QVERIFY(server.isListening());
}

void ServiceCheckTest::aUrlMustAnswerWithASuccess()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray answer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &answer] {
            socket->readAll();
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    Scenario::Service api = service(QStringLiteral("api"), 2s); // it answers soon, and is asked again until then
    api.url = QStringLiteral("http://127.0.0.1:%1/health").arg(server.serverPort());
    const Result<void> busy = check({api});
    QVERIFY(!busy);
    QVERIFY2(busy.error().text().contains(QStringLiteral("it answers 503")), qPrintable(busy.error().text()));
    answer = "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n";
    QVERIFY(check({api}).has_value());
}

void ServiceCheckTest::aCommandMustEndWithZero()
{
    QVERIFY(check({command(QStringLiteral("true"))}).has_value());
    const Result<void> failed = check({command(QStringLiteral("sh -c \"echo no such table; exit 3\""), 300ms)});
    QVERIFY(!failed);
    QVERIFY2(failed.error().text().contains(QStringLiteral("3")), qPrintable(failed.error().text()));
    QVERIFY2(failed.error().text().contains(QStringLiteral("no such table")), qPrintable(failed.error().text()));
    const Result<void> unknown = check({command(QStringLiteral("no-such-program-anywhere"), 300ms)});
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().text().contains(QStringLiteral("no-such-program-anywhere")), qPrintable(unknown.error().text()));
}

void ServiceCheckTest::aCommandThatDoesNotEndIsMissing()
{
    const Result<void> found = check({command(QStringLiteral("sleep 600"), 300ms)});
    QVERIFY(!found);
    QVERIFY2(found.error().text().contains(QStringLiteral("did not end in that time")), qPrintable(found.error().text()));
}

void ServiceCheckTest::canBeCancelled()
{
    ServiceCheck one({tcpService(deafPort(), std::chrono::hours(1))}, {});
    QTimer::singleShot(0, this, [&one] { one.cancel(); });
    const Result<void> found = QCoro::waitFor(one.awaitAll());
    QVERIFY(!found);
    QCOMPARE(found.error().code, Error::Code::Cancelled);
}

QTEST_GUILESS_MAIN(ServiceCheckTest)
#include "tst_servicecheck.moc"
