// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/analysistext.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/runview.h"
#include "core/report/textsummary.h"
#include "tests/core/report/climbreport.h"
#include "tests/core/report/reportforms.h"

#include <QTest>

using namespace Headroom;

namespace {

/// 60 s at 10 requests a second; of every ten seconds the last three take 20 ms, the others 1 ms and a fifth of a
/// percent more each, so that they do not all fall into one bucket.
ReportModel spellsReport()
{
    SessionHead head = smallHead();
    head.facts.stages = {{QStringLiteral("even"), 0s, 60s, 10.0, 10.0, false}};
    head.facts.rules = {QStringLiteral("p50 < 10 ms"), QStringLiteral("p50 < 10 ms surely"),
                        QStringLiteral("errors < 8 % surely")};
    std::vector<MetricsFrame> frames;
    for (int second = 0; second < 60; ++second) {
        MetricsFrame frame;
        frame.second = second;
        frame.stage = StageIndex{0};
        frame.steps.resize(3);
        frame.flows.resize(3);
        frame.probes.resize(1);
        std::vector<Request> requests(10, Request{second % 30 >= 18 ? 20ms : 1ms});
        if (second % 30 == 0)
            requests.assign(10, Request{5ms, Outcome::Error, 500, FailureKind::Status});
        frame.steps[0] = stepOf(requests);
        frames.push_back(std::move(frame));
    }
    return reportOf(head, frames);
}

} // namespace

class AnalysisReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void jsonHoldsSegmentsCrossingsAndRecoveries();
    void pageHasATableOfEach();
    void summaryHasALineOfEach();
    void whatCannotBeToldOfARecoveryIsSaid();
    void aShortRunHasNone();
    void intervalsAreWiderThanThoseOfIndependentSamples();
    void surelyIsJudgedByTheWidenedInterval();
    void anOpenIntervalIsMarkedAsFewSamples();
};

void AnalysisReportTest::jsonHoldsSegmentsCrossingsAndRecoveries()
{
    const Json json = jsonOf(climbReport());
    QCOMPARE(json["segments"].size(), 2u);
    const Json &segment = json["segments"][1];
    QVERIFY(segment["stage"] == "calm again");
    QVERIFY(segment["from_s"] == 105 && segment["to_s"] == 140);
    QVERIFY(segment["offered_per_s"] == 20.0 && segment["wanted_users"].is_null());
    QCOMPARE(segment["mean_in_flight"].as<double>(), 0.2); // 20/s x 10 ms
    QVERIFY(segment["little_service"]["holds"] == true);
    QVERIFY(segment["steady_from_s"] == 105 && segment["not_steady"].is_null());

    // The 25th second of the climb is second 64: 45/s were wanted then.
    QCOMPARE(json["crossings"].size(), 2u);
    const Json &latency = json["crossings"][0];
    QVERIFY(latency["rule"] == "p95 < 100 ms" && latency["crossed"] == true && latency["t_s"] == 64);
    QVERIFY(latency["offered_per_s"] == 45.0 && latency["users"] == 7 && latency["achieved_per_s"] == 20.0);
    QVERIFY(latency["value"] == 100.0 && latency["bound"] == 100.0);
    const Json &errors = json["crossings"][1];
    QVERIFY(errors["crossed"] == false && errors["t_s"] == 99 && errors["value"] == 0.0);

    QCOMPARE(json["recoveries"].size(), 1u);
    const Json &recovery = json["recoveries"][0];
    QVERIFY(recovery["overload_from_s"] == 40 && recovery["overload_to_s"] == 100 && recovery["level_ms"] == 10.0);
    QVERIFY(recovery["recovery_s"] == 0.0 && recovery["watched_s"] == 3);
}

void AnalysisReportTest::pageHasATableOfEach()
{
    const QString page = QString::fromUtf8(htmlReport(climbReport()));
    for (const char *part : {"segments-table", "crossings-table", "recoveries-table", "steady from its beginning"})
        QVERIFY2(page.contains(QLatin1String(part)), part);
}

void AnalysisReportTest::summaryHasALineOfEach()
{
    const QString text = textSummary(climbReport());
    const QString flat = text.simplified();
    QVERIFY2(
        flat.contains(u"Under constant load 0:05 to 0:40 in 'calm': 20/s requests, 0.2 in flight, service 10.0 ms, "
                      u"response 10.0 ms; steady from its beginning"),
        qPrintable(text));
    QVERIFY2(
        flat.contains(u"p95 < 100 ms in 'climb': broke at 1:04 with 45/s (20/s started, 7 under way): 100 ms in the "
                      u"last 10 s"),
        qPrintable(text));
    QVERIFY2(flat.contains(
                 u"After overload 0:40 to 1:40 in 'climb': p95 was back at 10.0 ms (before: 10.0 ms) at once when the "
                 u"load fell at 1:40"),
             qPrintable(text));
    for (const QString &line : text.split(u'\n'))
        QVERIFY2(line.size() <= 100, qPrintable(line));
}

void AnalysisReportTest::whatCannotBeToldOfARecoveryIsSaid()
{
    ReportModel model = climbReport();
    model.recoveries.at(0).seconds.reset();
    model.recoveries[0].lastMs.reset();
    const QString sentence = QStringLiteral("too few requests or seconds to tell whether p95 was back at 10.0 ms "
                                            "within 3.00 s after the load fell at 1:40");
    QCOMPARE(recoveryText(model.recoveries[0]), sentence);
    QVERIFY(QString::fromUtf8(htmlReport(model)).contains(sentence));
    QVERIFY(jsonOf(model)["recoveries"][0]["p95_ms"].is_null());
    QVERIFY(!textSummary(model).contains(u"not back"));
}

void AnalysisReportTest::aShortRunHasNone()
{
    const ReportModel model = smallReport();
    QCOMPARE(jsonOf(model)["segments"].size(), 0u);
    const QString page = QString::fromUtf8(htmlReport(model));
    QVERIFY(!page.contains(u"segments-table") && !page.contains(u"crossings-table"));
    QVERIFY(!textSummary(model).contains(u"Under constant load"));
}

void AnalysisReportTest::intervalsAreWiderThanThoseOfIndependentSamples()
{
    // 58 s x 10 requests have times, 240 of them 20 ms. Were they independent, the median would lie below rank
    // 290 + 1.96 x 12.04 = 314 of 580, at 1 ms: 340 are that fast.
    const ReportModel model = spellsReport();
    const Interval<Nanoseconds> plain = quantileInterval(model.measured.latencies[LatencyKind::Response], 0.5);
    QCOMPARE(*plain.high, 1ms);
    const Interval<Nanoseconds> widened = model.measured.interval(LatencyKind::Response, 0.5);
    QVERIFY(!widened.high || *widened.high == 20ms);
    const Interval<double> errors = model.measured.errorInterval();
    QVERIFY(*errors.high > *shareInterval(20, 600).high);

    const Json json = jsonOf(model);
    const Json &interval = json["measured"]["response_ms"]["interval_ms"];
    QVERIFY(interval["p50"][1].is_null() || interval["p50"][1] == 20.0);
    QVERIFY(json["measured"]["error_interval"][1].as<double>() > 0.05);
}

void AnalysisReportTest::surelyIsJudgedByTheWidenedInterval()
{
    const ReportModel model = spellsReport();
    QCOMPARE(model.rules[0].standing, RuleResult::Standing::Met);
    QVERIFY(model.rules[1].standing != RuleResult::Standing::Met);
    QVERIFY(model.rules[2].standing == RuleResult::Standing::NotMet); // 3.3 % of all, but in two seconds of 60
}

void AnalysisReportTest::anOpenIntervalIsMarkedAsFewSamples()
{
    const ReportModel model = spellsReport();
    QVERIFY(!model.measured.interval(LatencyKind::Response, 0.99).high); // 580 samples, worth far fewer than 368
    const Json json = jsonOf(model);
    const Json &few = json["measured"]["response_ms"]["few_samples"];
    QVERIFY(std::ranges::contains(few.array_range(), Json("p99")));
    QVERIFY(json["measured"]["response_ms"]["interval_ms"]["p99"][1].is_null());
    QVERIFY(percentilesOf(model.measured, LatencyKind::Response).hasFewSamples);
    QVERIFY(textSummary(model).contains(u"few samples"));
}

QTEST_GUILESS_MAIN(AnalysisReportTest)
#include "tst_analysisreport.moc"
