// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "core/base/steadyclock.h"
#include "core/http/lines/linechannel.h"
#include "core/http/transport.h"

#include <QCoreApplication>
#include <QCoroTask>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace Headroom;

namespace {

HttpRequest line(const QByteArray &text)
{
    return {.method = "LINE", .url = QUrl(), .headers = {}, .body = text, .timeouts = {}};
}

/// The other side of a stream: what the process of a lines target reads and writes.
class Pipeline
{
public:
    Pipeline()
    {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no socket pair");
        m_stream = ends[0];
        m_socket.setSocketDescriptor(ends[1]);
        transport = makeTransport({.name = QStringLiteral("lines"), .stream = m_stream}, 10, m_clock, m_alarms);
    }
    ~Pipeline() { ::close(m_stream); }

    QCoro::Task<Exchange> send(const QByteArray &text) { return transport->send(line(text)); }
    void answer(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    bool hasRead(const QByteArray &bytes)
    {
        m_read += m_socket.readAll();
        return m_read == bytes;
    }
    void close() { m_socket.close(); }

private:
    SteadyClock m_clock;
    AlarmQueue m_alarms{m_clock};
    QLocalSocket m_socket;
    QByteArray m_read;
    int m_stream = -1;

public:
    std::unique_ptr<Transport> transport; // goes first
};

} // namespace

class LinesTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesEachItemItsAnswerInOrder();
    void keepsTheHeadOfAnAnswerThatIsWanted();
    void bringsTheWholeLineThatIsWanted();
    void dropsTheLateAnswerOfAnItemThatTimedOut();
    void countsFromTheSendToTheFirstByte();
    void refusesAnAnswerWithoutEnd();
    void dropsWhatComesUnasked();
    void tellsWhenTheStreamEnds();
    void sendsNoLineThatIsTwo();
    void abortsAll();
    void givesEachItemUnderWayAConnectionAndUsesItAgain();
    void closesAConnectionWhoseAnswerWasGivenUp();
    void tellsWhenNobodyListens();
};

void LinesTransportTest::givesEachItemItsAnswerInOrder()
{
    Pipeline pipeline;
    auto first = pipeline.send("a");
    auto second = pipeline.send("bb");
    auto third = pipeline.send("");
    QCOMPARE(pipeline.transport->inFlight(), 3);
    QTRY_VERIFY(pipeline.hasRead("a\nbb\n\n"));
    pipeline.answer("one\ntw");
    const Exchange one = QCoro::waitFor(first);
    QCOMPARE(one.failure, FailureKind::None);
    QCOMPARE(one.status, 200);
    QCOMPARE(one.bytesIn, 3u);
    QCOMPARE(one.bytesOut, 1u);
    QVERIFY(one.bodyHead.isEmpty()); // nobody wanted it
    pipeline.answer("o\n\n");
    QCOMPARE(QCoro::waitFor(second).bytesIn, 3u);
    const Exchange three = QCoro::waitFor(third);
    QCOMPARE(three.bytesIn, 0u); // an empty line is an answer too
    QCOMPARE(three.failure, FailureKind::None);
    QCOMPARE(pipeline.transport->inFlight(), 0);
}

void LinesTransportTest::keepsTheHeadOfAnAnswerThatIsWanted()
{
    Pipeline pipeline;
    HttpRequest request = line("a");
    request.keepBodyOf.insert(200);
    auto task = pipeline.transport->send(request);
    pipeline.answer(QByteArray(5000, 'x') + '\n');
    const Exchange exchange = QCoro::waitFor(task);
    QCOMPARE(exchange.bytesIn, 5000u);
    QCOMPARE(exchange.bodyHead, QByteArray(Exchange::kMaxBodyHead, 'x'));
    QCOMPARE(exchange.contentType, "text/plain");
}

void LinesTransportTest::bringsTheWholeLineThatIsWanted()
{
    Pipeline pipeline;
    HttpRequest request = line("a");
    request.wantsBody = true;
    auto task = pipeline.transport->send(request);
    pipeline.answer(QByteArray(5000, 'x') + '\n');
    const Exchange exchange = QCoro::waitFor(task);
    QCOMPARE(exchange.body, QByteArray(5000, 'x'));
    QVERIFY(exchange.bodyHead.isEmpty());
}

void LinesTransportTest::dropsTheLateAnswerOfAnItemThatTimedOut()
{
    Pipeline pipeline;
    HttpRequest hasty = line("a");
    hasty.timeouts.firstByte = 20ms;
    auto first = pipeline.transport->send(hasty);
    auto second = pipeline.send("b");
    const Exchange late = QCoro::waitFor(first);
    QCOMPARE(late.failure, FailureKind::FirstByteTimeout);
    QVERIFY(late.finished - late.sent >= 20ms);
    pipeline.answer("too late\nb\n");
    QCOMPARE(QCoro::waitFor(second).bytesIn, 1u); // "b", not "too late"
}

void LinesTransportTest::countsFromTheSendToTheFirstByte()
{
    // The first byte came in time, the rest does not: another kind of timeout.
    Pipeline pipeline;
    HttpRequest request = line("a");
    request.timeouts.firstByte = 300ms;
    request.timeouts.total = 600ms;
    auto task = pipeline.transport->send(request);
    pipeline.answer("x");
    const Exchange exchange = QCoro::waitFor(task);
    QCOMPARE(exchange.failure, FailureKind::Timeout);
    QCOMPARE(exchange.bytesIn, 1u);
    QVERIFY(exchange.firstByte < exchange.finished);
}

void LinesTransportTest::refusesAnAnswerWithoutEnd()
{
    Pipeline pipeline;
    auto first = pipeline.send("a");
    auto second = pipeline.send("b");
    pipeline.answer(QByteArray(LineChannel::kMaxLine + 1, 'x'));
    const Exchange endless = QCoro::waitFor(first);
    QCOMPARE(endless.failure, FailureKind::Protocol);
    QVERIFY(endless.message.contains(QStringLiteral("16 MiB")));
    pipeline.answer("xxx\nb\n");
    QCOMPARE(QCoro::waitFor(second).bytesIn, 1u); // the rest of the long line was nobody's
}

void LinesTransportTest::dropsWhatComesUnasked()
{
    Pipeline pipeline;
    pipeline.answer("welcome\nhalf of a");
    QCoreApplication::processEvents();
    auto task = pipeline.send("a");
    pipeline.answer(" line\nb\n");
    QCOMPARE(QCoro::waitFor(task).bytesIn, 1u);
}

void LinesTransportTest::tellsWhenTheStreamEnds()
{
    Pipeline pipeline;
    auto task = pipeline.send("a");
    pipeline.answer("half");
    QTRY_VERIFY(pipeline.hasRead("a\n"));
    pipeline.close();
    const Exchange cut = QCoro::waitFor(task);
    QCOMPARE(cut.failure, FailureKind::Closed);
    QCOMPARE(cut.bytesIn, 4u);
    const Exchange after = QCoro::waitFor(pipeline.send("b"));
    QCOMPARE(after.failure, FailureKind::Connect);
    QCOMPARE(after.bytesOut, 0u);
}

void LinesTransportTest::sendsNoLineThatIsTwo()
{
    Pipeline pipeline;
    const Exchange exchange = QCoro::waitFor(pipeline.send("a\nb"));
    QCOMPARE(exchange.failure, FailureKind::Template);
    auto task = pipeline.send("c");
    QTRY_VERIFY(pipeline.hasRead("c\n"));
    pipeline.answer("d\n");
    QCOMPARE(QCoro::waitFor(task).failure, FailureKind::None);
}

void LinesTransportTest::abortsAll()
{
    Pipeline pipeline;
    auto first = pipeline.send("a");
    auto second = pipeline.send("b");
    pipeline.transport->abortAll();
    QCOMPARE(pipeline.transport->inFlight(), 0);
    QCOMPARE(QCoro::waitFor(first).failure, FailureKind::Aborted);
    QCOMPARE(QCoro::waitFor(second).failure, FailureKind::Aborted);
}

/// A local socket whose other side is the test.
struct SocketBench
{
    QTemporaryDir folder;
    SteadyClock clock;
    AlarmQueue alarms{clock};
    QLocalServer server;
    std::vector<QLocalSocket *> peers; // the server owns them
    std::unique_ptr<Transport> transport;

    SocketBench()
    {
        const QString path = folder.filePath(QStringLiteral("s"));
        server.listen(path);
        QObject::connect(&server, &QLocalServer::newConnection, &server,
                         [this] { peers.push_back(server.nextPendingConnection()); });
        transport = makeTransport({.name = QStringLiteral("lines"), .socket = path}, 10, clock, alarms);
    }
};

void LinesTransportTest::givesEachItemUnderWayAConnectionAndUsesItAgain()
{
    SocketBench bench;
    for (int round = 0; round < 2; ++round) {
        std::vector<QCoro::Task<Exchange>> tasks;
        for (const char *text : {"a", "b", "c"})
            tasks.push_back(bench.transport->send(line(text)));
        QTRY_COMPARE(bench.peers.size(), 3u);
        for (std::size_t i = 3; i-- > 0;) { // in any order
            QTRY_VERIFY(bench.peers[i]->canReadLine());
            bench.peers[i]->write("answer to " + bench.peers[i]->readLine());
        }
        for (auto &task : tasks)
            QCOMPARE(QCoro::waitFor(task).bytesIn, 11u);
    }
    QCOMPARE(bench.peers.size(), 3u);
}

void LinesTransportTest::closesAConnectionWhoseAnswerWasGivenUp()
{
    SocketBench bench;
    HttpRequest hasty = line("a");
    hasty.timeouts.total = 20ms;
    QCOMPARE(QCoro::waitFor(bench.transport->send(hasty)).failure, FailureKind::Timeout);
    QTRY_COMPARE(bench.peers.size(), 1u);
    QTRY_COMPARE(bench.peers[0]->state(), QLocalSocket::UnconnectedState);
    auto next = bench.transport->send(line("b"));
    QTRY_COMPARE(bench.peers.size(), 2u);
    bench.peers[1]->write("b\n");
    QCOMPARE(QCoro::waitFor(next).failure, FailureKind::None);
}

void LinesTransportTest::tellsWhenNobodyListens()
{
    SocketBench bench;
    bench.server.close();
    const Exchange exchange = QCoro::waitFor(bench.transport->send(line("a")));
    QCOMPARE(exchange.failure, FailureKind::ConnectRefused);
    QCOMPARE(exchange.bytesOut, 0u);
}

QTEST_GUILESS_MAIN(LinesTransportTest)
#include "tst_linestransport.moc"
