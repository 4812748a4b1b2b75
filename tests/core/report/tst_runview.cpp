// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runview.h"

#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

class RunViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEverythingThatWasSent();
    void showsTheMeasuredPercentiles();
    void saysWhenSamplesAreTooFewForP99();
    void listsStepsAsTheReportDoes();
    void showsTheNewestValueOfTheTarget();
    void showsNoProbeValueThatIsTooOld();
    void isEmptyBeforeTheFirstSecond();
    void sharesTheFactsThatItIsGiven();
};

void RunViewTest::countsEverythingThatWasSent()
{
    const RunView view = viewOf(smallReport());
    QCOMPARE(view.requests, 13u);
    QCOMPARE(view.errors, 2u);
    QCOMPARE(view.rejected, 1u);
    QCOMPARE(view.dropped, 2u);
    QCOMPARE(view.lengthSeconds, 3.5);
    QCOMPARE(view.latest.value().second, 2); // the last whole one
    QCOMPARE(view.failures.size(), 2u);
    QCOMPARE(view.rules.size(), 3u);
    QCOMPARE(view.verdict.result, smallReport().verdict.result);
    QCOMPARE(view.measuredSeconds, 2);
}

void RunViewTest::showsTheMeasuredPercentiles()
{
    const RunView view = viewOf(smallReport());
    // Response times of the measured seconds: 1 10 10 10 10 10 20 40. Rank ceil(0.5 x 8) = 4: 10 ms, up to 10,007 us.
    QCOMPARE(view.wholeRun.p50, 10.007);
    QVERIFY(view.wholeRun.p99.value() >= 40.0);
    QVERIFY(view.wholeRun.hasFewSamples);
    QVERIFY(!view.trailing.p50.has_value());
    // Four of 0.1 ms in each of two measured seconds.
    QVERIFY(view.sendLagP99.value() >= 0.1 && view.sendLagP99.value() < 0.101);
    QVERIFY(view.loopLagP99.value() >= 0.2 && view.loopLagP99.value() < 0.201);
    // 2 x 2 ms over 10 requests.
    QCOMPARE(view.cpuMicrosecondsPerRequest, 400.0);
}

void RunViewTest::saysWhenSamplesAreTooFewForP99()
{
    HdrHistogram times;
    times.record(10ms, 367);
    QVERIFY(percentilesOf(times).hasFewSamples);
    times.record(10ms);
    QVERIFY(!percentilesOf(times).hasFewSamples);
    QVERIFY(!percentilesOf(HdrHistogram()).hasFewSamples);
    QVERIFY(!percentilesOf(HdrHistogram()).p50.has_value());
}

void RunViewTest::listsStepsAsTheReportDoes()
{
    const RunView view = viewOf(smallReport());
    QCOMPARE(view.steps.size(), 3u);
    const RunView::Step &list = view.steps[0];
    QCOMPARE(list.name, QStringLiteral("list"));
    QCOMPARE(list.request, QStringLiteral("GET /items"));
    QCOMPARE(list.requests, 7u); // 4 and 3
    QCOMPARE(list.errors, 1u);
    QCOMPARE(list.ratePerSecond, 3.5);
    QCOMPARE(list.minimum, 10.0);
    QCOMPARE(list.maximum, 40.0);
    QCOMPARE(list.bytesIn, 600u); // 100 each but for the one without an answer
    QCOMPARE(list.bytesOut, 70u);
    QCOMPARE(view.steps[1].rejected, 1u);
    QVERIFY(!view.steps[1].response.p50.has_value()); // one rejected, one error with an answer
    QVERIFY(!view.steps[1].minimum.has_value());
    QCOMPARE(view.allSteps.requests, 10u);
    QCOMPARE(view.allSteps.request, QString());
    QCOMPARE(view.allSteps.ratePerSecond, 5.0);
}

void RunViewTest::showsTheNewestValueOfTheTarget()
{
    QCOMPARE(viewOf(smallReport()).targetRssBytes, 2000.0);
    QVERIFY(!viewOf(smallReport()).targetCpuPercent.has_value());
    // Without a value in the last second the one before it stands; second 2 has none either, second 1 has 3,000.
    ReportModel model = smallReport();
    model.series.back().probes = {std::nullopt};
    QCOMPARE(viewOf(model).targetRssBytes, 3000.0);
}

void RunViewTest::showsNoProbeValueThatIsTooOld()
{
    ReportModel model = smallReport();
    ReportModel::SeriesRow without = model.series.back();
    without.probes = {std::nullopt};
    model.series.resize(13, without);
    QCOMPARE(viewOf(model).targetRssBytes, 2000.0); // of second 3, ten rows with that of second 12
    model.series.push_back(without);
    QVERIFY(!viewOf(model).targetRssBytes.has_value());
}

void RunViewTest::isEmptyBeforeTheFirstSecond()
{
    const RunView view = viewOf(ReportModel());
    QVERIFY(!view.latest.has_value());
    QVERIFY(!view.wholeRun.p99.has_value());
    QVERIFY(!view.sendLagP99.has_value());
    QVERIFY(!view.targetRssBytes.has_value());
    QVERIFY(view.steps.empty());
    QVERIFY(view.facts);
}

void RunViewTest::sharesTheFactsThatItIsGiven()
{
    const auto facts = std::make_shared<const RunFacts>(smallHead().facts);
    QCOMPARE(viewOf(smallReport(), facts).facts, facts);
    QCOMPARE(*viewOf(smallReport()).facts, *facts);
}

QTEST_GUILESS_MAIN(RunViewTest)
#include "tst_runview.moc"
