// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/batchfigures.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/marktext.h"
#include "core/report/reportschema.h"
#include "core/report/textbatches.h"
#include "core/report/textsummary.h"
#include "tests/support/schemaproblems.h"
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

class BatchReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheFiguresOfEachBatch();
    void addsAllTogetherWithTheTimeBetween();
    void keepsNoMoreThanAScenarioMayAskFor();
    void writesThemAsJson();
    void writesThemAsAPage();
    void writesThemToTheTerminal();
    void leavesOutTheMiddleOfMany();
    void saysNothingWithoutBatches();
    void marksABatchByItsNumber();
};

namespace {

/// Batch 1 from 0.5 to 1.5 s, 10 of 10 in 1 s; batch 2 from 2 to 2.5 s, 9 of 10 in 0.5 s with an error.
ReportModel batchReport()
{
    SessionHead head = smallHead();
    head.facts.batches = {2, 10};
    std::vector<MetricsFrame> frames = smallFrames();
    frames[1].batches = {{0, 500ms, 1500ms, 10, 10, 10, 0, 0, times(100ms, 10), {1024.0 * 1024.0}}};
    frames[2].batches = {{1, 2s, 2500ms, 10, 9, 10, 1, 0, times(50ms, 9), {std::nullopt}}};
    return reportOf(head, frames);
}

} // namespace

void BatchReportTest::hasTheFiguresOfEachBatch()
{
    const ReportModel model = batchReport();
    QCOMPARE(model.batches.each.size(), 2u);
    const BatchFigures::Batch &first = model.batches.each[0];
    QCOMPARE(first.number, 1);
    QCOMPARE(first.start, 500ms);
    QCOMPARE(first.length, 1s);
    QCOMPARE(first.perSecond(), 10.0);
    QCOMPARE(first.longest, std::optional<Nanoseconds>(100ms));
    QCOMPARE(first.probes.at(0), std::optional(1024.0 * 1024.0));
    QVERIFY(first.hasFewSamples(0.95));
    const BatchFigures::Batch &second = model.batches.each[1];
    QCOMPARE(second.iterations, 10u);
    QCOMPARE(second.completed, 9u);
    QCOMPARE(second.perSecond(), 18.0);
    QCOMPARE(second.errors, 1u);
    QVERIFY(!second.probes.at(0));
}

void BatchReportTest::addsAllTogetherWithTheTimeBetween()
{
    // 19 iterations from 0.5 s to 2.5 s are 9.5/s; in the 1.5 s of the batches themselves 12.67/s.
    const BatchFigures batches = batchReport().batches;
    QCOMPARE(batches.completed, 19u);
    QCOMPARE(batches.perSecond(), 9.5);
    QCOMPARE(batches.busy, 1500ms);
    QCOMPARE(batches.busyPerSecond(), 19.0 / 1.5);
}

void BatchReportTest::keepsNoMoreThanAScenarioMayAskFor()
{
    BatchFigures batches;
    for (int i = 0; i < 10'002; ++i)
        QVERIFY(batches.add({i, i * 1s, i * 1s + 1s, 1, 1, 1, 0, 0, {}, {}}));
    QCOMPARE(batches.each.size(), BatchFigures::kMostBatches);
    QCOMPARE(batches.completed, 10'002u);
    QCOMPARE(batches.perSecond(), 1.0);
}

void BatchReportTest::writesThemAsJson()
{
    const Json report = Json::parse(jsonReport(batchReport()).toStdString());
    QCOMPARE(report["batches"].size(), 2u);
    QCOMPARE(report["batches"][1]["rate_per_s"].as<double>(), 18.0);
    QCOMPARE(report["batches"][0]["probes"]["api.rss"].as<double>(), 1024.0 * 1024.0);
    QVERIFY(report["batches"][1]["probes"]["api.rss"].is_null());
    QCOMPARE(report["batch_totals"]["rate_per_s"].as<double>(), 9.5);
    QCOMPARE(schemaProblems(reportJsonSchema(), jsonReport(batchReport())), QStringList());
    const Json plain = Json::parse(jsonReport(smallReport()).toStdString());
    QVERIFY(plain["batches"].empty() && plain["batch_totals"].is_null());
}

void BatchReportTest::writesThemAsAPage()
{
    const QString page = QString::fromUtf8(htmlReport(batchReport()));
    QVERIFY(page.contains(QStringLiteral("<section id=\"batches\">")));
    QVERIFY(page.contains(QStringLiteral("<table id=\"barriers-table\">")));
    QVERIFY(page.contains(QStringLiteral("19 iterations in 2.00 s, 9.5/s; without the time between batches 12.67/s")));
    QVERIFY(!QString::fromUtf8(htmlReport(smallReport())).contains(QStringLiteral("id=\"batches\"")));
}

void BatchReportTest::writesThemToTheTerminal()
{
    const QStringList lines = batchLines(batchReport());
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[1].simplified(), QStringLiteral("batch 1 10 1.00 s 10/s 0 100 ms 100 ms* 100 ms"));
    QCOMPARE(lines[2].simplified(), QStringLiteral("batch 2 9 500 ms 18/s 1 50.0 ms 50.0 ms* 50.0 ms"));
    QVERIFY(textSummary(batchReport()).contains(lines[3]));
}

void BatchReportTest::leavesOutTheMiddleOfMany()
{
    ReportModel model;
    for (int i = 0; i < 100; ++i)
        QVERIFY(model.batches.add({i, i * 1s, i * 1s + 1s, 1, 1, 1, 0, 0, {}, {}}));
    const QStringList lines = batchLines(model);
    QCOMPARE(lines.size(), 15); // heading, 6, what is left out, 6, all together
    QVERIFY(lines[6].startsWith(QStringLiteral("batch 6 ")));
    QCOMPARE(lines[7], QStringLiteral("  and 88 between"));
    QVERIFY(lines[8].startsWith(QStringLiteral("batch 95 ")));
}

void BatchReportTest::saysNothingWithoutBatches() { QVERIFY(batchLines(smallReport()).isEmpty()); }

void BatchReportTest::marksABatchByItsNumber()
{
    QCOMPARE(markText({1s, QStringLiteral("batch"), QStringLiteral("batch 2 of 5: 10 iterations in 1.2 s, 8.3/s")}),
             QStringLiteral("batch 2"));
}

QTEST_GUILESS_MAIN(BatchReportTest)
#include "tst_batchreport.moc"
