// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/pendingexchange.h"
#include "tests/core/http/exchangecases.h"
#include "tests/core/http/transportbench.h"
#include "tests/support/deafport.h"
#include "tests/support/nginxserver.h"

#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

constexpr qsizetype kLarge = 20 * 1000 * 1000;
constexpr qint64 kMostMemory = 8 * 1024 * 1024; // of kLarge bytes that pass

/// Memory of this process, in bytes; `field` as in proc_pid_status(5).
qint64 memory(const QByteArray &field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll(); // "VmHWM:\t   12345 kB"
    return text.sliced(text.indexOf(field) + field.size()).trimmed().split(' ').first().toLongLong() * 1024;
}

/// How much more memory this process had at its worst moment since then.
class MemoryPeak
{
public:
    MemoryPeak()
    {
        QFile reset(QStringLiteral("/proc/self/clear_refs"));
        if (reset.open(QIODevice::WriteOnly))
            reset.write("5"); // proc_pid_clear_refs(5): the peak begins anew
        m_before = memory("VmHWM:");
    }
    qint64 grown() const { return memory("VmHWM:") - m_before; }

private:
    qint64 m_before = 0;
};

/// Reads requests of kLarge bytes, keeps nothing, and answers.
class Sink
{
public:
    Sink()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { read(*socket); });
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort())); }
    qsizetype received() const { return m_received; } ///< Bytes of bodies.

private:
    void read(QTcpSocket &socket)
    {
        QByteArray bytes = socket.readAll();
        if (m_received % kLarge == 0)
            bytes = bytes.sliced(bytes.indexOf("\r\n\r\n") + 4); // a head comes in one piece
        m_received += bytes.size();
        if (m_received % kLarge == 0)
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    QTcpServer m_server;
    qsizetype m_received = 0;
};

/// As a virtual user: the next begins within the end of the last.
QCoro::Task<> makeRequests(Transport *transport, HttpRequest request, int count, int place, std::vector<Exchange> *made)
{
    for (int i = 0; i < count; ++i)
        made->push_back(co_await PendingExchange(*transport, request, place));
}

} // namespace

/// Whatever makes them, the same exchanges come of the same answers.
class ExchangesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agree_data();
    void agree();
    void stampTheirTimesInOrder_data() { addTransports(); }
    void stampTheirTimesInOrder();
    void shareOneConnectionInSequence_data() { addTransports(); }
    void shareOneConnectionInSequence();
    void leaveConnectionsThatEnd_data() { addTransports(); }
    void leaveConnectionsThatEnd();
    void haveAConnectionEachAtATime_data() { addTransports(); }
    void haveAConnectionEachAtATime();
    void ofAUserKeepItsConnection();
    void growInNumber_data() { addTransports(); }
    void growInNumber();
    void areRefused_data() { addTransports(); }
    void areRefused();
    void needANameThatIsKnown_data() { addTransports(); }
    void needANameThatIsKnown();
    void takeNoLongerToConnectThanTheyMay_data() { addTransports(); }
    void takeNoLongerToConnectThanTheyMay();
    void keepALateAnswerFromTheNext_data() { addTransports(); }
    void keepALateAnswerFromTheNext();
    void goThroughIpv6_data() { addTransports(); }
    void goThroughIpv6();
    void endWhenTheyAreAborted_data() { addTransports(); }
    void endWhenTheyAreAborted();
    void streamLargeBodiesDown_data();
    void streamLargeBodiesDown();
    void areCutAtALongBody_data() { addTransports(); }
    void areCutAtALongBody();
    void streamLargeBodiesUp_data() { addTransports(); }
    void streamLargeBodiesUp();
    void sendLargeBodiesIntact_data() { addTransports(); }
    void sendLargeBodiesIntact();
    void takeAnAnswerThatComesBeforeAllWasSent_data() { addTransports(); }
    void takeAnAnswerThatComesBeforeAllWasSent();
    void takeAnAnswerThatCameBeforeAReset();
    void leaveConnectionsThatStillSend();
};

void ExchangesTest::agree_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<ExchangeCase>("row");
    for (const ExchangeCase &row : exchangeCases()) {
        for (const char *transport : {"qnam", "direct"})
            newTransportRow(QLatin1String(transport), row.name) << row;
    }
}

void ExchangesTest::agree()
{
    QFETCH(QString, transport);
    QFETCH(ExchangeCase, row);
    TransportBench bench(transport);
    bench.server.answerWith(row.answer);
    HttpRequest request = row.request;
    request.url = bench.server.url();

    const Exchange exchange = bench.make(request);

    QCOMPARE(described(exchange), described(row.expected));
    QVERIFY(exchange.body == row.expected.body);
    QCOMPARE(exchange.message.isEmpty(), exchange.failure == FailureKind::None);
    QCOMPARE_LE(exchange.sent, exchange.firstByte);
    QCOMPARE_LE(exchange.firstByte, exchange.finished);
    QCOMPARE(exchange.status == 0, exchange.firstByte == exchange.finished);
    QTRY_COMPARE(bench.server.requests().size(), 1);
    QCOMPARE(bench.transport->inFlight(), 0);
    QVERIFY(!bench.hasForgottenAlarms());
    if (!row.isKept)
        QTRY_COMPARE(bench.server.open(), 0);
    bench.server.answerWith(ServerScript::ok("good"));
    const Exchange next = bench.make("GET");
    QCOMPARE(next.status, 200);
    QCOMPARE(next.bytesIn, 4u);
    QCOMPARE_LE(next.resends, bench.isDirect || row.isKept ? 0 : 1); // Qt may not have heard of the end yet
    QCOMPARE(bench.server.accepted(), row.isKept ? 1 : 2);
}

void ExchangesTest::stampTheirTimesInOrder()
{
    // Head 20 ms after the request, the rest of the body 30 ms later. Only lower bounds are sure on a busy machine.
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", 20ms).send("b", 30ms));
    const SteadyTime planned = bench.clock.now();
    const Exchange exchange = bench.make("GET");
    QCOMPARE_GE(exchange.sent, planned);
    QCOMPARE_GE(exchange.firstByte - exchange.sent, Nanoseconds(20ms));
    QCOMPARE_GE(exchange.finished - exchange.firstByte, Nanoseconds(20ms)); // the head may have been handled late
    QCOMPARE_GE(exchange.finished - exchange.sent, Nanoseconds(50ms));
    QCOMPARE_LE(exchange.finished, bench.clock.now());
}

// --- Connections ---------------------------------------------------------------------------------------------------

void ExchangesTest::shareOneConnectionInSequence()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript::ok("ok"));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.make(i % 2 ? "POST" : "GET").status, 200);
    QCOMPARE(bench.server.requests().size(), 20);
    QCOMPARE(bench.server.accepted(), 1);
}

void ExchangesTest::leaveConnectionsThatEnd()
{
    // The end comes with the answer, without a word, and the next request begins at once. Qt may send it where nobody
    // reads any more, and sends again.
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript::ok("ok").close());
    std::vector<Exchange> made;
    QCoro::waitFor(makeRequests(bench.transport.get(), bench.request("GET"), 20, -1, &made));
    int resends = 0;
    for (const Exchange &exchange : made) {
        QCOMPARE(exchange.failure, FailureKind::None);
        QCOMPARE(exchange.status, 200);
        resends += exchange.resends;
    }
    QCOMPARE_GE(bench.server.requests().size(), 20);
    QCOMPARE_LE(bench.server.requests().size(), 20 + resends);
    QCOMPARE_GE(bench.server.accepted(), 20);
    if (bench.isDirect)
        QCOMPARE(resends, 0);
}

void ExchangesTest::haveAConnectionEachAtATime()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    for (int round = 1; round <= 3; ++round) {
        auto tasks = bench.sendMany(TransportBench::kCapacity);
        QCOMPARE(bench.transport->inFlight(), TransportBench::kCapacity);
        QTRY_COMPARE(bench.server.requests().size(), TransportBench::kCapacity * round); // none waits for another
        bench.server.release();
        for (auto &task : tasks)
            QCOMPARE(QCoro::waitFor(task).status, 200);
        QCOMPARE(bench.transport->inFlight(), 0);
    }
    QCOMPARE(bench.server.accepted(), TransportBench::kCapacity);
    QCOMPARE(bench.server.mostOpen(), TransportBench::kCapacity);
}

void ExchangesTest::ofAUserKeepItsConnection()
{
    // Three users, one after the other: without places they would share one connection.
    TransportBench bench(QStringLiteral("direct"));
    bench.server.answerWith(ServerScript::ok("ok"));
    std::vector<Exchange> made;
    for (int round = 0; round < 2; ++round) {
        for (int user = 0; user < 3; ++user)
            QCoro::waitFor(makeRequests(bench.transport.get(), bench.request("GET"), 5, user, &made));
    }
    QCOMPARE(made.size(), 30u);
    QCOMPARE(bench.server.requests().size(), 30);
    QCOMPARE(bench.server.accepted(), 3);
    QCOMPARE(std::ranges::count_if(made, [](const Exchange &exchange) { return exchange.opening.has_value(); }), 3);
}

void ExchangesTest::growInNumber()
{
    QFETCH(QString, transport);
    TransportBench bench(transport, {}, 2);
    bench.server.answerWith(ServerScript().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    auto tasks = bench.sendMany(2);
    bench.transport->growTo(5);
    bench.transport->growTo(3); // less than there is: nothing
    QCOMPARE(bench.transport->capacity(), 5);
    for (auto &task : bench.sendMany(3))
        tasks.push_back(std::move(task));
    QTRY_COMPARE(bench.server.requests().size(), 5);
    bench.server.release();
    for (auto &task : tasks)
        QCOMPARE(QCoro::waitFor(task).status, 200);
    QCOMPARE(bench.server.mostOpen(), 5);
}

// --- No connection -------------------------------------------------------------------------------------------------

void ExchangesTest::areRefused()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    HttpRequest request = bench.request("POST");
    request.body = "four";
    request.url = ScriptedServer().url(); // gone again
    for (int i = 0; i < 3; ++i) {
        const Exchange exchange = bench.make(request);
        QCOMPARE(exchange.failure, FailureKind::ConnectRefused);
        QCOMPARE(exchange.message, failureKindText(FailureKind::ConnectRefused));
        QCOMPARE(exchange.bytesOut, 4u);
        QCOMPARE(exchange.firstByte, exchange.finished);
        QVERIFY(!exchange.opening);
    }
}

void ExchangesTest::needANameThatIsKnown()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    HttpRequest request = bench.request("GET");
    request.url = QUrl(QStringLiteral("http://name.invalid/")); // RFC 6761: never exists
    request.timeouts = {.connect = 50s, .firstByte = 50s, .total = 50s};
    for (int i = 0; i < 2; ++i) {
        const Exchange exchange = bench.make(request);
        QCOMPARE(exchange.failure, FailureKind::Dns);
        QCOMPARE(exchange.status, 0);
        QCOMPARE(exchange.firstByte, exchange.finished);
        QVERIFY(!exchange.message.isEmpty());
    }
}

void ExchangesTest::takeNoLongerToConnectThanTheyMay()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    const DeafPort deaf;
    HttpRequest request = bench.request("GET");
    request.url.setPort(deaf.port());
    for (const auto &[timeouts, kind] :
         {std::pair(ExchangeTimeouts{.connect = 100ms, .firstByte = 10s, .total = 20s}, FailureKind::ConnectTimeout),
          {ExchangeTimeouts{.connect = 10s, .firstByte = 100ms, .total = 20s}, FailureKind::FirstByteTimeout},
          {ExchangeTimeouts{.connect = 10s, .firstByte = 10s, .total = 100ms}, FailureKind::Timeout}}) {
        request.timeouts = timeouts;
        const Exchange exchange = bench.make(request);
        QCOMPARE(exchange.failure, kind);
        QCOMPARE(exchange.message, failureKindText(kind));
        QCOMPARE_GE(exchange.finished - exchange.sent, Nanoseconds(100ms));
        QCOMPARE_LT(exchange.finished - exchange.sent, Nanoseconds(2s));
        QCOMPARE(exchange.resends, 0);
    }
}

void ExchangesTest::keepALateAnswerFromTheNext()
{
    // The first answer comes after its deadline; the second request must not take it for its own.
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith([](int request) {
        return request == 0 ? ServerScript().hold().send("HTTP/1.1 500 Late\r\nContent-Length: 0\r\n\r\n")
                            : ServerScript::ok();
    });
    HttpRequest first = bench.request("GET");
    first.timeouts.firstByte = 20ms;
    QCOMPARE(bench.make(first).failure, FailureKind::FirstByteTimeout);
    bench.server.release();
    const Exchange second = bench.make("GET");
    QCOMPARE(second.failure, FailureKind::None);
    QCOMPARE(second.status, 200);
    QCOMPARE(bench.server.accepted(), 2);
}

void ExchangesTest::goThroughIpv6()
{
    QFETCH(QString, transport);
    ScriptedServer server(QHostAddress::LocalHostIPv6);
    if (!server.isListening())
        QSKIP("this machine has no IPv6");
    server.answerWith(ServerScript::ok("six"));
    TransportBench bench(transport);
    HttpRequest request = bench.request("GET");
    request.url = server.url();
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.bytesIn, 3u);
    QVERIFY2(server.requests().value(0).toLower().contains("host: [::1]:" + QByteArray::number(server.url().port())
                                                           + "\r\n"),
             server.requests().value(0).constData());
}

void ExchangesTest::endWhenTheyAreAborted()
{
    // Two wait for their answer, one is in its body, one waits for its connection, one for its name.
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith([](int request) {
        return request == 2 ? ServerScript().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
                            : ServerScript();
    });
    auto tasks = bench.sendMany(3);
    QTRY_COMPARE(bench.server.requests().size(), 3);
    QTest::qWait(20); // for the body to have come
    const DeafPort deaf;
    HttpRequest unconnected = bench.request("GET");
    unconnected.url.setPort(deaf.port());
    tasks.push_back(bench.transport->send(unconnected));
    unconnected.url = QUrl(QStringLiteral("http://name.invalid/"));
    tasks.push_back(bench.transport->send(unconnected));
    QCOMPARE(bench.transport->inFlight(), 5);
    bench.transport->abortAll();
    QTRY_COMPARE(bench.transport->inFlight(), 0);
    QVERIFY(!bench.hasForgottenAlarms(5));
    int withBody = 0;
    for (auto &task : tasks) {
        const Exchange exchange = QCoro::waitFor(task);
        QCOMPARE(exchange.failure, FailureKind::Aborted);
        QCOMPARE(exchange.message, failureKindText(FailureKind::Aborted));
        QCOMPARE(exchange.resends, 0);
        QCOMPARE_LE(exchange.sent, exchange.finished);
        QCOMPARE(exchange.bytesIn, exchange.status == 200 ? 5u : 0u);
        withBody += exchange.status == 200;
    }
    QCOMPARE(withBody, 1);
    QTRY_COMPARE(bench.server.open(), 0);
    bench.transport->abortAll(); // nothing left to abort
    bench.server.answerWith(ServerScript::ok());
    QCOMPARE(bench.make("GET").status, 200);
}

// --- Large bodies --------------------------------------------------------------------------------------------------

void ExchangesTest::streamLargeBodiesDown_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<bool>("isChunked");
    for (const char *transport : {"qnam", "direct"}) {
        newTransportRow(QLatin1String(transport), "announced") << false;
        newTransportRow(QLatin1String(transport), "in chunks") << true;
    }
}

void ExchangesTest::streamLargeBodiesDown()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers keep what was freed");
#endif
    // 20 MB as 400 times 50,000 (0xc350).
    QFETCH(QString, transport);
    QFETCH(bool, isChunked);
    TransportBench bench(transport);
    const QByteArray piece(50'000, 'x');
    if (isChunked)
        bench.server.answerWith(ServerScript()
                                    .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                                    .repeat("c350\r\n" + piece + "\r\n", 400)
                                    .send("0\r\n\r\n"));
    else
        bench.server.answerWith(
            ServerScript().send("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n").repeat(piece, 400));
    const MemoryPeak peak;
    const Exchange exchange = bench.make("GET");
    QCOMPARE_LT(peak.grown(), kMostMemory);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.bytesIn, std::uint64_t(kLarge));
    QVERIFY(exchange.body.isEmpty() && exchange.bodyHead.isEmpty());
    QCOMPARE(bench.make("GET").bytesIn, std::uint64_t(kLarge)); // nor does the second
    QCOMPARE_LT(peak.grown(), kMostMemory);
    QCOMPARE(bench.server.accepted(), 1);
}

void ExchangesTest::streamLargeBodiesUp()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers keep what was freed");
#endif
    QFETCH(QString, transport);
    TransportBench bench(transport);
    const Sink sink;
    HttpRequest request = bench.request("PUT");
    request.url = sink.url();
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    request.body = QByteArray(kLarge, 'u');
    const MemoryPeak peak;
    for (int i = 1; i <= 2; ++i) {
        const Exchange exchange = bench.make(request);
        QCOMPARE(exchange.failure, FailureKind::None);
        QCOMPARE(exchange.status, 200);
        QCOMPARE(exchange.bytesOut, std::uint64_t(kLarge));
        QCOMPARE(sink.received(), i * kLarge);
    }
    QCOMPARE_LT(peak.grown(), bench.isDirect ? kMostMemory : kMostMemory + kLarge); // Qt has a copy of its own
}

void ExchangesTest::sendLargeBodiesIntact()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript::ok());
    HttpRequest request = bench.request("POST");
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    QByteArray body(kLarge, '\0');
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char(i * 7 + i / 1000);
    for (const qsizetype size : {kLarge, qsizetype(65'536), qsizetype(65'537), qsizetype(1)}) {
        request.body = body.first(size);
        QCOMPARE(bench.make(request).status, 200);
        QVERIFY(bench.server.requests().last().endsWith("\r\n\r\n" + *request.body));
    }
    QCOMPARE(bench.server.accepted(), 1);
}

void ExchangesTest::areCutAtALongBody()
{
    QFETCH(QString, transport);
    TransportBench bench(transport);
    bench.server.answerWith(ServerScript().send("HTTP/1.1 200 OK\r\n\r\n").repeat(QByteArray(100'000, 'x')));
    HttpRequest request = bench.request("GET");
    request.wantsBody = request.cutsLongBody = true;
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::Other);
    QCOMPARE(exchange.message, QStringLiteral("The answer is longer than 16 MiB, and was cut there"));
    QCOMPARE(exchange.status, 200);
    QCOMPARE(exchange.body.size(), Exchange::kMaxBody);
    QVERIFY(exchange.bytesIn > std::uint64_t(Exchange::kMaxBody));
    QTRY_COMPARE(bench.server.open(), 0);
    bench.server.answerWith(ServerScript::ok(QByteArray(Exchange::kMaxBody, 'y'))); // the longest that is taken
    QCOMPARE(bench.make(request).message, QString());
}

void ExchangesTest::takeAnAnswerThatComesBeforeAllWasSent()
{
    // nginx says so when it has read the head, and hears the rest out for a while.
    QFETCH(QString, transport);
    NginxServer nginx;
    const Result<void> started = nginx.start(QStringLiteral("client_max_body_size 1m;"));
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    TransportBench bench(transport);
    HttpRequest request = bench.request("POST");
    request.url = nginx.url();
    request.headers.emplace_back("Content-Type", "text/plain");
    request.body = QByteArray(kLarge, 'x');
    request.wantsBody = true;
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.status, 413);
    QVERIFY(exchange.body.contains("413 Request Entity Too Large"));
    QCOMPARE(exchange.bytesOut, std::uint64_t(kLarge)); // of the request, whatever was taken of it
    request.body = "short";
    QCOMPARE(bench.make(request).status, 200);
    QTRY_COMPARE(nginx.accessLog().size(), 2); // the first when it has ended hearing it out
}

void ExchangesTest::takeAnAnswerThatCameBeforeAReset()
{
    // A server that reads no further and closes sends RST behind its answer. Qt drops the answer, and sends again.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->setReadBufferSize(1000);
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge");
            socket->flush();
            socket->close();
            socket->deleteLater();
        });
    });
    TransportBench bench(QStringLiteral("direct"));
    HttpRequest request = bench.request("POST");
    request.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    request.body = QByteArray(kLarge, 'x');
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.message, QString());
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.status, 413);
    QCOMPARE(exchange.bytesIn, 5u);
}

void ExchangesTest::leaveConnectionsThatStillSend()
{
    // The answer comes while most of the body is still here, and its connection could be kept. Behind it the next
    // request would be taken for the rest of the body.
    TransportBench bench(QStringLiteral("direct"));
    bench.server.answerBeforeTheRequest(ServerScript::ok("early"));
    HttpRequest request = bench.request("POST");
    request.body = QByteArray(kLarge, 'x');
    const Exchange early = bench.make(request);
    QCOMPARE(early.failure, FailureKind::None);
    QCOMPARE(early.bytesIn, 5u);
    bench.server.answerBeforeTheRequest({});
    bench.server.answerWith(ServerScript::ok("next"));
    const Exchange next = bench.make("GET");
    QCOMPARE(next.failure, FailureKind::None);
    QCOMPARE(next.bytesIn, 4u);
    QCOMPARE(bench.server.accepted(), 2);
    QCOMPARE(bench.server.requests().size(), 1); // the first was never complete
}

QTEST_GUILESS_MAIN(ExchangesTest)
#include "tst_exchanges.moc"
