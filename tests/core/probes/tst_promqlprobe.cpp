// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promqlprobe.h"
#include "tests/core/probes/cannedserver.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"
#include "tests/support/prometheusserver.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Headroom;

namespace {

QByteArray vectorAnswer(const QByteArray &result)
{
    return CannedServer::ok(R"({"status":"success","data":{"resultType":"vector","result":[)" + result + "]}}");
}

QByteArray element(const QByteArray &code, const QByteArray &value)
{
    return R"({"metric":{"code":")" + code + R"("},"value":[1700000000.5,")" + value + R"("]})";
}

PromQlProbe::Source sourceOf(const QUrl &server, const QString &query,
                             const std::vector<std::pair<QString, QString>> &wanted)
{
    PromQlProbe::Source source{.server = server, .query = query};
    source.by = wanted.empty() ? QString() : QStringLiteral("code");
    for (const auto &[name, value] : wanted)
        source.wanted.push_back({name, *LabelMatch::make(value)});
    return source;
}

/// A probe with a server that answers anything.
struct Bench
{
    explicit Bench(const std::vector<std::pair<QString, QString>> &wanted = {})
        : probe("jobs", sourceOf(server.url("/prom/"), "sum(x{a=\"b+c\"})", wanted), clock)
    {
    }
    ProbeValues read(const QByteArray &answer)
    {
        server.answer = answer;
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; }) ? listener.values : ProbeValues();
    }
    QString said() const { return listener.said.join(QLatin1String(" | ")); }

    CannedServer server;
    ManualClock clock;
    PromQlProbe probe;
    ProbeListener listener{probe};
};

} // namespace

class PromQlProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForTheExpression();
    void readsAScalarOrAVectorOfOne();
    void tellsElementsApartByALabel();
    void isAGapWhereThereIsNoValue_data();
    void isAGapWhereThereIsNoValue();
    void saysWhichElementsAreMissing();
    void asksARealServer();
};

void PromQlProbeTest::asksForTheExpression()
{
    Bench bench;
    bench.read(vectorAnswer(element("200", "1")));
    QVERIFY2(bench.server.requests.first().startsWith(
                 "GET /prom/api/v1/query?query=sum%28x%7Ba%3D%22b%2Bc%22%7D%29 HTTP/1.1"),
             bench.server.requests.first().constData());
}

void PromQlProbeTest::readsAScalarOrAVectorOfOne()
{
    Bench bench;
    QCOMPARE(bench.read(vectorAnswer(element("200", "2.5"))), ProbeValues{2.5});
    QCOMPARE(
        bench.read(CannedServer::ok(R"({"status":"success","data":{"resultType":"scalar","result":[1.5,"1e3"]}})")),
        ProbeValues{1000.0});
    QCOMPARE(bench.said(), "");
    QCOMPARE(bench.probe.series().front().name(), "jobs");
}

void PromQlProbeTest::tellsElementsApartByALabel()
{
    Bench bench({{"ok", "200"}, {"failed", "5.."}});
    QCOMPARE(bench.read(vectorAnswer(element("500", "1") + ',' + element("200", "10") + ',' + element("503", "2") + ','
                                     + element("404", "7"))),
             (ProbeValues{10.0, 3.0}));
    QCOMPARE(bench.said(), "");
    QCOMPARE(bench.probe.series().back().name(), "jobs.failed");
}

void PromQlProbeTest::isAGapWhereThereIsNoValue_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("saying");
    QTest::newRow("none") << vectorAnswer("")
                          << "answered without a value; correct the expression, or wait until there is one";
    QTest::newRow("several")
        << vectorAnswer(element("200", "1") + ',' + element("500", "1"))
        << "answered with 2 values; write sum(...) around the expression, or tell them apart with by: "
           "label and values";
    QTest::newRow("NaN") << vectorAnswer(element("200", "NaN")) << "answered with NaN";
    QTest::newRow("infinite") << vectorAnswer(element("200", "+Inf")) << "answered with an infinite number";
    QTest::newRow("range")
        << CannedServer::ok(R"({"status":"success","data":{"resultType":"matrix","result":[]}})")
        << "answered something that cannot be used: a range instead of numbers; leave a range in [...] "
           "to a function, as in rate(x[1m])";
    QTest::newRow("refused") << QByteArray("HTTP/1.1 400 No\r\nContent-Length: 48\r\n\r\n"
                                           R"({"status":"error","error":"1:5: parse error: x"})")
                             << "answered 400: 1:5: parse error: x";
    QTest::newRow("another 400") << QByteArray("HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\nno")
                                 << "answered 400; check the probe's url";
    QTest::newRow("not JSON") << CannedServer::ok("<html>") << "answered something that cannot be used: not JSON";
    QTest::newRow("other JSON") << CannedServer::ok("[]")
                                << "answered something that cannot be used: not the answer of a Prometheus server";
    QTest::newRow("no number") << vectorAnswer(element("200", "x"))
                               << "answered something that cannot be used: an element has no number";
}

void PromQlProbeTest::isAGapWhereThereIsNoValue()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, saying);
    Bench bench;
    QCOMPARE(bench.read(answer), ProbeValues(1));
    QCOMPARE(bench.read(answer), ProbeValues(1));
    QCOMPARE(bench.said(), "failed: GET " + bench.server.url("/prom/api/v1/query").toString() + ' ' + saying); // once
}

void PromQlProbeTest::saysWhichElementsAreMissing()
{
    Bench bench({{"ok", "200"}, {"failed", "5.."}});
    QCOMPARE(bench.read(vectorAnswer(element("200", "10"))), (ProbeValues{10.0, std::nullopt}));
    QVERIFY2(bench.said().contains(" answered without a number for jobs.failed; correct by and values"),
             qPrintable(bench.said()));
}

void PromQlProbeTest::asksARealServer()
{
    CannedServer program;
    program.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: 39\r\n\r\n"
                     "jobs{code=\"200\"} 40\njobs{code=\"500\"} 2\n"; // 20 + 19 bytes
    PrometheusServer server;
    const auto started = server.start(program.url("").authority());
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    ManualClock clock;
    PromQlProbe sum("sum", sourceOf(server.url(), "sum(jobs) + 1", {}), clock);
    PromQlProbe codes("codes", sourceOf(server.url(), "jobs", {{"ok", "200"}, {"failed", "5.."}}), clock);
    PromQlProbe wrong("wrong", sourceOf(server.url(), "sum(jobs", {}), clock);
    const ProbeListener heardSum(sum);
    const ProbeListener heardCodes(codes);
    const ProbeListener heardWrong(wrong);
    const QElapsedTimer since = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    while (heardSum.values != ProbeValues{43.0} && !since.hasExpired(30'000)) { // once it has asked the program
        const int before = heardSum.readings;
        sum.read();
        QTRY_COMPARE(heardSum.readings, before + 1);
    }
    QCOMPARE(heardSum.values, ProbeValues{43.0});
    codes.read();
    QTRY_COMPARE(heardCodes.values, (ProbeValues{40.0, 2.0}));
    wrong.read();
    QTRY_COMPARE(heardWrong.readings, 1);
    QVERIFY2(heardWrong.said.value(0).contains(" answered 400: invalid parameter "),
             qPrintable(heardWrong.said.value(0)));
}

QTEST_GUILESS_MAIN(PromQlProbeTest)
#include "tst_promqlprobe.moc"
