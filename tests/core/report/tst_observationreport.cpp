// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/expectedshares.h"
#include "core/report/htmlobservations.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportschema.h"
#include "core/report/textobservations.h"
#include "core/report/textsummary.h"
#include "core/stats/observationrecorder.h"
#include "tests/support/schemaproblems.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"

#include <QTest>

using namespace Headroom;

namespace {

using Kind = RunFacts::Observation::Kind;
using Recorded = ObservationRecorder::Kind;

struct Second
{
    std::vector<double> serverTimes, ocr, db, tokens;
    int hits = 0;
    int misses = 0;
};

std::vector<ObservationCounts> counts(const Second &second)
{
    ObservationRecorder recorder(
        {Recorded::Values, Recorded::Values, Recorded::Values, Recorded::Hits, Recorded::Values});
    for (std::size_t index = 0; const auto *values : {&second.serverTimes, &second.ocr, &second.db}) {
        for (const double value : *values)
            recorder.recordValue(index, value);
        ++index;
    }
    for (int i = 0; i < second.hits + second.misses; ++i)
        recorder.recordHit(3, i < second.hits);
    for (const double value : second.tokens)
        recorder.recordValue(4, value);
    return recorder.takeInterval();
}

/// Measured are the second and third seconds. Server 40, 60, 80 and 20 ms: 200 of 4 answers. OCR 30, 30, 40 and 20 ms:
/// 120, which is 60 %. db 10 and 10 ms in two of them: 20, which is 10 %; 60 ms are of no part.
SessionHead observedHead(const QString &ocr)
{
    SessionHead head = smallHead();
    head.facts.observations = {{QStringLiteral("server_time"), Kind::ServerTime, QStringLiteral("ms")},
                               {ocr, Kind::Part, QStringLiteral("ms")},
                               {QStringLiteral("db"), Kind::Part, QStringLiteral("ms")},
                               {QStringLiteral("cache"), Kind::Hit, {}},
                               {QStringLiteral("tokens"), Kind::Value, QStringLiteral("tokens")}};
    return head;
}

std::vector<MetricsFrame> observedFrames()
{
    std::vector<MetricsFrame> frames = smallFrames();
    frames[0].observations = counts({{900.0}, {900.0}, {}, {7.0}, 0, 5}); // warm-up
    frames[1].observations = counts({{40.0, 60.0}, {30.0, 30.0}, {10.0}, {100.0}, 2, 0});
    frames[2].observations = counts({{80.0, 20.0}, {40.0, 20.0}, {10.0}, {300.0}, 1, 1});
    frames[3].observations = counts({});
    return frames;
}

ReportModel observedReport(const QString &ocr = QStringLiteral("OCR"))
{
    return reportOf(observedHead(ocr), observedFrames());
}

} // namespace

class ObservationReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsTheMeasuredWindow();
    void takesTheServersTimeApart();
    void seesPartsThatOverlap();
    void takesNoRoundingForAnOverlap();
    void doesWithoutTheWholeTime();
    void comparesWithWhatWasExpected();
    void writesThemAsJson();
    void comparesServerAndClient();
    void writesThemAsAPage();
    void escapesNames();
    void writesThemToTheTerminal();
    void saysNothingWithoutObservations();
};

void ObservationReportTest::countsTheMeasuredWindow()
{
    const ReportModel model = observedReport();
    const auto &rows = model.observations.rows;
    QCOMPARE(rows.size(), 5u);
    QCOMPARE(rows[0].sum.counts().count, 4u);
    QCOMPARE(rows[0].sum.mean(), std::optional(50.0));
    QCOMPARE(rows[3].sum.hitRate(), std::optional(0.75));
    QCOMPARE(rows[4].sum.mean(), std::optional(200.0));
    QCOMPARE(model.series.size(), 4u);
    QCOMPARE(levelOf(model.series[0].observations[3], Kind::Hit), std::optional(0.0));
    QCOMPARE(levelOf(model.series[2].observations[0], Kind::ServerTime), std::optional(50.0));
    QVERIFY(!levelOf(model.series[3].observations[0], Kind::ServerTime));
}

void ObservationReportTest::takesTheServersTimeApart()
{
    const ReportModel model = observedReport();
    const auto taken = serverPartsOf(model.head.facts.observations, model.observations.totals());
    QVERIFY(taken);
    QCOMPARE(taken->milliseconds, 50.0);
    QCOMPARE(taken->parts.size(), 2u);
    QCOMPARE(taken->parts[0].milliseconds, 30.0); // 120 / 4
    QCOMPARE(taken->parts[0].share, 0.6);
    QCOMPARE(taken->parts[1].milliseconds, 5.0); // 20 / 4: answers without it count as 0
    QCOMPARE(taken->uncoveredMilliseconds, std::optional(15.0));
    QVERIFY(!taken->doOverlap);
    QCOMPARE(taken->dominant().observation, 1u);
    QCOMPARE(
        dominantPartText(model.observations),
        QStringLiteral("OCR is the longest part of the server's time: 60 % of it, 30.0 ms of 50.0 ms an answer; 30 % "
                       "is covered by no part."));
}

void ObservationReportTest::seesPartsThatOverlap()
{
    // Two parts of 8 and 6 ms in an answer of 10.
    const std::vector<RunFacts::Observation> observations{{QStringLiteral("whole"), Kind::ServerTime, {}},
                                                          {QStringLiteral("a"), Kind::Part, {}},
                                                          {QStringLiteral("b"), Kind::Part, {}}};
    const auto taken = serverPartsOf(observations, {{1, 0, 10.0}, {1, 0, 8.0}, {1, 0, 6.0}});
    QVERIFY(taken && taken->doOverlap);
    QVERIFY(!taken->uncoveredMilliseconds);
    QCOMPARE(taken->parts[0].share, 0.8);
}

void ObservationReportTest::takesNoRoundingForAnOverlap()
{
    // 0.1 + 0.2 is above 0.3 in doubles.
    const std::vector<RunFacts::Observation> observations{{QStringLiteral("whole"), Kind::ServerTime, {}},
                                                          {QStringLiteral("a"), Kind::Part, {}},
                                                          {QStringLiteral("b"), Kind::Part, {}}};
    const auto taken = serverPartsOf(observations, {{1, 0, 0.3}, {1, 0, 0.1}, {1, 0, 0.2}});
    QVERIFY(taken && !taken->doOverlap);
    QCOMPARE(taken->uncoveredMilliseconds, std::optional(0.0));
}

void ObservationReportTest::doesWithoutTheWholeTime()
{
    // 6 and 2 ms: of what is known, 75 %.
    const std::vector<RunFacts::Observation> observations{{QStringLiteral("a"), Kind::Part, {}},
                                                          {QStringLiteral("b"), Kind::Part, {}}};
    const auto taken = serverPartsOf(observations, {{2, 0, 12.0}, {2, 0, 4.0}});
    QVERIFY(taken);
    QCOMPARE(taken->milliseconds, 8.0);
    QCOMPARE(taken->dominant().share, 0.75);
    QVERIFY(!taken->uncoveredMilliseconds && !taken->doOverlap);
    QVERIFY(!serverPartsOf(observations, {{0, 0, 0.0}, {0, 0, 0.0}}));
}

void ObservationReportTest::comparesWithWhatWasExpected()
{
    const auto reportWith = [](double ofOcr, double ofDb) {
        SessionHead head = observedHead(QStringLiteral("OCR"));
        head.facts.observations[1].expectedShare = ofOcr;
        head.facts.observations[2].expectedShare = ofDb;
        return reportOf(head, observedFrames());
    };
    // Measured: 60 % and 10 %.
    const ReportModel model = reportWith(0.6, 0.25);
    const QStringList lines = expectedShareLines(model.observations);
    QCOMPARE(lines,
             (QStringList{QStringLiteral("OCR: 60 % where 60 % was expected"),
                          QStringLiteral("db: 10 % where 25 % was expected: 15.0 points less")}));
    const Json part = jsonOf(model)["server"]["parts"]["parts"][1];
    QCOMPARE(part["share"].as<double>(), 0.1);
    QCOMPARE(part["expected_share"].as<double>(), 0.25);
    QVERIFY(textSummary(model).contains(lines[1]));
    QVERIFY(QString::fromUtf8(htmlReport(model)).contains(lines[1]));
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
    QCOMPARE(expectedShareLines(reportWith(0.2, 0.7).observations).last(),
             QStringLiteral("db was expected to be the longest part, and it is OCR"));
    QVERIFY(expectedShareLines(observedReport().observations).isEmpty());
}

void ObservationReportTest::writesThemAsJson()
{
    const Json report = jsonOf(observedReport());
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(observedReport())), QStringList());
    const Json &rows = report["observations"];
    QCOMPARE(rows.size(), 5u);
    QCOMPARE(rows[0]["name"].as<std::string>(), std::string("server_time"));
    QCOMPARE(rows[0]["kind"].as<std::string>(), std::string("server_time"));
    QCOMPARE(rows[0]["unit"].as<std::string>(), std::string("ms"));
    QCOMPARE(rows[0]["mean"].as<double>(), 50.0);
    QCOMPARE(rows[0]["max"].as<double>(), 80.0);
    QVERIFY(rows[0]["hits"].is_null());
    QCOMPARE(rows[0]["few_samples"].size(), 3u); // the median's interval closes from 6 samples on: 2 x 0.5^6 < 5 %
    QCOMPARE(rows[0]["values"].size(), 4u);
    QCOMPARE(rows[0]["values"][0].as<double>(), 900.0);
    QVERIFY(rows[0]["values"][3].is_null());
    QCOMPARE(rows[3]["hits"].as<int>(), 3);
    QCOMPARE(rows[3]["hit_rate"].as<double>(), 0.75);
    QVERIFY(rows[3]["hit_rate_interval"][0].as<double>() < 0.75);
    QVERIFY(rows[3]["mean"].is_null());
    const Json &parts = report["server"]["parts"];
    QCOMPARE(parts["dominant"].as<std::string>(), std::string("OCR"));
    QCOMPARE(parts["parts"][1]["share"].as<double>(), 0.1);
    QCOMPARE(parts["uncovered_ms"].as<double>(), 15.0);
    QCOMPARE(parts["overlap"].as<bool>(), false);
}

void ObservationReportTest::comparesServerAndClient()
{
    const ReportModel model = observedReport();
    const Json report = jsonOf(model);
    const Json &against = report["server"]["against_client"];
    const double client = model.measured.latencies[LatencyKind::Service].meanNanoseconds() / 1e6;
    QCOMPARE(against["mean"]["server_ms"].as<double>(), 50.0);
    QVERIFY(qAbs(against["mean"]["client_ms"].as<double>() - client) < 0.001);
    QVERIFY(qAbs(against["mean"]["difference_ms"].as<double>() - (client - 50.0)) < 0.001);
    for (const char *name : {"p50", "p95", "p99"})
        QVERIFY(against[name]["difference_ms"].is_number());
}

void ObservationReportTest::writesThemAsAPage()
{
    const QString page = QString::fromUtf8(htmlReport(observedReport()));
    for (const char *text : {"<section id=\"observations\">", "<table id=\"hits-table\">",
                             "<table id=\"values-table\">", "<table id=\"server-table\">", "id=\"server-parts\"",
                             "OCR: 30.0 ms, 60 %", "covered by no part: 15.0 ms, 30 %", "OCR is the longest part",
                             "id=\"chart-server\"", "id=\"chart-hits\"", "id=\"chart-values\""})
        QVERIFY2(page.contains(QString::fromLatin1(text)), text);
    QCOMPARE(htmlReport(observedReport()), htmlReport(observedReport()));
    // The unit stands behind the name, once.
    const QString values = page.section(QStringLiteral("id=\"values-table\""), 1).section(QStringLiteral("</table>"), 0, 0);
    QVERIFY2(values.contains(QStringLiteral("<span class=\"whole\">OCR, ms</span>")), qPrintable(values));
    QVERIFY(!values.contains(QStringLiteral(" ms</data>")));
    // Four seconds have ticks at whole ones.
    const QString parts = page.section(QStringLiteral("id=\"server-parts\""), 1).section(QStringLiteral("</figure>"), 0, 0);
    for (const char *tick : {">0:00<", ">0:01<", ">0:03<"})
        QVERIFY2(parts.contains(QLatin1String(tick)), tick);
}

void ObservationReportTest::escapesNames()
{
    const QString page =
        QString::fromUtf8(htmlReport(observedReport(QStringLiteral("<script>alert(1)</script>\x1b[31m"))));
    QVERIFY(!page.contains(QStringLiteral("<script>alert")));
    const QString text = textSummary(observedReport(QStringLiteral("\x1b[31mOCR")));
    QVERIFY(!text.contains(QChar(0x1b)));
}

void ObservationReportTest::writesThemToTheTerminal()
{
    const QStringList lines = observationLines(observedReport());
    QCOMPARE(lines.size(), 11); // heading, 5, heading and 3 of server against client, the dominant part (broken in two)
    QCOMPARE(lines[1].simplified(), QStringLiteral("server_time 4 0 50.0 ms 40.0 ms* 80.0 ms* 80.0 ms*"));
    QCOMPARE(lines[4].simplified(), QStringLiteral("cache 4 0 hits 75 % (95 % certain: 30.06 % to 95.44 %)"));
    QVERIFY(lines[6].startsWith(QStringLiteral("Server against client")));
    QVERIFY(lines.last().contains(QStringLiteral("covered by no part")));
    for (const QString &line : lines)
        QVERIFY(line.split(u'\n').front().size() <= 100);
    QVERIFY(textSummary(observedReport()).contains(lines[1]));
}

void ObservationReportTest::saysNothingWithoutObservations()
{
    QVERIFY(observationLines(smallReport()).isEmpty());
    const Json report = jsonOf(smallReport());
    QVERIFY(report["observations"].empty());
    QVERIFY(report["server"].is_null());
    QVERIFY(!QString::fromUtf8(htmlReport(smallReport())).contains(QStringLiteral("id=\"observations\"")));
}

QTEST_GUILESS_MAIN(ObservationReportTest)
#include "tst_observationreport.moc"
