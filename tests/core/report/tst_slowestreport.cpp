// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportschema.h"
#include "core/report/runview.h"
#include "core/report/slowestrows.h"
#include "core/report/textslowest.h"
#include "core/report/textsummary.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"
#include "tests/support/schemaproblems.h"

#include <QTest>

using namespace Headroom;

namespace {

Exemplar slow(int step, Nanoseconds planned, Nanoseconds lag, Nanoseconds firstByte, Nanoseconds service)
{
    Exemplar exemplar;
    exemplar.sample.step = StepIndex{step};
    exemplar.sample.planned = planned;
    exemplar.sample.sent = lag;
    exemplar.sample.firstByte = firstByte;
    exemplar.sample.finished = service;
    exemplar.sample.status = 200;
    exemplar.sample.bytesIn = 12;
    exemplar.method = QStringLiteral("GET");
    exemplar.url = QStringLiteral("http://127.0.0.1:8080/items?after=%1").arg(planned / 1ms);
    return exemplar;
}

/// Planned at `planned`, sent at once, answered in one piece.
Exemplar plain(int step, Nanoseconds planned, Nanoseconds response)
{
    return slow(step, planned, 0ns, response, response);
}

/// In the warm-up one of 9 s; then of "list" 800, 40, 30 and 20 ms, of "/orders" 500 ms with a connection that was
/// opened for it, and of "tick" one that timed out after 600 ms. Six are measured.
std::vector<MetricsFrame> slowFrames()
{
    std::vector<MetricsFrame> frames = smallFrames();
    frames[0].exemplars = {plain(0, 100ms, 9s)};
    Exemplar ordered = slow(1, 1500ms, 100ms, 300ms, 400ms);
    ordered.opening = ConnectionOpening{1ms, 2ms, 30ms, false};
    frames[1].exemplars = {plain(0, 1200ms, 40ms), plain(0, 1100ms, 30ms), ordered};
    Exemplar late = plain(2, 1300ms, 600ms);
    late.sample.outcome = Outcome::Error;
    late.sample.failure = FailureKind::Timeout;
    late.sample.status = 0;
    frames[2].exemplars = {slow(0, 2s, 200ms, 500ms, 600ms), plain(0, 2100ms, 20ms), late};
    return frames;
}

SessionHead headKeeping(SampleKeeping keeping)
{
    SessionHead head = smallHead();
    head.facts.sampleKeeping = keeping;
    return head;
}

ReportModel slowReport(const ReportModel::Samples &samples = {SampleKeeping::All, 1204, 1204})
{
    ReportModel model = reportOf(headKeeping(SampleKeeping::All), slowFrames());
    model.samples = samples;
    return model;
}

} // namespace

/// The slowest requests and what was kept whole, from frames to the reports.
class SlowestReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void picksTheSlowestOfTheMeasuredWindow();
    void showsTheTenSlowestOfWhateverStep();
    void ordersEqualOnesByTheirPlannedStart();
    void writesThemAsJson();
    void writesThemAsAPage();
    void drawsEachPartAsLongAsItTook();
    void aTransferIsNeverLessThanNothing();
    void letsNoUrlBreakOut();
    void writesOneLineToTheTerminal();
    void saysHowManyWereKeptWhole_data();
    void saysHowManyWereKeptWhole();
    void readsTheCountsFromTheSession();
    void leavesOutWhatIsNotKnown();
    void showsThemInTheWindow();
};

void SlowestReportTest::picksTheSlowestOfTheMeasuredWindow()
{
    const ReportModel model = slowReport();
    std::vector<std::pair<QString, Nanoseconds>> rows;
    for (const ReportModel::SlowRequest &row : model.slowest)
        rows.emplace_back(row.step, row.exchange.sample.responseTime());
    const QString list = QStringLiteral("list");
    QCOMPARE(
        rows,
        (std::vector<std::pair<QString, Nanoseconds>>{{list, 800ms},
                                                      {QStringLiteral("tick"), 600ms},
                                                      {QStringLiteral("/orders"), 500ms},
                                                      {list, 40ms},
                                                      {list, 30ms},
                                                      {list, 20ms}})); // not the one of the warm-up
}

void SlowestReportTest::showsTheTenSlowestOfWhateverStep()
{
    // Two seconds: of step 0 one of 1 ms, of step 1 twelve of 11 to 22 ms; then of step 0 one of 15 ms and one of 50 ms.
    SlowestRows rows;
    RunFacts facts;
    facts.steps.resize(2);
    MetricsFrame frame;
    frame.exemplars = {plain(0, 0ns, 1ms)};
    for (int i = 1; i <= 12; ++i)
        frame.exemplars.push_back(plain(1, 0ns, (10 + i) * 1ms));
    rows.add(frame);
    frame.exemplars = {plain(0, 1s, 50ms), plain(0, 1s, 15ms)};
    rows.add(frame);
    std::vector<int> times;
    for (const auto &row : rows.rows(facts))
        times.push_back(int(row.exchange.sample.responseTime() / 1ms));
    QCOMPARE(times, (std::vector<int>{50, 22, 21, 20, 19, 18, 17, 16, 15, 15}));
}

void SlowestReportTest::ordersEqualOnesByTheirPlannedStart()
{
    SlowestRows rows;
    MetricsFrame frame;
    frame.exemplars = {plain(0, 3s, 5ms), plain(0, 1s, 5ms), plain(0, 2s, 5ms), plain(0, 0s, 5ms)};
    rows.add(frame);
    RunFacts facts;
    facts.steps.resize(1);
    std::vector<Nanoseconds> starts;
    for (const auto &row : rows.rows(facts))
        starts.push_back(row.exchange.sample.planned);
    QCOMPARE(starts, (std::vector<Nanoseconds>{0s, 1s, 2s, 3s}));
}

void SlowestReportTest::writesThemAsJson()
{
    const ReportModel model = slowReport();
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
    const Json report = jsonOf(model);
    QCOMPARE(report["slowest"].size(), 6u);
    QCOMPARE(
        QString::fromStdString(report["slowest"][2].to_string()),
        QStringLiteral("{\"step\":\"/orders\",\"method\":\"GET\",\"url\":\"http://127.0.0.1:8080/items?after=1500\","
                       "\"at_s\":1.5,\"response_ms\":500,\"send_lag_ms\":100,\"service_ms\":400,\"first_byte_ms\":300,"
                       "\"status\":200,\"failure\":null,\"bytes_in\":12,\"opening\":{\"resolve_ms\":1,\"connect_ms\":2,"
                       "\"tls_ms\":30,\"resumed\":false}}"));
    QVERIFY(report["slowest"][0]["opening"].is_null());
    QCOMPARE(QString::fromStdString(report["slowest"][1]["failure"].as<std::string>()), QStringLiteral("timeout"));
    QVERIFY(report["slowest"][1]["status"].is_null());
    QCOMPARE(QString::fromStdString(report["samples"].to_string()),
             QStringLiteral("{\"keeping\":\"all\",\"kept\":1204,\"candidates\":1204}"));
}

void SlowestReportTest::writesThemAsAPage()
{
    const QString page = pageOf(slowReport());
    for (const char *text : {"<section id=\"slowest\">", "<table id=\"slowest-table\">",
                             "GET http://127.0.0.1:8080/items?after=2000", "<data value=\"800\">800 ms</data>",
                             "waited to be sent 200 ms, wait for the first byte 500 ms, transfer 100 ms",
                             "a connection was opened for it: look-up 1.00 ms, connect 2.00 ms, TLS 30.0 ms",
                             "In the session: 1,204 of 1,204 requests were kept whole."})
        QVERIFY2(page.contains(QString::fromLatin1(text)), text);
    QVERIFY(page.contains(failureKindText(FailureKind::Timeout)));
}

void SlowestReportTest::drawsEachPartAsLongAsItTook()
{
    // The slowest is as long as the bar, 200: 200 ms of 800 before the send, 500 to the first byte, 100 for the rest.
    const QString page = pageOf(slowReport());
    const auto rect = [](const char *part, const char *x, const char *width) {
        return QStringLiteral("<rect class=\"%1\" x=\"%2\" y=\"0\" width=\"%3\" height=\"12.0\"></rect>")
            .arg(QLatin1String(part), QLatin1String(x), QLatin1String(width));
    };
    QVERIFY(page.contains(rect("part part-rest", "0.0", "50.0") + rect("part part-0", "50.0", "125.0")
                          + rect("part part-1", "175.0", "25.0")));
    // 500 ms: five eighths of that.
    QVERIFY(page.contains(rect("part part-rest", "0.0", "25.0") + rect("part part-0", "25.0", "75.0")
                          + rect("part part-1", "100.0", "25.0")));
}

void SlowestReportTest::aTransferIsNeverLessThanNothing()
{
    QCOMPARE(transferTime(slow(0, 0ns, 0ns, 300ms, 400ms).sample), Nanoseconds(100ms));
    QCOMPARE(transferTime(slow(0, 0ns, 0ns, 400ms, 300ms).sample), 0ns); // as only a damaged session has it
}

void SlowestReportTest::letsNoUrlBreakOut()
{
    std::vector<MetricsFrame> frames = slowFrames();
    frames[1].exemplars[0].url = QStringLiteral("http://h/<script>alert(1)</script>\"'");
    frames[1].exemplars[0].method = QStringLiteral("<q>");
    const QString page = pageOf(reportOf(headKeeping(SampleKeeping::All), frames));
    QVERIFY(!page.contains(QStringLiteral("<script>alert")));
    QVERIFY(!page.contains(QStringLiteral("<q>")));
}

void SlowestReportTest::writesOneLineToTheTerminal()
{
    const ReportModel model = slowReport();
    const QString line =
        QStringLiteral("Slowest: list, 800 ms at 0:02 (send lag 200 ms, first byte 500 ms); 1,204 of 1,204 kept whole");
    QCOMPARE(slowestLines(model), QStringList{line});
    QVERIFY(textSummary(model).contains(line));
    QCOMPARE(slowestLines(smallReport()), QStringList()); // nothing is told of either
}

void SlowestReportTest::saysHowManyWereKeptWhole_data()
{
    QTest::addColumn<SampleKeeping>("keeping");
    QTest::addColumn<int>("kept");
    QTest::addColumn<int>("candidates");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << SampleKeeping::All << 1204 << 1204
                         << QStringLiteral("1,204 of 1,204 requests were kept whole");
    QTest::newRow("all, of too many")
        << SampleKeeping::All << 1'000'100 << 1'204'000
        << QStringLiteral(
               "1,000,100 of 1,204,000 requests were kept whole: all of some seconds, a uniform sample of the others");
    QTest::newRow("errors") << SampleKeeping::Errors << 7 << 7
                            << QStringLiteral("7 of 7 errors and rejections were kept whole");
    QTest::newRow("sample")
        << SampleKeeping::Sample << 6000 << 12'000
        << QStringLiteral("6,000 of 12,000 requests were kept whole: a uniform sample, at most 100 of each second");
    QTest::newRow("off") << SampleKeeping::Off << 0 << 0
                         << QStringLiteral("no request was kept whole, as record.samples is off");
}

void SlowestReportTest::saysHowManyWereKeptWhole()
{
    QFETCH(SampleKeeping, keeping);
    QFETCH(int, kept);
    QFETCH(int, candidates);
    QFETCH(QString, text);
    const ReportModel model = slowReport({keeping, std::uint64_t(kept), std::uint64_t(candidates)});
    QCOMPARE(samplesText(model), text);
    QVERIFY(pageOf(model).contains(text));
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
}

void SlowestReportTest::readsTheCountsFromTheSession()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.headroom"));
    auto writer = SessionWriter::create(path, headKeeping(SampleKeeping::Sample));
    QVERIFY(writer);
    for (const MetricsFrame &frame : slowFrames()) {
        SecondSamples samples{frame.second, 5, {}};
        samples.kept.assign(2, plain(0, frame.second * Nanoseconds(1s), 5ms).sample);
        QVERIFY((*writer)->append(frame, &samples));
    }
    QVERIFY((*writer)->finish({}, 1'700'000'004'000));
    const auto session = SessionReader::open(path);
    QVERIFY(session);
    const auto model = buildReport(**session);
    QVERIFY(model);
    QVERIFY(model->samples->keeping == SampleKeeping::Sample);
    QCOMPARE(model->samples->kept, 8u); // of 4 seconds
    QCOMPARE(model->samples->candidates, 20u);
    QCOMPARE(model->slowest, slowReport().slowest);
}

void SlowestReportTest::leavesOutWhatIsNotKnown()
{
    ReportModel model = smallReport();
    model.samples.reset(); // a run that is on
    QVERIFY(jsonOf(model)["samples"].is_null());
    QCOMPARE(jsonOf(model)["slowest"].size(), 0u);
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(model)), QStringList());
    QCOMPARE(samplesText(model), QString());
    QVERIFY(!pageOf(model).contains(QStringLiteral("id=\"slowest\"")));
    QVERIFY(!pageOf(smallReport()).contains(QStringLiteral("id=\"slowest\""))); // nothing slow, and nothing to be kept
}

void SlowestReportTest::showsThemInTheWindow()
{
    const ReportModel model = slowReport();
    QCOMPARE(viewOf(model).slowest, model.slowest);
}

QTEST_GUILESS_MAIN(SlowestReportTest)
#include "tst_slowestreport.moc"
