// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonprobe.h"
#include "tests/core/probes/cannedserver.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

/// A probe of one value, $.depth, with all that it needs.
struct Bench
{
    explicit Bench(const QByteArray &answer = {}) { server.answer = answer; }
    Bench(const QByteArray &answer, bool isClosing)
        : Bench(answer)
    {
        server.isClosingAfterwards = isClosing;
    }
    QString said() const { return listener.said.join(QLatin1String(" | ")); }
    QString shownUrl() const { return server.url("/stats").toString(); }

    CannedServer server;
    ManualClock clock;
    JsonProbe probe{"queue", {server.url("/stats"), {"depth"}, *JsonValues::compile({"$.depth"})}, clock};
    ProbeListener listener{probe};
};

} // namespace

class JsonProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAValue();
    void asksAsAuxiliaryWithoutCookiesOrCompression();
    void readsManyTimesOverOneConnection();
    void readsAChunkedAnswer();
    void failsOnAnswers_data();
    void failsOnAnswers();
    void saysOnceThatItFailsAndOnceThatItRecovered();
    void failsWhenNobodyListens();
    void doesNotFollowARedirect();
    void failsWhenOneValueIsMissingButKeepsTheOthers();
    void givesUpAtTheTimeout();
    void hasOneRequestUnderWay();
    void stopsReadingABodyThatIsTooLarge();
    void refusesALengthThatIsTooLarge();
    void readsABodyOfTheLargestSize();
    void staysSilentAfterCancel();
    void canBeDestroyedInTheMiddleOfARequest();
    void keepsSecretsOutOfItsSentences();
};

void JsonProbeTest::readsAValue()
{
    Bench bench(CannedServer::ok(R"({"depth": 12})"));
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.listener.values, ProbeValues{12.0});
    QCOMPARE(bench.said(), "");
    QCOMPARE(bench.probe.requestsMade(), 1u);
    QCOMPARE(bench.probe.series().front().name(), "queue.depth");
}

void JsonProbeTest::asksAsAuxiliaryWithoutCookiesOrCompression()
{
    Bench bench("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 11\r\n\r\n{\"depth\":1}");
    for (int i = 1; i <= 2; ++i) {
        bench.probe.read();
        QTRY_COMPARE(bench.listener.readings, i);
    }
    const QByteArray head = bench.server.requests.last().toLower();
    QVERIFY(head.startsWith("get /stats http/1.1\r\n"));
    QVERIFY(head.contains("\r\nuser-agent: headroom-aux\r\n"));
    QVERIFY(head.contains("\r\naccept-encoding: identity\r\n"));
    QVERIFY(!head.contains("cookie"));
}

void JsonProbeTest::readsManyTimesOverOneConnection()
{
    Bench bench;
    for (int i = 1; i <= 5; ++i) {
        bench.server.answer = CannedServer::ok("{\"depth\": " + QByteArray::number(i) + '}');
        bench.probe.read();
        QTRY_COMPARE(bench.listener.readings, i);
        QCOMPARE(bench.listener.values, ProbeValues{double(i)});
    }
    QCOMPARE(bench.probe.requestsMade(), 5u);
    QCOMPARE(bench.server.requests.size(), 5);
}

void JsonProbeTest::readsAChunkedAnswer()
{
    Bench bench("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n{\"dept\r\n5\r\nh\":7}\r\n0\r\n\r\n");
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.listener.values, ProbeValues{7.0});
}

void JsonProbeTest::failsOnAnswers_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isClosing");
    QTest::addColumn<QString>("saying");
    const QByteArray value = R"({"depth": 12})";
    QTest::newRow("404") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") << false
                         << "answered 404; check the probe's url";
    QTest::newRow("500 with a value") << QByteArray("HTTP/1.1 500 Oh\r\nContent-Length: 13\r\n\r\n" + value) << false
                                      << "answered 500; check the probe's url";
    QTest::newRow("401") << QByteArray(
        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
                         << false << "answered 401; check the probe's url";
    QTest::newRow("304") << QByteArray("HTTP/1.1 304 Same\r\n\r\n") << true << "answered 304";
    QTest::newRow("broken JSON") << CannedServer::ok("{\"depth\": ") << false
                                 << "answered something that cannot be used: not JSON at line 1";
    QTest::newRow("no content") << QByteArray("HTTP/1.1 204 None\r\n\r\n") << false << "cannot be used: not JSON";
    QTest::newRow("no such value") << CannedServer::ok("{}") << false
                                   << "answered without a number for queue.depth; check the JSONPath";
    QTest::newRow("not HTTP") << QByteArray("hello\r\n\r\n") << true << "could not be read: ";
    QTest::newRow("closed without a word") << QByteArray() << true << "could not be read: ";
    QTest::newRow("closed within the body")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + value) << true << "could not be read: ";
}

void JsonProbeTest::failsOnAnswers()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, isClosing);
    QFETCH(QString, saying);
    Bench bench(answer, isClosing);
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.listener.values, ProbeValues(1));
    QVERIFY2(bench.said().startsWith("failed: GET " + bench.shownUrl() + ' '), qPrintable(bench.said()));
    QVERIFY2(bench.said().contains(saying), qPrintable(bench.said()));
    // Qt sends again when a connection closes without an answer: each of them is in the server's log, and counted.
    QCOMPARE(bench.probe.requestsMade(), std::uint64_t(bench.server.requests.size()));
}

void JsonProbeTest::saysOnceThatItFailsAndOnceThatItRecovered()
{
    Bench bench;
    int readings = 0;
    for (const char *body : {"{", "}", "{\"depth\": 3}", "{\"depth\": 4}"}) {
        bench.server.answer = CannedServer::ok(body);
        bench.probe.read();
        ++readings;
        QTRY_COMPARE(bench.listener.readings, readings);
    }
    QCOMPARE(bench.listener.values, ProbeValues{4.0});
    QCOMPARE(bench.listener.said.size(), 2);
    QVERIFY(bench.listener.said[0].startsWith("failed: "));
    QCOMPARE(bench.listener.said[1], "recovered: delivers values now");
}

void JsonProbeTest::failsWhenNobodyListens()
{
    Bench bench;
    bench.server.close();
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QVERIFY2(bench.said().contains("could not be read: "), qPrintable(bench.said()));
    QCOMPARE(bench.probe.requestsMade(), 0u); // none left the house
}

void JsonProbeTest::doesNotFollowARedirect()
{
    CannedServer other;
    Bench bench("HTTP/1.1 302 Found\r\nLocation: " + other.url("/x?token=1").toEncoded()
                + "\r\nContent-Length: 0\r\n\r\n");
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QCOMPARE(
        bench.said(),
        QString("failed: GET %1 answered 302 and pointed to %2, which is not followed; write that URL if it is meant")
            .arg(bench.shownUrl(), other.url("/x").toString()));
    QCOMPARE(bench.probe.requestsMade(), 1u);
    QCOMPARE(other.requests.size(), 0);
}

void JsonProbeTest::failsWhenOneValueIsMissingButKeepsTheOthers()
{
    CannedServer server;
    server.answer = CannedServer::ok(R"({"depth": 12, "code": "none"})");
    ManualClock clock;
    JsonProbe probe(
        "queue",
        {server.url("/stats"), {"code", "depth", "used"}, *JsonValues::compile({"$.code", "$.depth", "$.used"})},
        clock);
    const ProbeListener listener(probe);
    probe.read();
    QTRY_COMPARE(listener.readings, 1);
    QCOMPARE(listener.values, (ProbeValues{std::nullopt, 12.0, std::nullopt}));
    QVERIFY(listener.said.value(0).contains("without a number for queue.code, queue.used; check"));
}

void JsonProbeTest::givesUpAtTheTimeout()
{
    Bench bench; // never answers
    bench.probe.read();
    QTRY_COMPARE(bench.server.requests.size(), 1);
    bench.clock.advance(1999ms);
    QCOMPARE(bench.listener.readings, 0);
    bench.clock.advance(1ms);
    QCOMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.said(), "failed: GET " + bench.shownUrl() + " did not answer within 2.00 s");

    bench.server.answer = CannedServer::ok(R"({"depth": 12})");
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 2);
    QCOMPARE(bench.listener.values, ProbeValues{12.0});
    bench.clock.advance(10s); // the deadline went with the answer
    QCOMPARE(bench.listener.readings, 2);
}

void JsonProbeTest::hasOneRequestUnderWay()
{
    Bench bench; // never answers
    bench.probe.read();
    QTRY_COMPARE(bench.probe.requestsMade(), 1u);
    bench.probe.read();
    QCOMPARE(bench.listener.readings, 1); // answered at once, without a value ...
    QCOMPARE(bench.listener.values, ProbeValues(1));
    QCOMPARE(bench.said(), ""); // ... and without a failure
    bench.clock.advance(2s);
    QCOMPARE(bench.server.requests.size(), 1);
}

void JsonProbeTest::stopsReadingABodyThatIsTooLarge()
{
    Bench bench("HTTP/1.1 200 OK\r\n\r\n[" + QByteArray(JsonProbe::kMaxBodyBytes, ' ')); // of unknown length
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QVERIFY2(bench.said().contains(" answered more than 1.0 MiB; point"), qPrintable(bench.said()));
}

void JsonProbeTest::refusesALengthThatIsTooLarge()
{
    Bench bench("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n");
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QVERIFY2(bench.said().contains(" answered more than 1.0 MiB; point"), qPrintable(bench.said()));
}

void JsonProbeTest::readsABodyOfTheLargestSize()
{
    const QByteArray value = R"({"depth": 12})";
    Bench bench(CannedServer::ok(value + QByteArray(JsonProbe::kMaxBodyBytes - value.size(), ' ')));
    bench.probe.read();
    QTRY_COMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.listener.values, ProbeValues{12.0});
}

void JsonProbeTest::staysSilentAfterCancel()
{
    Bench bench; // never answers
    bench.probe.read();
    QTRY_COMPARE(bench.server.requests.size(), 1);
    bench.probe.cancel();
    bench.clock.advance(10s);
    QCoreApplication::processEvents();
    QCOMPARE(bench.listener.readings, 0);
    QCOMPARE(bench.said(), "");

    bench.server.answer = CannedServer::ok(R"({"depth": 12})");
    bench.probe.read();
    QTRY_COMPARE(bench.listener.values, ProbeValues{12.0});
}

void JsonProbeTest::canBeDestroyedInTheMiddleOfARequest()
{
    CannedServer server;
    ManualClock clock;
    JsonProbe::Source source{server.url("/"), {"depth"}, *JsonValues::compile({"$.depth"})};
    auto probe = std::make_unique<JsonProbe>("queue", std::move(source), clock);
    probe->read();
    QTRY_COMPARE(server.requests.size(), 1);
    probe.reset();
    clock.advance(10s);
    QCoreApplication::processEvents();
}

void JsonProbeTest::keepsSecretsOutOfItsSentences()
{
    CannedServer server;
    server.answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    QUrl url = server.url("/stats?token=abc");
    url.setUserInfo("me:abc");
    ManualClock clock;
    JsonProbe probe("queue", {url, {"depth"}, *JsonValues::compile({"$.depth"})}, clock);
    const ProbeListener listener(probe);
    probe.read();
    QTRY_COMPARE(listener.readings, 1);
    QVERIFY(server.requests.first().startsWith("GET /stats?token=abc "));
    QVERIFY2(!listener.said.value(0).contains("abc"), qPrintable(listener.said.value(0)));
}

QTEST_GUILESS_MAIN(JsonProbeTest)
#include "tst_jsonprobe.moc"
