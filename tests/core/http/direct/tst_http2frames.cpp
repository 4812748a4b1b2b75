// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/direct/directbench.h"
#include "tests/core/http/direct/frameserver.h"

#include <QTest>
#include <QTimer>

using namespace Headroom;
using namespace Frames;

namespace {

ConnectionOptions streams(int count) { return {.isHttp2 = true, .streams = count}; }

/// A request that ends soon where nothing comes.
HttpRequest impatient(const QUrl &url)
{
    HttpRequest request = DirectBench::get(url);
    request.timeouts = {.connect = 10s, .firstByte = 3s, .total = 6s};
    return request;
}

QString summary(const Exchange &exchange)
{
    return QStringLiteral("%1, status %2, %3 bytes")
        .arg(failureKindName(exchange.failure))
        .arg(exchange.status)
        .arg(exchange.bytesIn);
}

constexpr auto kGood = "none, status 200, 2 bytes";

} // namespace

/// What becomes of exchanges when a target answers with frames that a server seldom sends.
class Http2FramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answersComeInAnyOrder();
    void aHeadMayHaveInterimOnesAndTrailers();
    void aBodyIsSentAsTheWindowAllows();
    void streamsThatAreResetFailAlone_data();
    void streamsThatAreResetFailAlone();
    void aResetBehindACompleteAnswerIsNone();
    void whatTheTargetSentAwayFailsAndWhatItTookIsFinished();
    void aConnectionThatGoesAwayIsReplaced();
    void aConnectionThatGoesAwayHoldsNobodyUp();
    void anAnswerEndsARequestThatIsNotOver();
    void headsHaveABorder();
    void aRequestBeyondWhatCanBeSentSaysSo();
    void aLostConnectionEndsEachStreamOnce_data();
    void aLostConnectionEndsEachStreamOnce();
    void aDeadlineEndsItsStreamAlone();
    void aConnectTimeoutIsOneOfTheHandshakeToo();
    void abortedStreamsEndOnce();
    void wrongAnswersFailAtOnce_data();
    void wrongAnswersFailAtOnce();
    void wrongFramesEndTheConnectionAtOnce_data();
    void wrongFramesEndTheConnectionAtOnce();
    void moreStreamsThanTheTargetTakesAreRefused();
    void connectionsAreNotKeptWhenTheyAreNotToBe();
    void pingsAreAnswered();
};

void Http2FramesTest::answersComeInAnyOrder()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t, int request) {
        if (request == 2) // the last asked is answered first, and the bodies come by turns
            peer.send(head(5) + head(3) + head(1) + data(1, "a", false) + data(5, "eee") + data(3, "cc", false)
                      + data(1, "b") + data(3, "d"));
    };
    DirectBench bench(streams(3));
    const std::vector<Exchange> made = bench.makeAtOnce(DirectBench::get(server.url()), 3);
    QCOMPARE(server.accepted(), 1);
    QCOMPARE(made[0].body, "ab");
    QCOMPARE(made[1].body, "ccd");
    QCOMPARE(made[2].body, "eee");
    QVERIFY(made[0].opening && !made[1].opening && !made[2].opening); // opened for the first
    for (const Exchange &exchange : made)
        QVERIFY(exchange.sent <= exchange.firstByte && exchange.firstByte <= exchange.finished);
}

void Http2FramesTest::aHeadMayHaveInterimOnesAndTrailers()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) {
        peer.send(frame(Headers, kEndHeaders, stream, field(":status", "103") + field("link", "</a>")));
        peer.send(head(stream, field("set-cookie", "a=1") + field("set-cookie", "b=2")) + data(stream, "ok", false));
        peer.send(frame(Headers, kEndHeaders | kEndStream, stream, field("sum", "1")));
    };
    const Exchange made = DirectBench(streams(1)).make(server.url());
    QCOMPARE(summary(made), kGood);
    QCOMPARE(made.setCookies, (QList<QByteArray>{"a=1", "b=2"}));
    QCOMPARE(made.headers.size(), 2u); // neither the interim one's nor the trailer
}

void Http2FramesTest::aBodyIsSentAsTheWindowAllows()
{
    const auto received = [](const FrameServer::Peer &peer) {
        qsizetype bytes = 0;
        for (const FrameServer::Frame &one : peer.frames)
            bytes += one.type == Data ? one.payload.size() : 0;
        return bytes;
    };
    FrameServer server;
    server.greeting = frame(Settings, 0, 0, setting(4, 100)); // SETTINGS_INITIAL_WINDOW_SIZE
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int request) {
        if (request == 0)
            peer.send(answer(stream));
    };
    DirectBench bench(streams(1));
    QCOMPARE(summary(bench.make(server.url())), kGood); // the settings are known from here on
    HttpRequest post = DirectBench::get(server.url(), "POST");
    post.body = QByteArray(1000, 'x');
    auto task = bench.begin(post);
    QTRY_COMPARE(received(server.peer(0)), 100);
    QTest::qWait(20);
    QCOMPARE(received(server.peer(0)), 100); // no more than it may
    server.peer(0).send(frame(WindowUpdate, 0, 3, number(900)));
    QTRY_COMPARE(received(server.peer(0)), 1000);
    server.peer(0).send(answer(3));
    const Exchange made = QCoro::waitFor(std::move(task));
    QCOMPARE(summary(made), kGood);
    QCOMPARE(made.bytesOut, 1000u);
}

void Http2FramesTest::streamsThatAreResetFailAlone_data()
{
    QTest::addColumn<uint>("error");
    QTest::addColumn<QString>("words");
    QTest::newRow("REFUSED_STREAM") << 7u << QStringLiteral("REFUSED_STREAM");
    QTest::newRow("CANCEL") << 8u << QStringLiteral("CANCEL");
    QTest::newRow("INTERNAL_ERROR") << 2u << QStringLiteral("INTERNAL_ERROR");
    QTest::newRow("ENHANCE_YOUR_CALM") << 11u << QStringLiteral("ENHANCE_YOUR_CALM");
    QTest::newRow("NO_ERROR") << 0u << QStringLiteral("NO_ERROR");
    QTest::newRow("an unknown one") << 4711u << QStringLiteral("unknown");
}

void Http2FramesTest::streamsThatAreResetFailAlone()
{
    QFETCH(uint, error);
    QFETCH(QString, words);
    FrameServer server;
    server.onRequest = [error](const FrameServer::Peer &peer, std::uint32_t stream, int request) {
        if (request == 0)
            peer.send(reset(stream, error)); // before its head
        else if (request == 1)
            peer.send(head(stream) + data(stream, "half", false) + reset(stream, error));
        else
            peer.send(answer(stream));
    };
    DirectBench bench(streams(3));
    const std::vector<Exchange> made = bench.makeAtOnce(DirectBench::get(server.url()), 3);
    QCOMPARE(summary(made[0]), QStringLiteral("closed, status 0, 0 bytes"));
    QCOMPARE(summary(made[1]), QStringLiteral("closed, status 200, 4 bytes"));
    QCOMPARE(summary(made[2]), kGood);
    for (const Exchange &exchange : {made[0], made[1]})
        QVERIFY2(exchange.message.contains(words, Qt::CaseInsensitive), qPrintable(exchange.message));
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QCOMPARE(server.accepted(), 1);
}

/// So a server answers that does not want the rest of a body (RFC 9113, 8.1).
void Http2FramesTest::aResetBehindACompleteAnswerIsNone()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) {
        peer.send(answer(stream) + reset(stream, 0));
    };
    DirectBench bench(streams(1));
    HttpRequest post = impatient(server.url());
    post.method = "POST";
    post.body = QByteArray(500'000, 'x'); // more than the window of 65,535 bytes
    QCOMPARE(summary(bench.make(post)), kGood);
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QCOMPARE(server.accepted(), 1);
}

void Http2FramesTest::whatTheTargetSentAwayFailsAndWhatItTookIsFinished()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t, int request) {
        if (request == 2)
            peer.send(goAway(1) + answer(1));
    };
    DirectBench bench(streams(3));
    const std::vector<Exchange> made = bench.makeAtOnce(DirectBench::get(server.url()), 3);
    QCOMPARE(summary(made[0]), kGood);
    for (const Exchange &exchange : {made[1], made[2]}) {
        QCOMPARE(summary(exchange), QStringLiteral("closed, status 0, 0 bytes"));
        QVERIFY2(exchange.message.contains(QStringLiteral("REFUSED_STREAM")), qPrintable(exchange.message));
    }
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QCOMPARE(server.accepted(), 2);
}

void Http2FramesTest::aConnectionThatGoesAwayIsReplaced()
{
    FrameServer server; // each takes one
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) {
        peer.send(goAway(stream) + answer(stream));
    };
    DirectBench bench(streams(10));
    for (int i = 0; i < 50; ++i) {
        const Exchange made = bench.make(DirectBench::get(server.url()), i % 2 ? 0 : -1);
        QCOMPARE(summary(made), kGood);
        QVERIFY(made.opening);
    }
    QCOMPARE(server.accepted(), 50);
    QTRY_COMPARE(server.peer(49).socket->state(), QAbstractSocket::UnconnectedState); // we are the ones who close
}

void Http2FramesTest::aConnectionThatGoesAwayHoldsNobodyUp()
{
    FrameServer server;
    server.onRequest = [&](const FrameServer::Peer &peer, std::uint32_t stream, int) {
        peer.send(server.accepted() == 1 ? goAway(1) : answer(stream)); // the first answer is still to come
    };
    DirectBench bench(streams(2));
    auto first = bench.begin(DirectBench::get(server.url()), 0);
    QTRY_COMPARE(server.accepted(), 1);
    QTRY_COMPARE(server.peer(0).requests.size(), 1u);
    QTest::qWait(50); // until it has heard of it
    for (int i = 0; i < 3; ++i)
        QCOMPARE(summary(bench.make(DirectBench::get(server.url()), i % 2)), kGood);
    QCOMPARE(server.accepted(), 2);
    server.peer(0).send(answer(1));
    QCOMPARE(summary(QCoro::waitFor(std::move(first))), kGood);
    QTRY_COMPARE(server.peer(0).socket->state(), QAbstractSocket::UnconnectedState);
}

/// The window lets only a part of the body out; the answer does not wait for the rest.
void Http2FramesTest::anAnswerEndsARequestThatIsNotOver()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    DirectBench bench(streams(1));
    HttpRequest post = impatient(server.url());
    post.method = "POST";
    post.body = QByteArray(65'535 / 2 + 40'000, 'x'); // the second one no longer fits the connection's first window
    for (int i = 0; i < 4; ++i)
        QCOMPARE(summary(bench.make(post)), kGood);
    QCOMPARE(server.accepted(), 1);
    QTRY_COMPARE_GE(server.peer(0).count(Reset, 7), 1); // NO_ERROR: the rest of its body is not sent
}

void Http2FramesTest::headsHaveABorder()
{
    // A field of 4,000 bytes is remembered, and then stands 100 times in a byte each (RFC 7541, 6.1): 400 kB.
    const QByteArray big = QByteArray("\x40\x01"
                                      "a"
                                      "\x7f\xa1\x1e",
                                      6)
        + QByteArray(4000, 'x');
    FrameServer server;
    server.onRequest = [&](const FrameServer::Peer &peer, std::uint32_t stream, int request) {
        peer.send(request == 0 ? head(stream, big + QByteArray(100, '\xbe'), true) : answer(stream));
    };
    DirectBench bench(streams(1));
    QCOMPARE(bench.make(impatient(server.url())).failure, FailureKind::Protocol);
    QCOMPARE(summary(bench.make(impatient(server.url()))), kGood);
    QCOMPARE(server.accepted(), 1);
}

void Http2FramesTest::aRequestBeyondWhatCanBeSentSaysSo()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    DirectBench bench(streams(1));
    HttpRequest request = impatient(server.url());
    request.headers = {{"x", QByteArray(100'000, 'x')}};
    const Exchange made = bench.make(request);
    QCOMPARE(made.failure, FailureKind::Other);
    QCOMPARE(made.message, QStringLiteral("The request has more header fields than HTTP/2 can send (64 KiB)"));
    QCOMPARE(summary(bench.make(server.url())), kGood);
}

void Http2FramesTest::aLostConnectionEndsEachStreamOnce_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<QString>("withHead");
    QTest::newRow("ended") << false << QStringLiteral("truncated, status 200, 1 bytes");
    QTest::newRow("reset") << true << QStringLiteral("closed, status 200, 1 bytes");
}

void Http2FramesTest::aLostConnectionEndsEachStreamOnce()
{
    QFETCH(bool, isReset);
    QFETCH(QString, withHead);
    FrameServer server;
    server.onRequest = [&](const FrameServer::Peer &peer, std::uint32_t, int request) {
        if (request == 3)
            peer.send(head(3) + data(3, "h", false) + answer(1));
    };
    DirectBench bench(streams(4));
    std::vector<QCoro::Task<Exchange>> tasks;
    for (int i = 0; i < 4; ++i)
        tasks.push_back(bench.begin(DirectBench::get(server.url())));
    std::vector<Exchange> made{QCoro::waitFor(std::move(tasks[0]))};
    if (isReset)
        server.peer(0).cut();
    else
        server.peer(0).end();
    for (int i = 1; i < 4; ++i)
        made.push_back(QCoro::waitFor(std::move(tasks[std::size_t(i)])));
    QCOMPARE(summary(made[0]), kGood);
    QCOMPARE(summary(made[1]), withHead);
    QCOMPARE(summary(made[2]), QStringLiteral("closed, status 0, 0 bytes"));
    QCOMPARE(summary(made[3]), QStringLiteral("closed, status 0, 0 bytes"));
    QCOMPARE(bench.transport().inFlight(), 0);
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QCOMPARE(server.accepted(), 2);
}

void Http2FramesTest::aDeadlineEndsItsStreamAlone()
{
    FrameServer server; // the first gets nothing, the second only its head, the third all, but late
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int request) {
        if (request == 1)
            peer.send(head(stream) + data(stream, "x", false));
        else if (request == 2)
            QTimer::singleShot(900, peer.socket.get(), [&peer, stream] { peer.send(answer(stream) + answer(1)); });
        else if (request > 2)
            peer.send(answer(stream));
    };
    DirectBench bench(streams(3));
    HttpRequest request = DirectBench::get(server.url());
    request.timeouts = {.connect = 10s, .firstByte = 300ms, .total = 600ms};
    auto first = bench.begin(request);
    auto second = bench.begin(request);
    auto third = bench.begin(DirectBench::get(server.url()));
    const Exchange late = QCoro::waitFor(std::move(first));
    QCOMPARE(late.failure, FailureKind::FirstByteTimeout);
    QCOMPARE_GE(late.finished - late.sent, 300ms);
    QCOMPARE(summary(QCoro::waitFor(std::move(second))), QStringLiteral("timeout, status 200, 1 bytes"));
    QCOMPARE(summary(QCoro::waitFor(std::move(third))), kGood);
    QCOMPARE(server.peer(0).count(Reset, 1), 1);
    QCOMPARE(server.peer(0).count(Reset, 3), 1);
    QCOMPARE(server.peer(0).count(Reset, 5), 0);
    QCOMPARE(summary(bench.make(server.url())), kGood); // what came late for stream 1 disturbs nobody
    QCOMPARE(server.accepted(), 1);
}

/// A listener that nobody accepts for takes connections all the same; what it never answers is the settings.
void Http2FramesTest::aConnectTimeoutIsOneOfTheHandshakeToo()
{
    QTcpServer silent;
    silent.listen(QHostAddress::LocalHost);
    HttpRequest request = DirectBench::get(QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(silent.serverPort())));
    request.timeouts = {.connect = 100ms, .firstByte = 10s, .total = 20s};
    DirectBench bench(streams(2));
    for (const Exchange &exchange : bench.makeAtOnce(request, 2))
        QCOMPARE(exchange.failure, FailureKind::ConnectTimeout);
    QCOMPARE(bench.transport().inFlight(), 0);
}

void Http2FramesTest::abortedStreamsEndOnce()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(head(stream)); };
    DirectBench bench(streams(2));
    std::vector<QCoro::Task<Exchange>> tasks;
    for (int i = 0; i < 5; ++i) // three connections
        tasks.push_back(bench.begin(DirectBench::get(server.url()), i));
    QTRY_COMPARE(server.accepted(), 3);
    QTRY_COMPARE(server.peer(2).requests.size(), 1u);
    tasks.push_back(bench.begin(DirectBench::get(server.url()), 5));
    bench.transport().abortAll();
    QCOMPARE(bench.transport().inFlight(), 0);
    for (auto &task : tasks)
        QCOMPARE(QCoro::waitFor(std::move(task)).failure, FailureKind::Aborted);
    bench.transport().abortAll();
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    QCOMPARE(summary(bench.make(server.url())), kGood);
}

void Http2FramesTest::wrongAnswersFailAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes"); // on stream 1
    QTest::newRow("no status") << frame(Headers, kEndHeaders | kEndStream, 1, field("a", "b"));
    QTest::newRow("a status of letters") << frame(Headers, kEndHeaders | kEndStream, 1, field(":status", "abc"));
    QTest::newRow("a name in capitals") << head(1, field("A", "b"), true);
    QTest::newRow("a field of HTTP/1") << head(1, field("connection", "close"), true);
    QTest::newRow("fewer bytes than told") << head(1, field("content-length", "9")) + data(1, "ok");
    QTest::newRow("more bytes than told") << head(1, field("content-length", "1")) + data(1, "ok");
    QTest::newRow("bytes before the head") << data(1, "ok");
    QTest::newRow("an interim answer that ends")
        << frame(Headers, kEndHeaders | kEndStream, 1, field(":status", "103"));
    QTest::newRow("a status twice") << head(1, field(":status", "200"), true);
}

void Http2FramesTest::wrongAnswersFailAtOnce()
{
    QFETCH(QByteArray, bytes);
    FrameServer server;
    server.onRequest = [&](const FrameServer::Peer &peer, std::uint32_t, int) { peer.send(bytes); };
    DirectBench bench(streams(1));
    const Exchange made = bench.make(impatient(server.url()));
    QCOMPARE(made.failure, FailureKind::Protocol);
    QVERIFY(!made.message.isEmpty());
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    QCOMPARE(summary(bench.make(impatient(server.url()))), kGood);
}

void Http2FramesTest::wrongFramesEndTheConnectionAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP/1.1") << QByteArray("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("bad compression") << frame(Headers, kEndHeaders | kEndStream, 1, "\xff\xff\xff\xff\xff");
    QTest::newRow("a push") << frame(5, kEndHeaders, 1,
                                     number(2)
                                         + QByteArray("\x82\x84\x86\x41\x01"
                                                      "a"));
    QTest::newRow("a frame beyond the limit") << QByteArray("\xff\xff\xff\0\0\0\0\0\1", 9) + QByteArray(100, 'x');
    QTest::newRow("settings of 5 bytes") << frame(Settings, 0, 0, "12345");
    QTest::newRow("data on the connection") << frame(Data, 0, 0, "x");
    QTest::newRow("a window beyond the limit") << frame(WindowUpdate, 0, 0, number(0x7fffffff));
    QTest::newRow("another frame between headers") << frame(Headers, 0, 1, "\x88") + frame(Ping, 0, 0, "12345678");
}

void Http2FramesTest::wrongFramesEndTheConnectionAtOnce()
{
    QFETCH(QByteArray, bytes);
    FrameServer server;
    if (bytes.startsWith("HTTP"))
        server.greeting.clear();
    server.onRequest = [&](const FrameServer::Peer &peer, std::uint32_t, int request) {
        if (request == 1)
            peer.send(bytes);
    };
    DirectBench bench(streams(2));
    for (const Exchange &exchange : bench.makeAtOnce(impatient(server.url()), 2)) {
        QCOMPARE(summary(exchange), QStringLiteral("protocol, status 0, 0 bytes"));
        QVERIFY(!exchange.message.isEmpty());
    }
    server.greeting = frame(Settings, 0, 0);
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QCOMPARE(server.accepted(), 2);
}

void Http2FramesTest::moreStreamsThanTheTargetTakesAreRefused()
{
    FrameServer server;
    server.greeting = frame(Settings, 0, 0, setting(3, 2)); // SETTINGS_MAX_CONCURRENT_STREAMS
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int request) {
        if (request == 0)
            peer.send(answer(stream));
        if (request == 2)
            QTimer::singleShot(50, peer.socket.get(), [&peer] { peer.send(answer(3) + answer(5)); });
    };
    DirectBench bench(streams(3));
    QCOMPARE(summary(bench.make(server.url())), kGood); // its settings are known
    const std::vector<Exchange> made = bench.makeAtOnce(DirectBench::get(server.url()), 3);
    QCOMPARE(summary(made[0]), kGood);
    QCOMPARE(summary(made[1]), kGood);
    QCOMPARE(made[2].failure, FailureKind::Connect);
    QVERIFY2(made[2].message.contains(QStringLiteral("lower target.connection.streams")), qPrintable(made[2].message));
    QCOMPARE(server.peer(0).requests.size(), 3u);
}

void Http2FramesTest::connectionsAreNotKeptWhenTheyAreNotToBe()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) { peer.send(answer(stream)); };
    DirectBench bench({.isReused = false, .isHttp2 = true});
    for (int i = 0; i < 5; ++i) {
        const Exchange made = bench.make(DirectBench::get(server.url()), i % 2 - 1);
        QCOMPARE(summary(made), kGood);
        QVERIFY(made.opening);
    }
    QCOMPARE(server.accepted(), 5);
}

void Http2FramesTest::pingsAreAnswered()
{
    FrameServer server;
    server.onRequest = [](const FrameServer::Peer &peer, std::uint32_t stream, int) {
        peer.send(frame(Ping, 0, 0, "12345678") + answer(stream));
    };
    DirectBench bench(streams(1));
    QCOMPARE(summary(bench.make(server.url())), kGood);
    QTRY_COMPARE(server.peer(0).count(Ping, 0), 1);
    QCOMPARE(server.peer(0).frames.back().payload, "12345678");
}

QTEST_GUILESS_MAIN(Http2FramesTest)
#include "tst_http2frames.moc"
