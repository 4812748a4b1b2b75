// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportbuilder.h"
#include "core/report/reportschema.h"
#include "core/report/runview.h"
#include "core/report/textnetwork.h"
#include "core/report/textsummary.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"
#include "tests/support/schemaproblems.h"

#include <QTest>

using namespace Headroom;

namespace {

SessionHead directHead()
{
    SessionHead head = smallHead();
    head.facts.transport = QStringLiteral("direct");
    return head;
}

/// In the warm-up 2 connections are opened, each after a look-up of 1 ms, in 0.2 ms, with a handshake of 4 ms; in the
/// third second another one in 0.4 ms that goes on with an earlier session in 1 ms.
std::vector<MetricsFrame> openedFrames()
{
    std::vector<MetricsFrame> frames = smallFrames();
    OpeningSet openings;
    openings.record({1ms, 200us, 4ms, false});
    openings.record({1ms, 200us, 4ms, false});
    frames[0].openings = openings.take();
    openings.record({0ns, 400us, 1ms, true});
    frames[2].openings = openings.take();
    return frames;
}

ReportModel directReport() { return reportOf(directHead(), openedFrames()); }

} // namespace

/// Openings and first bytes from frames to the reports.
class NetworkReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsOpeningsOverAllSeconds();
    void keepsFirstBytesOfTheMeasuredWindowApart();
    void writesThemAsJson();
    void writesNullForATransportThatCannotTell();
    void isTheSameLiveAndReplayed();
    void refusesADamagedHistogram();
    void writesThemToTheTerminal();
    void writesThemAsAPage();
    void showsThemInTheWindow();
};

void NetworkReportTest::countsOpeningsOverAllSeconds()
{
    const ReportModel model = directReport();
    QVERIFY(model.network.openings);
    QCOMPARE(model.network.openings->opened(), 3u);
    QCOMPARE(model.network.openings->resumed(), 1u);
    QCOMPARE((*model.network.openings)[OpeningPart::Resolve].count(), 2u);
    QCOMPARE((*model.network.openings)[OpeningPart::Tls].meanNanoseconds(), 3e6); // 4, 4 and 1 ms
    QCOMPARE(model.series[0].opened, std::optional<std::uint64_t>(2));
    QCOMPARE(model.series[1].opened, std::optional<std::uint64_t>(0));
    QCOMPARE(model.series[2].opened, std::optional<std::uint64_t>(1));
}

void NetworkReportTest::keepsFirstBytesOfTheMeasuredWindowApart()
{
    // 8 ms twice in the warm-up, 9 ms eight times, 50 ms once in the drain; as many as there are service times.
    const ReportModel model = smallReport();
    const HdrHistogram &all = model.network.firstByte.times;
    QCOMPARE(all.count(), 11u);
    QCOMPARE(all.count(), model.totals.latencies[LatencyKind::Service].count());
    QCOMPARE(all.max(), Nanoseconds(50ms));
    const HdrHistogram &measured = model.network.measuredFirstByte.times;
    QCOMPARE(measured.count(), 8u);
    QCOMPARE(measured.count(), model.measured.latencies[LatencyKind::Service].count());
    QCOMPARE(measured.min(), Nanoseconds(9ms));
    QCOMPARE(measured.max(), Nanoseconds(9ms));
    QCOMPARE(model.series[0].firstByteP95Ms, std::optional(8.0));
    QCOMPARE(model.series[3].firstByteP50Ms, std::optional(50.0));
}

void NetworkReportTest::writesThemAsJson()
{
    const ReportModel model = directReport();
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
    const Json report = jsonOf(model);
    const Json &connections = report["connections"];
    QCOMPARE(connections["opened"].as<int>(), 3);
    QCOMPARE(connections["resumed"].as<int>(), 1);
    QCOMPARE(connections["resolve_ms"]["count"].as<int>(), 2);
    QCOMPARE(connections["resolve_ms"]["max"].as<double>(), 1.0);
    QCOMPARE(connections["connect_ms"]["min"].as<double>(), 0.2);
    QCOMPARE(connections["connect_ms"]["p99"].as<double>(), 0.4);
    QCOMPARE(connections["tls_ms"]["mean"].as<double>(), 3.0);
    QCOMPARE(connections["tls_ms"]["few_samples"].size(), 6u);
    const Json &firstByte = report["totals"]["first_byte_ms"];
    QCOMPARE(firstByte["count"].as<int>(), 11);
    QCOMPARE(firstByte["censored"].as<int>(), 1);
    QCOMPARE(firstByte["p50"].as<double>(), 9.007); // of 8 8 9 9 9 9 9 9 9 9 50: buckets of 8 us, the highest of 9 ms
    QCOMPARE(firstByte["p99"].as<double>(), 50.0);
    QVERIFY(firstByte["interval_ms"]["p99"][1].is_null());
    QCOMPARE(report["measured"]["first_byte_ms"]["max"].as<double>(), 9.0);
    QVERIFY(!report["steps"][0].contains("first_byte_ms")); // they are not told apart by step
    QCOMPARE(report["series"]["opened"][0].as<int>(), 2);
    QCOMPARE(report["series"]["opened"][3].as<int>(), 0);
    QCOMPARE(report["series"]["first_byte_p95_ms"][3].as<double>(), 50.0);
}

void NetworkReportTest::writesNullForATransportThatCannotTell()
{
    const ReportModel model = smallReport(); // qnam
    QVERIFY(!model.network.openings);
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
    const Json report = jsonOf(model);
    QVERIFY(report["connections"].is_null());
    QVERIFY(report["series"]["opened"][0].is_null());
    QCOMPARE(report["totals"]["first_byte_ms"]["count"].as<int>(), 11);
    // What nothing was recorded of has no times.
    const Json bare = jsonOf(reportOf(directHead(), {}));
    QCOMPARE(bare["connections"]["opened"].as<int>(), 0);
    QVERIFY(bare["connections"]["tls_ms"]["p50"].is_null());
    QVERIFY(bare["totals"]["first_byte_ms"]["max"].is_null());
}

void NetworkReportTest::isTheSameLiveAndReplayed()
{
    const ReportModel replayed = directReport();
    ReportBuilder live(std::make_shared<const RunFacts>(directHead().facts));
    for (const MetricsFrame &frame : openedFrames())
        QVERIFY(live.add(frame));
    ReportModel &model = live.model();
    model.head = replayed.head;
    model.ending = replayed.ending;
    model.wasClosedCleanly = replayed.wasClosedCleanly;
    model.endedAtMs = replayed.endedAtMs;
    model.events = replayed.events;
    model.samples = replayed.samples;
    live.judge();
    QCOMPARE(jsonReport(model), jsonReport(replayed));
    QCOMPARE(viewOf(model).network, viewOf(replayed).network);
}

void NetworkReportTest::refusesADamagedHistogram()
{
    ReportBuilder builder(std::make_shared<const RunFacts>(directHead().facts));
    MetricsFrame frame = openedFrames()[0];
    frame.firstByteTimes = "no histogram";
    QVERIFY(!builder.add(frame));
    frame = openedFrames()[0];
    frame.openings.times[0] = "no histogram";
    QVERIFY(!builder.add(frame));
}

void NetworkReportTest::writesThemToTheTerminal()
{
    const ReportModel model = directReport();
    const QStringList lines = networkLines(model);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0], QStringLiteral("First byte: p50 9.00 ms, p95 9.00 ms*, p99 9.00 ms* after the send."));
    QCOMPARE(QString(lines[1]).simplified(),
             QStringLiteral(
                 "Connections: 3 opened, 1 of them with an earlier TLS session; look-up p50 1.00 ms, p99 1.00 ms; "
                 "connect p50 200 µs, p99 400 µs; TLS p50 4.00 ms, p99 4.00 ms."));
    QVERIFY(textSummary(model).contains(lines[1]));
    QCOMPARE(networkLines(smallReport()), lines.first(1)); // qnam: nothing is said of what nobody asked for
    QVERIFY(networkLines(reportOf({}, {})).isEmpty());
}

void NetworkReportTest::writesThemAsAPage()
{
    const QString page = QString::fromUtf8(htmlReport(directReport()));
    for (const char *text :
         {"<section id=\"network\">", "<table id=\"network-table\">", "First byte", "Look-up", "TLS handshake",
          "3 opened, 1 of them with the TLS session of an earlier one", "id=\"chart-connections\"", "p95 first byte"})
        QVERIFY2(page.contains(QString::fromLatin1(text)), text);
    const QString other = QString::fromUtf8(htmlReport(smallReport()));
    QVERIFY(other.contains(QStringLiteral("is not known: the transport qnam cannot tell")));
    QVERIFY(!other.contains(QStringLiteral("id=\"chart-connections\"")));
    SessionHead hostile = smallHead();
    hostile.facts.transport = QStringLiteral("<script>alert(1)</script>");
    QVERIFY(!QString::fromUtf8(htmlReport(reportOf(hostile, smallFrames()))).contains(QStringLiteral("<script>alert")));
    // Without a first byte and a connection there is nothing to show.
    QVERIFY(!QString::fromUtf8(htmlReport(reportOf({}, {}))).contains(QStringLiteral("id=\"network\"")));
}

void NetworkReportTest::showsThemInTheWindow()
{
    const RunView view = viewOf(directReport());
    QCOMPARE(view.network.split(QLatin1Char('\n')).size(), 2);
    QVERIFY(view.network.contains(QStringLiteral("Connections: 3 opened")));
    QVERIFY(viewOf(reportOf({}, {})).network.isEmpty());
}

QTEST_GUILESS_MAIN(NetworkReportTest)
#include "tst_networkreport.moc"
