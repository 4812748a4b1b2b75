// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"
#include "tests/support/redisserver.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Headroom;

namespace {

/// Takes what it is sent, and writes the same bytes to everybody.
class CannedRedis
{
public:
    explicit CannedRedis(const QByteArray &answer)
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, answer] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, answer] {
                received += socket->readAll();
                socket->write(answer);
            });
        });
    }
    quint16 port() const { return m_server.serverPort(); }

    QByteArray received;

private:
    QTcpServer m_server;
};

RedisProbe::Source sourceOf(quint16 port, const QStringList &questions)
{
    RedisProbe::Source source{.host = "127.0.0.1", .port = port};
    for (const QString &question : questions) {
        source.fields.append(QString::number(source.fields.size()));
        source.questions.push_back(*parseRedisQuestion(question));
    }
    return source;
}

/// A probe with a clock that stands still, and one reading after the other.
struct Bench
{
    explicit Bench(RedisProbe::Source source)
        : probe("redis", std::move(source), clock)
    {
    }
    ProbeValues read()
    {
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; }, 30'000) ? listener.values : ProbeValues();
    }
    QString said() const { return listener.said.join(QLatin1String(" | ")); }

    ManualClock clock;
    RedisProbe probe;
    ProbeListener listener{probe};
};

} // namespace

class RedisProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksARealServer();
    void keepsTheOtherValuesWhereOneIsRefused();
    void readsInAnotherDatabase();
    void logsIn();
    void saysThatItIsNotLetIn();
    void connectsAnewAfterARestart();
    void findsTheServerByItsName();
    void failsWhenNobodyListens();
    void givesUpAtTheTimeout();
    void isAGapWhereTheAnswerIsNonsense_data();
    void isAGapWhereTheAnswerIsNonsense();
    void doesNotReadWithoutEnd();
    void refusesAnswersThatNobodyAskedFor_data();
    void refusesAnswersThatNobodyAskedFor();
    void hasOneReadingUnderWay();
    void staysSilentAfterCancel();
};

void RedisProbeTest::asksARealServer()
{
    RedisServer server;
    const auto started = server.start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    QCOMPARE(server.command({"RPUSH", "jobs", "a", "b", "c"}), ":3");
    QCOMPARE(server.command({"SADD", "users", "x", "y"}), ":2");
    server.command({"XADD", "stream", "*", "k", "v"});
    server.command({"XADD", "stream", "*", "k", "w"});
    QCOMPARE(server.command({"XGROUP", "CREATE", "stream", "workers", "0"}), "+OK");
    server.command({"XREADGROUP", "GROUP", "workers", "one", "COUNT", "1", "STREAMS", "stream", ">"});

    Bench bench(sourceOf(server.port(),
                         {"LLEN jobs", "XLEN stream", "XPENDING stream workers", "SCARD users", "LLEN none",
                          "INFO used_memory", "INFO db0.keys"}));
    ProbeValues values = bench.read();
    QCOMPARE(bench.said(), "");
    QCOMPARE(values.size(), 7u);
    QCOMPARE((ProbeValues{values.begin(), values.begin() + 5}), (ProbeValues{3.0, 2.0, 1.0, 2.0, 0.0}));
    QVERIFY(values[5].value_or(0.0) > 100'000.0);
    QCOMPARE(values[6], 3.0);
    QCOMPARE(bench.probe.series()[5].unit, "bytes");

    server.command({"LPOP", "jobs"});
    QCOMPARE(bench.read()[0], 2.0);
}

void RedisProbeTest::keepsTheOtherValuesWhereOneIsRefused()
{
    RedisServer server;
    QVERIFY(server.start());
    server.command({"SET", "text", "abc"});
    server.command({"RPUSH", "jobs", "a"});
    Bench bench(sourceOf(server.port(), {"LLEN text", "LLEN jobs", "INFO nothing"}));
    QCOMPARE(bench.read(), (ProbeValues{std::nullopt, 1.0, std::nullopt}));
    QVERIFY2(bench.said().contains(" refused LLEN text: WRONGTYPE "), qPrintable(bench.said()));
    server.command({"DEL", "text"});
    QCOMPARE(bench.read(), (ProbeValues{0.0, 1.0, std::nullopt}));
    QCOMPARE(bench.listener.said.size(), 1); // one event for one time of trouble
}

void RedisProbeTest::readsInAnotherDatabase()
{
    RedisServer server;
    QVERIFY(server.start());
    server.command({"RPUSH", "jobs", "a"});
    RedisProbe::Source source = sourceOf(server.port(), {"LLEN jobs"});
    source.database = 3;
    Bench bench(std::move(source));
    QCOMPARE(bench.read(), ProbeValues{0.0});
}

void RedisProbeTest::logsIn()
{
    RedisServer server;
    QVERIFY(server.start("hunter2"));
    RedisProbe::Source source = sourceOf(server.port(), {"LLEN jobs"});
    source.user = "default";
    source.password = "hunter2";
    Bench bench(std::move(source));
    QCOMPARE(bench.read(), ProbeValues{0.0});
    QCOMPARE(bench.said(), "");
}

void RedisProbeTest::saysThatItIsNotLetIn()
{
    RedisServer server;
    QVERIFY(server.start("hunter2"));
    RedisProbe::Source source = sourceOf(server.port(), {"LLEN jobs"});
    Bench without(source);
    QCOMPARE(without.read(), ProbeValues(1));
    QVERIFY2(without.said().contains(" refused LLEN jobs: NOAUTH "), qPrintable(without.said()));
    source.password = "hunter3";
    Bench wrong(std::move(source));
    QCOMPARE(wrong.read(), ProbeValues(1));
    QCOMPARE(wrong.read(), ProbeValues(1));
    QCOMPARE(wrong.listener.said.size(), 1);
    QVERIFY2(wrong.said().contains(" refused: WRONGPASS "), qPrintable(wrong.said()));
    QVERIFY(!wrong.said().contains("hunter3"));
}

void RedisProbeTest::connectsAnewAfterARestart()
{
    RedisServer first;
    QVERIFY(first.start());
    Bench bench(sourceOf(first.port(), {"LLEN jobs"}));
    QCOMPARE(bench.read(), ProbeValues{0.0});
    QVERIFY(first.stop());
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.read(), ProbeValues(1));
    const QByteArray answer = ":5\r\n";
    QTcpServer second;
    QVERIFY(second.listen(QHostAddress::LocalHost, first.port()));
    QObject::connect(&second, &QTcpServer::newConnection, &second,
                     [&] { second.nextPendingConnection()->write(answer); });
    QCOMPARE(bench.read(), ProbeValues{5.0});
    QCOMPARE(bench.listener.said.size(), 2);
}

void RedisProbeTest::findsTheServerByItsName()
{
    CannedRedis server(":7\r\n");
    RedisProbe::Source source = sourceOf(server.port(), {"LLEN jobs"});
    source.host = "localhost";
    Bench bench(std::move(source));
    QCOMPARE(bench.read(), ProbeValues{7.0});
    QCOMPARE(server.received, "*2\r\n$4\r\nLLEN\r\n$4\r\njobs\r\n");
}

void RedisProbeTest::failsWhenNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    Bench bench(sourceOf(port, {"LLEN jobs"}));
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.said(),
             QStringLiteral("failed: Redis at 127.0.0.1:%1 cannot be asked: Connection refused").arg(port));
}

void RedisProbeTest::givesUpAtTheTimeout()
{
    CannedRedis server("");
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    bench.probe.read();
    QTRY_VERIFY(!server.received.isEmpty());
    bench.clock.advance(2s);
    QCOMPARE(bench.listener.values, ProbeValues(1));
    QVERIFY2(bench.said().endsWith(" did not answer within 2.00 s"), qPrintable(bench.said()));
}

void RedisProbeTest::isAGapWhereTheAnswerIsNonsense_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("saying");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")
                          << "cannot be asked: Protocol error, got \"H\" as reply type byte";
    QTest::newRow("text") << QByteArray("$3\r\nabc\r\n") << "answered LLEN jobs without a number; correct it";
    QTest::newRow("nothing") << QByteArray("$-1\r\n") << "answered LLEN jobs without a number; correct it";
    QTest::newRow("many elements") << QByteArray("*100000000\r\n") << "cannot be asked: Multi-bulk length out of range";
    QTest::newRow("a list in a list") << QByteArray("*1\r\n*1\r\n:7\r\n") << "answered LLEN jobs without a number; correct it";
    // hiredis, freeing such an answer, went through the end of the stack.
    QTest::newRow("a MiB of lists in lists") << QByteArray("*1\r\n").repeated(262'144)
                                             << "cannot be asked: it answers lists in lists in lists; is it a Redis server?";
    QTest::newRow("error") << QByteArray("-ERR no\r\n") << "refused LLEN jobs: ERR no";
}

void RedisProbeTest::isAGapWhereTheAnswerIsNonsense()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, saying);
    CannedRedis server(answer);
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.listener.said.size(), 1);
    QVERIFY2(bench.said().contains(saying), qPrintable(bench.said()));
}

void RedisProbeTest::doesNotReadWithoutEnd()
{
    CannedRedis server("$100000000\r\n" + QByteArray(16 * 1024 * 1024, 'x'));
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    QCOMPARE(bench.read(), ProbeValues(1));
    QVERIFY2(bench.said().endsWith(" cannot be asked: it answers without end"), qPrintable(bench.said()));
}

void RedisProbeTest::refusesAnswersThatNobodyAskedFor_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("at once") << QByteArray(":1\r\n:2\r\n:3\r\n");
    QTest::newRow("half of one") << QByteArray(":1\r\n:");
}

void RedisProbeTest::refusesAnswersThatNobodyAskedFor()
{
    // hiredis ended the whole program.
    QFETCH(QByteArray, answer);
    CannedRedis server(answer);
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    for (int i = 0; i < 3; ++i)
        bench.read(); // with the value or without: the connection is gone before or after it
    QVERIFY(bench.listener.readings >= 3);

    // Later, when nothing is under way.
    QTcpServer late;
    QVERIFY(late.listen(QHostAddress::LocalHost));
    QTcpSocket *client = nullptr;
    QObject::connect(&late, &QTcpServer::newConnection, &late, [&] {
        client = late.nextPendingConnection();
        client->write(":7\r\n");
    });
    Bench other(sourceOf(late.serverPort(), {"LLEN jobs"}));
    QCOMPARE(other.read(), ProbeValues{7.0});
    client->write(answer);
    QTRY_COMPARE(client->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(other.read(), ProbeValues{7.0}); // over another connection
    QCOMPARE(other.said(), "");
}

void RedisProbeTest::hasOneReadingUnderWay()
{
    CannedRedis server("");
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    bench.probe.read();
    QVERIFY(bench.probe.isReading());
    bench.probe.read();
    QCOMPARE(bench.listener.readings, 1); // at once, without a value ...
    QCOMPARE(bench.said(), ""); // ... and without a failure
}

void RedisProbeTest::staysSilentAfterCancel()
{
    CannedRedis server(":7\r\n");
    Bench bench(sourceOf(server.port(), {"LLEN jobs"}));
    bench.probe.read();
    bench.probe.cancel();
    QVERIFY(!bench.probe.isReading());
    bench.clock.advance(10s);
    QCoreApplication::processEvents();
    QCOMPARE(bench.listener.readings, 0);
    QCOMPARE(bench.read(), ProbeValues{7.0});
}

QTEST_GUILESS_MAIN(RedisProbeTest)
#include "tst_redisprobe.moc"
