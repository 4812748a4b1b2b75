// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/prometheusprobe.h"
#include "tests/core/probes/cannedserver.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"
#include "tests/support/prometheusserver.h"

#include <QTest>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

PrometheusProbe::Source sourceOf(const QUrl &url)
{
    PrometheusProbe::Source source{.url = url, .fields = {"jobs", "rate"}, .measures = {}};
    source.measures.push_back(*PromMeasure::make({{}, "jobs", {}, As::Value}));
    source.measures.push_back(*PromMeasure::make({{}, "done_total", {}, As::Rate}));
    return source;
}

/// A probe of two values, a gauge and the rate of a counter.
struct Bench
{
    QString said() const { return listener.said.join(QLatin1String(" | ")); }
    /// One reading of a text, a second after the one before.
    ProbeValues read(const QByteArray &answer)
    {
        clock.advance(1s);
        server.answer = answer;
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; }) ? listener.values : ProbeValues();
    }

    CannedServer server;
    ManualClock clock;
    PrometheusProbe probe{"api", sourceOf(server.url("/metrics")), clock};
    ProbeListener listener{probe};
};

const ProbeValues kNone(2);

} // namespace

class PrometheusProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsItsValues();
    void asksForText();
    void isAGapWhereTheTextIsNone_data();
    void isAGapWhereTheTextIsNone();
    void goesOnAfterAGap();
    void stopsReadingABodyWithoutEnd();
    void givesUpAtTheTimeout();
    void keepsTheValuesThatAreThere();
    void readsTheMetricsOfARealProgram();
};

void PrometheusProbeTest::readsItsValues()
{
    Bench bench;
    QCOMPARE(bench.read(CannedServer::ok("jobs 12\ndone_total 100\n")), (ProbeValues{12.0, std::nullopt}));
    QCOMPARE(bench.read(CannedServer::ok("jobs 13\ndone_total 105\n")), (ProbeValues{13.0, 5.0}));
    QCOMPARE(bench.said(), "");
    QCOMPARE(bench.probe.requestsMade(), 2u);
    QCOMPARE(bench.probe.series().back().name(), "api.rate");
}

void PrometheusProbeTest::asksForText()
{
    Bench bench;
    bench.read(CannedServer::ok("jobs 12\ndone_total 100\n"));
    QVERIFY(bench.server.requests.first().toLower().contains("\r\naccept: text/plain;version=0.0.4, */*;q=0.1\r\n"));
}

void PrometheusProbeTest::isAGapWhereTheTextIsNone_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("saying");
    QTest::newRow("HTML") << CannedServer::ok("<html>")
                          << "answered with something that is not for Prometheus, line 1: a metric has no name";
    QTest::newRow("cut off")
        << CannedServer::ok("jobs 12\ndone_to")
        << "answered with something that is not for Prometheus, line 2: metric 'done_to' has no number";
    QTest::newRow("nothing") << CannedServer::ok("") << "answered without metric 'jobs'; correct its name";
    QTest::newRow("404") << QByteArray("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                         << "answered 404; check the probe's url";
}

void PrometheusProbeTest::isAGapWhereTheTextIsNone()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, saying);
    Bench bench;
    QCOMPARE(bench.read(answer), kNone);
    QCOMPARE(bench.read(answer), kNone);
    QCOMPARE(bench.said(), "failed: GET " + bench.server.url("/metrics").toString() + ' ' + saying); // once
}

void PrometheusProbeTest::goesOnAfterAGap()
{
    Bench bench;
    bench.read(CannedServer::ok("jobs 1\ndone_total 100\n"));
    QCOMPARE(bench.read(CannedServer::ok("jobs 1\ndone_total 100 x\n")), kNone);
    QCOMPARE(bench.read(CannedServer::ok("jobs 2\ndone_total 110\n")), (ProbeValues{2.0, 5.0})); // 10 in 2 s
    QCOMPARE(bench.listener.said.size(), 2);
    QCOMPARE(bench.listener.said.back(), "recovered: delivers values now");
}

void PrometheusProbeTest::stopsReadingABodyWithoutEnd()
{
    Bench bench;
    const QByteArray endless =
        "HTTP/1.1 200 OK\r\n\r\n" + QByteArray("jobs 1\n").repeated(PrometheusProbe::kMaxBodyBytes / 7 + 1);
    QCOMPARE(bench.read(endless), kNone);
    QVERIFY2(bench.said().contains(" answered more than 4.0 MiB; point"), qPrintable(bench.said()));
}

void PrometheusProbeTest::givesUpAtTheTimeout()
{
    Bench bench; // never answers
    bench.probe.read();
    QTRY_COMPARE(bench.server.requests.size(), 1);
    bench.clock.advance(2s);
    QCOMPARE(bench.listener.values, kNone);
    QVERIFY(bench.said().endsWith(" did not answer within 2.00 s"));
}

void PrometheusProbeTest::keepsTheValuesThatAreThere()
{
    Bench bench;
    QCOMPARE(bench.read(CannedServer::ok("jobs 12\ndone_total NaN\n")), (ProbeValues{12.0, std::nullopt}));
    QVERIFY2(bench.said().endsWith(" answered with NaN for 'done_total'"), qPrintable(bench.said()));
}

void PrometheusProbeTest::readsTheMetricsOfARealProgram()
{
    PrometheusServer server;
    const auto started = server.start();
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    PrometheusProbe::Source source{
        .url = server.url("/metrics"), .fields = {"memory", "requests", "p95"}, .measures = {}};
    for (const Scenario::Probe::Measure &wanted :
         {Scenario::Probe::Measure{{}, "process_resident_memory_bytes", {}, As::Value},
          Scenario::Probe::Measure{{}, "prometheus_http_requests_total", {{"handler", "/metrics"}}, As::Rate},
          Scenario::Probe::Measure{
              {}, "prometheus_http_request_duration_seconds", {{"handler", "/metrics"}}, As::Quantile, 0.95}})
        source.measures.push_back(*PromMeasure::make(wanted));
    ManualClock clock;
    PrometheusProbe probe("own", std::move(source), clock);
    const ProbeListener listener(probe);
    for (int reading = 1; reading <= 3; ++reading) {
        probe.read();
        QTRY_COMPARE(listener.readings, reading);
        clock.advance(1s);
    }
    QCOMPARE(listener.said.filter("failed"), QStringList());
    QVERIFY(listener.values.at(0).value_or(0.0) > 1e6);
    // Every reading is a request of that handler, and the only one: each sees the one before it.
    QCOMPARE(listener.values.at(1), 1.0);
    QVERIFY(listener.values.at(2).value_or(-1.0) > 0.0);
    QVERIFY(listener.values.at(2).value_or(99.0) < 10.0);
}

QTEST_GUILESS_MAIN(PrometheusProbeTest)
#include "tst_prometheusprobe.moc"
