// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/http/lanebench.h"
#include "tests/support/deafport.h"

#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

QByteArray chunk(const QByteArray &bytes) { return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n"; }

} // namespace

class NetworkLaneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsACompleteAnswer_data();
    void reportsACompleteAnswer();
    void stampsTheTimesInOrder();
    void countsBodiesOfAnySize_data();
    void countsBodiesOfAnySize();
    void keepsTheHeadOfABodyThatIsWanted_data();
    void keepsTheHeadOfABodyThatIsWanted();
    void bringsTheWholeBodyThatIsWanted_data();
    void bringsTheWholeBodyThatIsWanted();
    void bringsNoMoreOfABodyThanItsLimit();
    void bringsTheHeadersThatAreWanted();
    void keepsNothingOfOtherAnswers();
    void keepsWhatCameOfACutBody();
    void sendsExactlyOurHeaders();
    void requestsOfOneFormAreEqualAndThoseOfNoneAreNot();
    void sendsBodiesIntact_data();
    void sendsBodiesIntact();
    void saysThatAPostWithoutBodyIsEmpty();
    void doesNotFollowRedirects();
    void sendsNoCookiesBack();
    void doesNotAnswerAnAuthenticationChallenge();
    void countsCompressedBodiesAsTransferred();
    void namesAnUnknownHost();
    void cutsAConnectThatTakesTooLong();
    void cutsAnAnswerThatDoesNotBegin();
    void keepsALateAnswerFromTheNextRequest();
    void countsSilentResends();
    void reusesOneConnectionInSequence();
    void opensOneConnectionPerConcurrentRequest();
    void endsEverythingOnAbortAll();
};

void NetworkLaneTest::reportsACompleteAnswer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<quint64>("bodyBytes");
    const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    QTest::newRow("200 with a body") << QByteArray("GET") << ok << 200 << quint64(5);
    QTest::newRow("200 without a body") << QByteArray("GET")
                                        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << 200
                                        << quint64(0);
    QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << quint64(0);
    QTest::newRow("304") << QByteArray("GET") << QByteArray("HTTP/1.1 304 Not Modified\r\n\r\n") << 304 << quint64(0);
    QTest::newRow("401") << QByteArray("GET") << QByteArray("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno")
                         << 401 << quint64(2);
    QTest::newRow("404") << QByteArray("GET") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")
                         << 404 << quint64(4);
    QTest::newRow("429") << QByteArray("GET")
                         << QByteArray("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
                         << 429 << quint64(0);
    QTest::newRow("500") << QByteArray("GET")
                         << QByteArray("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops") << 500
                         << quint64(4);
    QTest::newRow("503 that closes") << QByteArray(
        "GET") << QByteArray("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbusy")
                                     << 503 << quint64(4);
    QTest::newRow("418, known to nobody")
        << QByteArray("GET") << QByteArray("HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n") << 418 << quint64(0);
    QTest::newRow("100 comes first") << QByteArray("GET") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") + ok << 200
                                     << quint64(5);
    QTest::newRow("more bytes than announced") << QByteArray("GET") << ok + "!!!" << 200 << quint64(5);
    // HEAD announces the length of what GET would give, and gives nothing.
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << 200
                          << quint64(0);
    QTest::newRow("DELETE") << QByteArray("DELETE") << ok << 200 << quint64(5);
    QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << ok << 200 << quint64(5);
}

void NetworkLaneTest::reportsACompleteAnswer()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    Bench bench;
    bench.server.answerWith(ServerScript().send(answer));
    const Exchange exchange = bench.make(method);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.message, QString());
    QTEST(exchange.status, "status");
    QTEST(quint64(exchange.bytesIn), "bodyBytes");
    QCOMPARE(exchange.bytesOut, 0u);
    QCOMPARE(exchange.resends, 0);
    QCOMPARE(bench.server.requests().size(), 1);
    QVERIFY(bench.server.requests()[0].startsWith(method + " / HTTP/1.1\r\n"));
    QCOMPARE(bench.lane.inFlight(), 0);
    QCOMPARE(bench.alarms.pending(), 0u); // no deadline outlives its exchange
}

void NetworkLaneTest::stampsTheTimesInOrder()
{
    // Head 20 ms after the request, the rest of the body 30 ms later. Only lower bounds are sure on a busy machine.
    Bench bench;
    bench.server.answerWith(ServerScript().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", 20ms).send("b", 30ms));
    const SteadyTime planned = bench.clock.now();
    const Exchange exchange = bench.make("GET");
    QCOMPARE_GE(exchange.sent, planned);
    QCOMPARE_GE(exchange.firstByte - exchange.sent, Nanoseconds(20ms));
    QCOMPARE_GE(exchange.finished - exchange.firstByte, Nanoseconds(20ms)); // the head may have been handled late
    QCOMPARE_GE(exchange.finished - exchange.sent, Nanoseconds(50ms));
    QCOMPARE_LE(exchange.finished, bench.clock.now());
}

void NetworkLaneTest::countsBodiesOfAnySize_data()
{
    QTest::addColumn<ServerScript>("script");
    QTest::addColumn<quint64>("bodyBytes");
    const QByteArray head = "HTTP/1.1 200 OK\r\n";
    const QByteArray large(5 * 1024 * 1024, 'x');
    QTest::newRow("100 KiB at once") << ServerScript::ok(QByteArray(100 * 1024, 'x')) << quint64(100 * 1024);
    QTest::newRow("1 MiB, the largest that is kept")
        << ServerScript::ok(QByteArray(1024 * 1024, 'x')) << quint64(1024 * 1024);
    QTest::newRow("5 MiB, announced") << ServerScript::ok(large) << quint64(large.size());
    QTest::newRow("5 MiB, in chunks") << ServerScript()
                                             .send(head + "Transfer-Encoding: chunked\r\n\r\n")
                                             .send(chunk(large.first(1'000'000)))
                                             .send(chunk(large.sliced(1'000'000)))
                                             .send("0\r\n\r\n")
                                      << quint64(large.size());
    QTest::newRow("5 MiB, until the end of the stream")
        << ServerScript().send(head + "\r\n").send(large).close() << quint64(large.size());
    QTest::newRow("chunks one after another") // 3 + 4
        << ServerScript()
               .send(head + "Transfer-Encoding: chunked\r\n\r\n")
               .send(chunk("abc"), 5ms)
               .send(chunk("defg"), 5ms)
               .send("0\r\n\r\n", 5ms)
        << quint64(7);
    QTest::newRow("byte by byte")
        << ServerScript().send(head + "Content-Length: 3\r\n\r\n").send("a", 5ms).send("b", 5ms).send("c", 5ms)
        << quint64(3);
}

void NetworkLaneTest::countsBodiesOfAnySize()
{
    QFETCH(ServerScript, script);
    Bench bench;
    bench.server.answerWith(script);
    const Exchange exchange = bench.make("GET");
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.status, 200);
    QTEST(quint64(exchange.bytesIn), "bodyBytes");
}

void NetworkLaneTest::keepsTheHeadOfABodyThatIsWanted_data()
{
    QTest::addColumn<ServerScript>("script");
    QTest::addColumn<QByteArray>("body");
    const QByteArray head = "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n";
    const QByteArray chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    const auto announced = [&](const QByteArray &body) {
        return ServerScript().send(head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
    QByteArray large(2 * 1024 * 1024, 'x'); // too large to be kept until its end
    large.replace(0, 5, "begin");
    QTest::newRow("short") << announced("oops") << QByteArray("oops");
    QTest::newRow("none") << announced({}) << QByteArray();
    QTest::newRow("binary") << announced(QByteArray("\0\xff\n", 3)) << QByteArray("\0\xff\n", 3);
    QTest::newRow("as long as is kept") << announced(large.first(4096)) << large.first(4096);
    QTest::newRow("longer by one") << announced(large.first(4097)) << large.first(4097);
    QTest::newRow("2 MiB, announced") << announced(large) << large;
    QTest::newRow("in chunks")
        << ServerScript().send(chunked).send(chunk("abc"), 5ms).send(chunk("defg"), 5ms).send("0\r\n\r\n", 5ms)
        << QByteArray("abcdefg");
    QTest::newRow("2 MiB in chunks") << ServerScript()
                                            .send(chunked)
                                            .send(chunk(large.first(3000)), 5ms)
                                            .send(chunk(large.sliced(3000)), 5ms)
                                            .send("0\r\n\r\n")
                                     << large;
    QTest::newRow("until the end of the stream")
        << ServerScript().send(head + "\r\n").send("abc").close() << QByteArray("abc");
}

void NetworkLaneTest::keepsTheHeadOfABodyThatIsWanted()
{
    QFETCH(ServerScript, script);
    QFETCH(QByteArray, body);
    Bench bench;
    bench.server.answerWith(script);
    HttpRequest request = bench.request("GET");
    request.keepBodyOf.insert(500);
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.contentType, "text/plain");
    QCOMPARE(exchange.bodyHead, body.first(std::min<qsizetype>(body.size(), 4096)));
    QCOMPARE(exchange.bytesIn, std::uint64_t(body.size()));
}

void NetworkLaneTest::bringsTheWholeBodyThatIsWanted_data() { keepsTheHeadOfABodyThatIsWanted_data(); }

void NetworkLaneTest::bringsTheWholeBodyThatIsWanted()
{
    QFETCH(ServerScript, script);
    QFETCH(QByteArray, body);
    Bench bench;
    bench.server.answerWith(script);
    HttpRequest request = bench.request("GET");
    request.wantsBody = true;
    request.keepBodyOf.insert(500); // both: the head is that of the body
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.body, body);
    QCOMPARE(exchange.bodyHead, body.first(std::min<qsizetype>(body.size(), 4096)));
    QCOMPARE(exchange.contentType, "text/plain");
    QCOMPARE(exchange.bytesIn, std::uint64_t(body.size()));
    QVERIFY(exchange.headers.empty());
}

void NetworkLaneTest::bringsNoMoreOfABodyThanItsLimit()
{
    Bench bench;
    const QByteArray body(Exchange::kMaxBody + 5, 'x');
    bench.server.answerWith(ServerScript::ok(body));
    HttpRequest request = bench.request("GET");
    request.wantsBody = true;
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.body.size(), Exchange::kMaxBody);
    QCOMPARE(exchange.bytesIn, std::uint64_t(body.size()));
    QVERIFY(exchange.bodyHead.isEmpty());
}

void NetworkLaneTest::bringsTheHeadersThatAreWanted()
{
    Bench bench;
    bench.server.answerWith(ServerScript::answer("200 OK", "x",
                                                 "X-Kind: json\r\nSet-Cookie: a=1; Path=/\r\nX-Two: a\r\nX-Two: b\r\n"
                                                 "Set-Cookie: b=2, 3\r\nContent-Encoding: gzip\r\n"));
    HttpRequest request = bench.request("GET");
    request.wantsHeaders = true;
    const Exchange exchange = bench.make(request);
    const auto valuesOf = [&exchange](const QByteArray &name) {
        QByteArrayList values;
        for (const auto &[header, value] : exchange.headers) {
            if (header.compare(name, Qt::CaseInsensitive) == 0)
                values.append(value);
        }
        return values;
    };
    QCOMPARE(valuesOf("X-Kind"), QByteArrayList{"json"});
    QCOMPARE(valuesOf("X-Two"), (QByteArrayList{"a", "b"}));
    QCOMPARE(valuesOf("Set-Cookie"), (QByteArrayList{"a=1; Path=/", "b=2, 3"}));
    QVERIFY(exchange.body.isEmpty());

    request.wantsHeaders = false;
    QVERIFY(bench.make(request).headers.empty());
    request.wantsBody = true; // with a body, how it is encoded
    const std::vector<std::pair<QByteArray, QByteArray>> encoding{{"Content-Encoding", "gzip"}};
    QCOMPARE(bench.make(request).headers, encoding);
}

void NetworkLaneTest::keepsNothingOfOtherAnswers()
{
    Bench bench;
    bench.server.answerWith(ServerScript::answer("404 Not Found", "gone", "Content-Type: text/plain\r\n"));
    HttpRequest request = bench.request("GET");
    request.keepBodyOf.insert(500);
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.status, 404);
    QVERIFY(exchange.contentType.isEmpty());
    QVERIFY(exchange.bodyHead.isEmpty());
    QCOMPARE(exchange.bytesIn, 4u);
}

void NetworkLaneTest::keepsWhatCameOfACutBody()
{
    Bench bench;
    bench.server.answerWith(
        ServerScript().send("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk("half")).reset(50ms));
    HttpRequest request = bench.request("GET");
    request.keepBodyOf.insert(500);
    const Exchange exchange = bench.make(request);
    QVERIFY(exchange.failure != FailureKind::None);
    QCOMPARE(exchange.status, 500);
    QCOMPARE(exchange.bodyHead, "half");
    QCOMPARE(exchange.bytesIn, 4u);
}

// What Qt 6.8 adds to our headers, and cannot be told to leave out: host; "connection: Keep-Alive"; accept-language
// with the locale's language, "en,*" for C; content-length with a body. It would add user-agent and accept-encoding if
// they were absent. It writes all names in small letters.
void NetworkLaneTest::sendsExactlyOurHeaders()
{
    Bench bench;
    bench.server.answerWith(ServerScript::ok());
    HttpRequest request = bench.request("GET", QStringLiteral("/a%20b/%C3%A4?q=1%2F2&r=a+b"));
    request.headers.emplace_back("X-Trace", "abc, \"d\"");
    request.headers.emplace_back("Accept-Language", "fr");
    bench.make(request);
    QByteArrayList lines = bench.server.requests().value(0).trimmed().split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    QCOMPARE(lines.takeFirst(), "GET /a%20b/%C3%A4?q=1%2F2&r=a+b HTTP/1.1");
    std::ranges::sort(lines);
    const QByteArrayList expected{"accept-encoding: identity", "accept-language: fr",
                                  "connection: Keep-Alive",    "host: " + bench.server.url().authority().toLatin1(),
                                  "user-agent: headroom",      "x-trace: abc, \"d\""};
    QCOMPARE(lines, expected);
}

void NetworkLaneTest::requestsOfOneFormAreEqualAndThoseOfNoneAreNot()
{
    Bench bench;
    bench.server.answerWith(ServerScript::ok());
    for (const auto &[path, form] : {std::pair("/one", 1), {"/two", 2}, {"/one", 1}, {"/free", 0}, {"/other", 0}, {"/two", 2}}) {
        HttpRequest request = bench.request("GET", QLatin1String(path));
        request.form = form;
        QCOMPARE(bench.make(request).status, 200);
    }
    QByteArrayList asked;
    for (const QByteArray &request : bench.server.requests())
        asked << request.split(' ').value(1);
    QCOMPARE(asked, (QByteArrayList{"/one", "/two", "/one", "/free", "/other", "/two"}));
}

void NetworkLaneTest::sendsBodiesIntact_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QByteArray allBytes;
    for (int i = 0; i < 256; ++i)
        allBytes.append(char(i));
    QTest::newRow("JSON") << QByteArray("POST") << QByteArray(R"({"query":"ä"})");
    QTest::newRow("empty") << QByteArray("POST") << QByteArray("");
    QTest::newRow("every byte") << QByteArray("PUT") << allBytes;
    QTest::newRow("256 KiB, beyond Qt's blocks of 16") << QByteArray("PATCH") << allBytes.repeated(1024);
    QTest::newRow("GET with a body") << QByteArray("GET") << QByteArray("odd, and allowed");
}

void NetworkLaneTest::sendsBodiesIntact()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    Bench bench;
    bench.server.answerWith(ServerScript::answer("201 Created"));
    HttpRequest request = bench.request(method);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = body;
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.status, 201);
    QCOMPARE(exchange.bytesOut, quint64(body.size()));
    const QByteArray raw = bench.server.requests().value(0);
    const qsizetype headEnd = raw.indexOf("\r\n\r\n") + 4;
    const QByteArray head = raw.first(headEnd).toLower();
    QVERIFY(raw.startsWith(method + " / HTTP/1.1\r\n"));
    QCOMPARE(head.count("\r\ncontent-type:"), 1);
    QVERIFY(head.contains("\r\ncontent-type: application/json\r\n"));
    QCOMPARE(head.count("\r\ncontent-length:"), 1);
    QVERIFY(head.contains("\r\ncontent-length: " + QByteArray::number(body.size()) + "\r\n"));
    QVERIFY(raw.sliced(headEnd) == body);
}

void NetworkLaneTest::saysThatAPostWithoutBodyIsEmpty()
{
    // RFC 9110, 8.6: a POST without content should say so; some servers answer 411 when it does not.
    Bench bench;
    bench.server.answerWith(ServerScript::ok());
    bench.make("POST");
    QCOMPARE(bench.server.requests().value(0).toLower().count("\r\ncontent-length: 0\r\n"), 1);
}

void NetworkLaneTest::doesNotFollowRedirects()
{
    Bench bench;
    bench.server.answerWith(ServerScript::answer("302 Found", "moved", "Location: /elsewhere\r\n"));
    const Exchange exchange = bench.make("GET");
    QCOMPARE(exchange.status, 302);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(exchange.bytesIn, 5u);
    QTest::qWait(20); // time for a second request, if there were one
    QCOMPARE(bench.server.requests().size(), 1);
}

void NetworkLaneTest::sendsNoCookiesBack()
{
    Bench bench;
    bench.server.answerWith(ServerScript::answer("200 OK", {}, "Set-Cookie: user=1; Path=/\r\n"));
    bench.make("GET");
    bench.make("GET");
    QCOMPARE(bench.server.requests().size(), 2);
    QVERIFY(!bench.server.requests()[1].toLower().contains("cookie"));
}

void NetworkLaneTest::doesNotAnswerAnAuthenticationChallenge()
{
    Bench bench;
    bench.server.answerWith(ServerScript::answer("401 Unauthorized", "no", "WWW-Authenticate: Basic realm=\"x\"\r\n"));
    HttpRequest request = bench.request("GET");
    request.url.setUserInfo(QStringLiteral("user:word"));
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.status, 401);
    QCOMPARE(exchange.failure, FailureKind::None);
    QCOMPARE(bench.server.requests().size(), 1 + exchange.resends);
}

void NetworkLaneTest::countsCompressedBodiesAsTransferred()
{
    // gzip of 1000 times 'a': 29 bytes.
    const QByteArray packed = QByteArray::fromHex("1f8b08000000000002034b4c1c05a360140c77000003da389ae8030000");
    Bench bench;
    bench.server.answerWith(ServerScript::answer("200 OK", packed, "Content-Encoding: gzip\r\n"));
    QCOMPARE(bench.make("GET").bytesIn, quint64(packed.size()));
    HttpRequest plain = bench.request("GET");
    plain.headers.clear(); // without our Accept-Encoding Qt would ask for gzip and unpack it
    QCOMPARE(bench.make(plain).bytesIn, quint64(packed.size()));
}

void NetworkLaneTest::namesAnUnknownHost()
{
    Bench bench;
    HttpRequest request = bench.request("GET");
    request.url = QUrl(QStringLiteral("http://name.invalid/")); // RFC 6761: never exists
    request.timeouts = {.connect = 50s, .firstByte = 50s, .total = 50s};
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::Dns);
    QCOMPARE(exchange.firstByte, exchange.finished);
}

void NetworkLaneTest::cutsAConnectThatTakesTooLong()
{
    Bench bench;
    const DeafPort deaf;
    HttpRequest request = bench.request("GET");
    request.url.setPort(deaf.port());
    request.timeouts = {.connect = 100ms, .firstByte = 10s, .total = 20s};
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::ConnectTimeout);
    QCOMPARE_GE(exchange.finished - exchange.sent, Nanoseconds(100ms));
    QCOMPARE_LT(exchange.finished - exchange.sent, Nanoseconds(2s));
    QCOMPARE(exchange.resends, 0);
}

void NetworkLaneTest::cutsAnAnswerThatDoesNotBegin()
{
    Bench bench;
    HttpRequest request = bench.request("GET");
    request.timeouts = {.connect = 50ms, .firstByte = 100ms, .total = 20s}; // the connection is made in time
    const Exchange exchange = bench.make(request);
    QCOMPARE(exchange.failure, FailureKind::FirstByteTimeout);
    QCOMPARE_GE(exchange.finished - exchange.sent, Nanoseconds(100ms));
    QCOMPARE_LT(exchange.finished - exchange.sent, Nanoseconds(2s)); // at once, but for a busy machine
    QCOMPARE(exchange.firstByte, exchange.finished);
    QCOMPARE(exchange.status, 0);
    QCOMPARE(bench.alarms.pending(), 0u);
    QTRY_COMPARE(bench.server.open(), 0); // Qt closes a connection whose request was cut
}

void NetworkLaneTest::keepsALateAnswerFromTheNextRequest()
{
    // The first answer comes after its deadline; the second request must not take it for its own.
    Bench bench;
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

void NetworkLaneTest::countsSilentResends()
{
    // The kept connection is closed when its second request has been read; Qt sends that one again without a word.
    Bench bench;
    bench.server.answerWith([](int request) { return request == 1 ? ServerScript().close() : ServerScript::ok("ok"); });
    QCOMPARE(bench.make("GET").resends, 0);
    HttpRequest post = bench.request("POST"); // sent twice as well, though it need not be safe to repeat
    post.headers.emplace_back("Content-Type", "text/plain");
    post.body = "order one";
    const Exchange second = bench.make(post);
    QCOMPARE(second.failure, FailureKind::None);
    QCOMPARE(second.status, 200);
    QCOMPARE(second.bytesIn, 2u);
    QCOMPARE(second.resends, 1);
    QCOMPARE(bench.server.requests().size(), 3); // two of ours and one resend
    QCOMPARE(bench.server.requests()[1], bench.server.requests()[2]);
    QCOMPARE(bench.server.accepted(), 2);
}

void NetworkLaneTest::reusesOneConnectionInSequence()
{
    Bench bench;
    bench.server.answerWith(ServerScript::ok("ok"));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(bench.make(i % 2 ? "POST" : "GET").status, 200);
    QCOMPARE(bench.server.requests().size(), 20);
    QCOMPARE(bench.server.accepted(), 1);
}

void NetworkLaneTest::opensOneConnectionPerConcurrentRequest()
{
    Bench bench;
    bench.server.answerWith(ServerScript().hold().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    for (int round = 0; round < 3; ++round) {
        auto tasks = bench.sendMany(kConnections);
        QCOMPARE(bench.lane.inFlight(), kConnections);
        QVERIFY(!bench.lane.hasFreeConnection());
        QTRY_COMPARE(bench.server.requests().size(), kConnections * (round + 1)); // all at the server, none waits in Qt
        bench.server.release();
        for (auto &task : tasks)
            QCOMPARE(QCoro::waitFor(task).status, 200);
        QVERIFY(bench.lane.hasFreeConnection());
    }
    QCOMPARE(bench.server.accepted(), kConnections);
    QCOMPARE(bench.server.mostOpen(), kConnections);
}

void NetworkLaneTest::endsEverythingOnAbortAll()
{
    // Three wait for their answer, one for its connection.
    Bench bench;
    auto tasks = bench.sendMany(3);
    QTRY_COMPARE(bench.server.requests().size(), 3);
    const DeafPort deaf;
    HttpRequest unconnected = bench.request("GET");
    unconnected.url.setPort(deaf.port());
    tasks.push_back(bench.lane.send(unconnected));
    QCOMPARE(bench.lane.inFlight(), 4);
    bench.lane.abortAll();
    QTRY_COMPARE(bench.lane.inFlight(), 0);
    QCOMPARE(bench.alarms.pending(), 0u);
    for (auto &task : tasks) {
        const Exchange exchange = QCoro::waitFor(task);
        QCOMPARE(exchange.failure, FailureKind::Aborted);
        QCOMPARE(exchange.resends, 0);
        QCOMPARE_LE(exchange.sent, exchange.finished);
    }
    bench.lane.abortAll(); // nothing left to abort
    bench.server.answerWith(ServerScript::ok());
    QCOMPARE(bench.make("GET").status, 200);
}

QTEST_GUILESS_MAIN(NetworkLaneTest)
#include "tst_networklane.moc"
