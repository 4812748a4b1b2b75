// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/actiontext.h"
#include "core/report/htmlactions.h"
#include "core/report/htmlreport.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/textsummary.h"
#include "sessionfixture.h"

#include <QTest>

using namespace Headroom;

namespace {

/// One minute of 20 requests a second: 200 ms until an action at 25.2 s, 100 ms from then on.
ReportModel reportWith(const QString &expected, bool isDone = true)
{
    SessionHead head = smallHead();
    head.facts.isOpenModel = false;
    head.facts.spacing.clear();
    head.facts.userCap.reset();
    head.facts.latePolicy.clear();
    head.facts.stages = {{QStringLiteral("steady"), 0s, 60s, 4, 4, false}};
    head.facts.plannedLength = 60s;
    head.facts.rules.clear();
    head.facts.actions = {{QStringLiteral("<degrade>"), QStringLiteral("POST /admin"), expected, 2s, 20s, false},
                          {QStringLiteral("never"), QStringLiteral("./never"), {}, 2s, 20s, false}};
    head.facts.actions[0].when = QStringLiteral("at 0:25");
    head.facts.actions[1].when = QStringLiteral("when errors > 50 %");
    std::vector<MetricsFrame> frames;
    for (int second = 0; second < 60; ++second) {
        MetricsFrame frame;
        frame.second = second;
        frame.stage = StageIndex{0};
        frame.plannedUsers = 4.0;
        frame.steps.resize(head.facts.steps.size());
        frame.flows.resize(head.facts.flows.size());
        frame.probes.resize(head.facts.series.size());
        frame.observations.resize(head.facts.observations.size());
        frame.steps[0] = stepOf(std::vector<Request>(20, Request{second < 25 ? 200ms : 100ms}));
        if (second == 25) {
            frame.events = {{25200ms, QStringLiteral("action"), QStringLiteral("<degrade>: POST /admin")}};
            frame.actions = {
                {0, 25200ms, 100ms, isDone, isDone ? QStringLiteral("answered 200") : QStringLiteral("answered 500")}};
        }
        frames.push_back(std::move(frame));
    }
    return reportOf(head, frames);
}

} // namespace

class ActionReportTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsTheEffectEverywhere();
    void anExpectedEffectIsJudgedLikeARule();
    void oneThatWasNotThereFailsTheRun();
    void oneThatWasNotDoneLeavesItOpen();
    void drawsAnOpenEndAsOne();
    void saysNothingWithoutActions();
};

void ActionReportTest::tellsTheEffectEverywhere()
{
    const ReportModel model = reportWith(QStringLiteral("p95 falls by 50 ms to 150 ms"));
    QCOMPARE(model.actions.size(), 1u);
    const QString text = textSummary(model);
    QVERIFY2(text.contains(QStringLiteral("<degrade> (POST /admin) at 0:25, answered 200 in 100 ms")),
             qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("as expected: p95 fell by 100 ms")));
    QVERIFY(text.contains(QStringLiteral("not done: never (when errors > 50 %)")));

    const Json json = Json::parse(jsonReport(model).toStdString());
    const Json &done = json["actions"][0]["done"][0];
    QCOMPARE(done["outcome"].as<std::string>(), std::string("as_expected"));
    QCOMPARE(done["result"].as<std::string>(), std::string("met"));
    QCOMPARE(done["before_s"][1].as<int>(), 25);
    QCOMPARE(done["after_s"][0].as<int>(), 28); // 25.2 s + 0.1 s + 2 s
    QCOMPARE(std::round(done["measures"][0]["change"]["value"].as<double>()), -100.0);
    QCOMPARE(json["actions"][1]["done"].size(), 0u);

    const QString html = actionsHtml(model).markup();
    QVERIFY(html.contains(QStringLiteral("&lt;degrade&gt;")));
    QVERIFY(!html.contains(QStringLiteral("<degrade>")));
    QVERIFY(html.contains(QStringLiteral("id=\"effects\"")));
    QVERIFY(htmlReport(model).contains("id=\"actions\""));
    QCOMPARE(htmlReport(model), htmlReport(reportWith(QStringLiteral("p95 falls by 50 ms to 150 ms"))));
}

void ActionReportTest::anExpectedEffectIsJudgedLikeARule()
{
    const ReportModel model = reportWith(QStringLiteral("p95 falls by 50 ms to 150 ms"));
    QCOMPARE(model.verdict.result, Verdict::Result::Met);
}

void ActionReportTest::oneThatWasNotThereFailsTheRun()
{
    const ReportModel model = reportWith(QStringLiteral("p95 falls by 150 ms"));
    QCOMPARE(model.verdict.result, Verdict::Result::NotMet);
    const auto tells = [](const QString &reason) {
        return reason.startsWith(
            QStringLiteral("The expected effect of '<degrade>' at 0:25 is not met: less than expected"));
    };
    QVERIFY(std::ranges::any_of(model.verdict.reasons, tells));
    if (model.verdict.isValid)
        QCOMPARE(model.verdict.exitCode, 4);
}

void ActionReportTest::oneThatWasNotDoneLeavesItOpen()
{
    const ReportModel model = reportWith(QStringLiteral("p95 falls"), false);
    QCOMPARE(model.verdict.result, Verdict::Result::Undecided);
    QCOMPARE(model.actions[0].reason, QStringLiteral("it was not done"));
}

void ActionReportTest::drawsAnOpenEndAsOne()
{
    ReportModel model = reportWith(QStringLiteral("p95 falls by 50 ms to 150 ms"));
    QVERIFY(!QString::fromUtf8(htmlReport(model)).contains(QStringLiteral("effect before open")));
    for (EffectMeasure &measure : model.actions[0].measures)
        measure.before->interval.high.reset();
    const QString page = QString::fromUtf8(htmlReport(model));
    QVERIFY(page.contains(QStringLiteral("class=\"effect before open\"")));
    QVERIFY(page.contains(QStringLiteral("open above: too few samples")));
    QVERIFY(!page.contains(QStringLiteral("effect after open")));
}

void ActionReportTest::saysNothingWithoutActions()
{
    const ReportModel model = smallReport();
    QVERIFY(actionLines(model).isEmpty());
    QVERIFY(actionsHtml(model).isEmpty());
    QCOMPARE(Json::parse(jsonReport(model).toStdString())["actions"].size(), 0u);
}

QTEST_GUILESS_MAIN(ActionReportTest)
#include "tst_actionreport.moc"
