// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/limitsearch.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonlimit.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/marktext.h"
#include "core/report/reportschema.h"
#include "core/report/textsummary.h"
#include "sessionfixture.h"
#include "tests/core/analysis/queuemodel.h"
#include "tests/support/schemaproblems.h"

#include <QTest>

#include <map>

using namespace Headroom;

using Ending = LimitFinding::Ending;

namespace {

/// A search that was made on a queue of a capacity of 200/s, and its session.
struct Searched
{
    SessionHead head;
    std::vector<MetricsFrame> frames;
    LimitFinding finding; ///< What the run itself found.
};

using Change = std::function<void(MetricsFrame &)>;

Searched searched(double upTo, const QStringList &rules, const Change &change = {})
{
    Searched made;
    made.head.facts = exampleFacts();
    made.head.facts.limitSearch = {100.0, upTo, 4s, 6s, 0.1};
    made.head.facts.stages = {{QStringLiteral("search"), 0s, 0s, 100.0, 100.0, false}};
    made.head.facts.plannedLength = 0s;
    made.head.facts.rules = rules;
    LimitSearch search(std::make_shared<const RunFacts>(made.head.facts));
    QueueModel target({4, 20ms});
    std::map<int, double> rates{{0, 100.0}};
    for (bool isOver = false; !isOver && made.frames.size() < 600;) {
        const int second = int(made.frames.size());
        MetricsFrame frame = target.nextSecond(std::prev(rates.upper_bound(second))->second);
        if (change)
            change(frame);
        const LimitSearch::Advice advice = search.add(frame);
        if (advice.ratePerSecond)
            rates[advice.fromSecond] = *advice.ratePerSecond;
        isOver = advice.isOver;
        made.frames.push_back(std::move(frame));
    }
    made.finding = search.finding();
    return made;
}

ReportModel reportOf(const Searched &searched) { return reportOf(searched.head, searched.frames); }

const QStringList kRules{QStringLiteral("p95 < 60 ms"), QStringLiteral("headroom >= 1.5")};

QStringList problemsOf(const QByteArray &report) { return schemaProblems(reportJsonSchema(), report); }

QByteArray limitBytes(const LimitFinding &finding) { return toBytes(limitJson(finding)); }

} // namespace

/// A search for the limit in all that is told of it.
class LimitReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSessionSaysWhatTheRunFound();
    void rulesAreJudgedAtTheRateFound();
    void unmetHeadroomIsExitCodeFour();
    void nothingHeldIsExitCodeFour();
    void aLateGeneratorIsExitCodeFive();
    void lateSecondsWhereRulesBrokeDoNotMakeItInvalid();
    void anUnfinishedSearchIsUndecided();
    void theJsonReportKeepsToItsSchema();
    void theHtmlReportShowsItFirst();
    void theTerminalShowsEveryRate();
    void aRunWithoutASearchHasNone();
    void marksAreShort();
};

void LimitReportTest::theSessionSaysWhatTheRunFound()
{
    const Searched made = searched(5000.0, kRules);
    QCOMPARE(made.finding.ending, Ending::Found);
    const ReportModel model = reportOf(made);
    QVERIFY(model.limit);
    QCOMPARE(limitBytes(*model.limit), limitBytes(made.finding));
    QVERIFY(std::abs(*model.limit->sustainablePerSecond - 200.0) <= 20.0);
}

void LimitReportTest::rulesAreJudgedAtTheRateFound()
{
    const ReportModel model = reportOf(searched(5000.0, kRules));
    const LimitProbe &confirmed = model.limit->probes.back();
    QCOMPARE(model.rules.size(), 2u);
    QCOMPARE(model.rules[0].standing, RuleResult::Standing::Met);
    QCOMPARE(model.rules[0].windowStartSeconds, double(confirmed.from));
    QCOMPARE(model.rules[1].value, model.limit->headroom());
    // In the whole run it broke on purpose.
    QVERIFY(model.measured.latencies[LatencyKind::Response].valueAtQuantile(0.95) > 60ms);
    QVERIFY(model.verdict.result == Verdict::Result::Met);
    QCOMPARE(model.verdict.exitCode, 0);
}

void LimitReportTest::unmetHeadroomIsExitCodeFour()
{
    const ReportModel model =
        reportOf(searched(5000.0, {QStringLiteral("p95 < 60 ms"), QStringLiteral("headroom >= 3")}));
    QCOMPARE(model.verdict.exitCode, 4);
    QVERIFY(std::ranges::any_of(model.verdict.reasons, [](const QString &reason) {
        return reason.startsWith(QStringLiteral("headroom >= 3 is not met: "));
    }));
}

void LimitReportTest::nothingHeldIsExitCodeFour()
{
    const ReportModel model = reportOf(searched(5000.0, {QStringLiteral("p95 < 10 ms")})); // an answer takes 20
    QCOMPARE(model.limit->ending, Ending::NothingHeld);
    QCOMPARE(model.rules[0].standing, RuleResult::Standing::NotMet);
    QCOMPARE(model.verdict.exitCode, 4);
}

void LimitReportTest::aLateGeneratorIsExitCodeFive()
{
    const auto late = [](MetricsFrame &frame) {
        frame.lateSends = frame.iterations().planned > 160 ? frame.sends / 2 : 0;
    };
    const Searched made = searched(5000.0, kRules, late);
    QCOMPARE(made.finding.ending, Ending::GeneratorLimit);
    const ReportModel model = reportOf(made);
    QVERIFY(!model.verdict.isValid);
    QCOMPARE(model.verdict.exitCode, 5);
    QVERIFY(std::ranges::any_of(model.verdict.reasons, [](const QString &reason) {
        return reason.contains(QStringLiteral("the generator itself was late"));
    }));
}

void LimitReportTest::lateSecondsWhereRulesBrokeDoNotMakeItInvalid()
{
    // Late wherever nothing is judged: half of the run.
    const auto late = [](MetricsFrame &frame) {
        frame.lateSends = frame.iterations().planned < 50 || frame.second % 2 == 0 ? 0 : frame.sends / 2;
    };
    const Searched made = searched(150.0, kRules, late);
    QCOMPARE(made.finding.ending, Ending::AtLeast); // at 150/s everything holds all the same
    const ReportModel model = reportOf(made);
    QVERIFY(model.verdict.isValid);
    QCOMPARE(model.verdict.exitCode, 0);
}

void LimitReportTest::anUnfinishedSearchIsUndecided()
{
    Searched made = searched(5000.0, {QStringLiteral("p95 < 60 ms")});
    made.frames.resize(8); // 100/s has held
    const ReportModel model = reportOf(made);
    QCOMPARE(model.limit->ending, Ending::Running);
    QVERIFY(model.verdict.result == Verdict::Result::Undecided);
    QCOMPARE(model.verdict.reasons.front(), QStringLiteral("The search has not confirmed a limit"));
    QCOMPARE(headline(*model.limit), QStringLiteral("100/s held, not confirmed"));
}

void LimitReportTest::theJsonReportKeepsToItsSchema()
{
    for (const double upTo : {5000.0, 150.0})
        QCOMPARE(problemsOf(jsonReport(reportOf(searched(upTo, kRules)))), QStringList());
    QCOMPARE(problemsOf(jsonReport(reportOf(searched(5000.0, {QStringLiteral("p95 < 10 ms")})))), QStringList());
    const Json limit = Json::parse(jsonReport(reportOf(searched(5000.0, kRules))).toStdString())["limit"];
    QCOMPARE(limit["ending"].as<std::string>(), std::string("found"));
    QCOMPARE(limit["planned_per_s"].as<double>(), 100.0);
    QCOMPARE(limit["broke_first"]["rule"].as<std::string>(), std::string("p95 < 60 ms"));
    QCOMPARE(limit["headroom"].as<double>(), limit["sustainable_per_s"].as<double>() / 100.0);
}

void LimitReportTest::theHtmlReportShowsItFirst()
{
    const ReportModel model = reportOf(searched(5000.0, kRules));
    const QString page = QString::fromUtf8(htmlReport(model));
    const qsizetype section = page.indexOf(QStringLiteral("id=\"limit\""));
    QVERIFY(section > page.indexOf(QStringLiteral("id=\"verdict\"")));
    QVERIFY(section < page.indexOf(QStringLiteral("id=\"rules\"")));
    QVERIFY(page.contains(QStringLiteral("<strong id=\"limit-words\">") + headline(*model.limit)));
    QVERIFY(page.contains(QStringLiteral("class=\"bracket\"")));
    QVERIFY(page.contains(QStringLiteral(">objective<")));
    QCOMPARE(page.count(QStringLiteral("class=\"broke\"")),
             2 * std::ranges::count(model.limit->probes, LimitProbe::Verdict::Broke, &LimitProbe::verdict));
    QCOMPARE(htmlReport(model), htmlReport(reportOf(searched(5000.0, kRules))));
}

void LimitReportTest::theTerminalShowsEveryRate()
{
    const ReportModel model = reportOf(searched(5000.0, kRules));
    const QString text = textSummary(model);
    QVERIFY(text.contains(QStringLiteral("Limit: ") + headline(*model.limit)));
    for (const LimitProbe &probe : model.limit->probes)
        QVERIFY(text.contains(probeText(probe)));
}

void LimitReportTest::aRunWithoutASearchHasNone()
{
    const ReportModel model = smallReport();
    QVERIFY(!model.limit);
    QVERIFY(Json::parse(jsonReport(model).toStdString())["limit"].is_null());
    QVERIFY(!htmlReport(model).contains("id=\"limit\""));
    QVERIFY(!textSummary(model).contains(QStringLiteral("Limit:")));
}

void LimitReportTest::marksAreShort()
{
    const auto mark = [](const char *text) {
        return markText({1s, QStringLiteral("search"), QString::fromLatin1(text)});
    };
    QCOMPARE(mark("probe 3 tries 225/s"), QStringLiteral("225/s"));
    QCOMPARE(mark("probe 12 confirms 0.5/s"), QStringLiteral("confirms 0.5/s"));
    QCOMPARE(mark("probe 3 at 225/s broke p95 < 50 ms (61.0 ms); bracket 150/s to 225/s"), QStringLiteral("broke"));
    QCOMPARE(mark("probe 3 at 225/s held again: confirmed"), QStringLiteral("held"));
    QCOMPARE(mark("probe 3 225/s: the generator was late"), QStringLiteral("late"));
    QCOMPARE(mark("nothing is sent until the target has recovered"), QStringLiteral("recovery"));
    QCOMPARE(mark("limit: 190/s sustainable"), QStringLiteral("limit: 190/s sustainable"));
}

QTEST_GUILESS_MAIN(LimitReportTest)
#include "tst_limitreport.moc"
