// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/healthflip.h"
#include "core/report/healthtiers.h"
#include "core/report/htmlreport.h"
#include "core/report/htmltargethealth.h"
#include "core/report/jsonreport.h"
#include "core/report/jsonvalue.h"
#include "core/report/marktext.h"
#include "core/report/reportschema.h"
#include "core/report/textsummary.h"
#include "sessionfixture.h"
#include "tests/core/report/reportforms.h"
#include "tests/support/schemaproblems.h"

#include <QTest>

using namespace Headroom;

namespace {

RunEvent flip(Nanoseconds at, const QString &tier, bool isUp, const QString &reason, bool isFirst = false)
{
    return {at, QStringLiteral("health"), HealthFlip{tier, isUp, reason, isFirst, 1s}.text()};
}

const DrainFindings kDrained{
    .finished = 3, .turnedAway = 2, .accepted = 1, .lastAccepted = 4ms, .took = 800ms, .within = 5s, .exitCode = 0};

/// Ten seconds. live is up all the time; ready is down from 2.5 s to 4 s and from 9 s on; startup is never looked at;
/// and <late> was down when it was first looked at, at 5 s, until 6 s. The target is told to end at 8 s.
ReportModel reportWith(const DrainFindings &drain = kDrained)
{
    SessionHead head = smallHead();
    head.facts.series.clear();
    for (const char *name : {"live", "ready", "startup", "<late>"}) {
        head.facts.series.push_back({QString::fromLatin1(name), QStringLiteral("up"), QStringLiteral("up")});
        head.facts.series.push_back({QString::fromLatin1(name), QStringLiteral("time"), QStringLiteral("seconds")});
    }
    head.facts.timeToReady = 1250ms;
    head.facts.rules = {QStringLiteral("drained"), QStringLiteral("time_to_ready < 1 s")};
    head.facts.requiredRules.clear();
    head.facts.acceptance.clear();
    head.facts.objectives.clear();
    head.facts.requirements.clear();
    head.facts.actions = {{QStringLiteral("<end>"), QStringLiteral("stop the target"), {}, 5s, 30s, false}};
    head.facts.actions[0].when = QStringLiteral("at 0:08");
    head.facts.actions[0].stopsTarget = true;
    std::vector<MetricsFrame> frames;
    for (int second = 0; second < 10; ++second) {
        MetricsFrame frame = smallFrames()[1];
        frame.second = second;
        frame.length = 1s;
        frame.events.clear();
        frame.actions.clear();
        frame.batches.clear();
        const auto late = second < 5 ? std::optional<double>() : std::optional(1.0);
        frame.probes = {1.0, 0.01, 1.0, 0.02, {}, {}, late, late};
        frames.push_back(std::move(frame));
    }
    frames[2].events = {flip(2500ms, QStringLiteral("ready"), false, QStringLiteral("503")),
                        flip(2600ms, QStringLiteral("ready"), false, QStringLiteral("503"))}; // the same once more
    frames[4].events = {flip(4s, QStringLiteral("ready"), true, QStringLiteral("200"))};
    frames[5].events = {flip(5010ms, QStringLiteral("<late>"), false, QStringLiteral("503"), true)};
    frames[6].events = {flip(6s, QStringLiteral("<late>"), true, QStringLiteral("200"))};
    frames[9].events = {flip(9s, QStringLiteral("ready"), false, QStringLiteral("503"))};
    frames[8].events = {{8s, QStringLiteral("action"), QStringLiteral("<end>: stop the target")}};
    frames[9].actions = {{0, 8s, drain.took, drain.isDrained(), drainText(drain), drain}};
    return reportOf(head, frames);
}

} // namespace

/// What reports say of the target's health, of its start and of its end.
class TargetHealthTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsEachTier();
    void knowsAPartOfASession();
    void staysCalmWithDamagedEvents();
    void writesAllOfItAsJson();
    void writesAllOfItAsAPage();
    void writesItToTheTerminal();
    void judgesTheEnd();
    void saysNothingOfATargetThatNobodyLookedAt();
    void marksAreShort();
};

void TargetHealthTest::followsEachTier()
{
    const std::vector<HealthTier> tiers = healthTiersOf(reportWith());
    QCOMPARE(tiers.size(), 4u);
    QCOMPARE(tierText(tiers[0]), QStringLiteral("up all the time"));
    QCOMPARE(tiers[0].upShare(), std::optional(1.0));
    QCOMPARE(tiers[1].flips, 3u);
    QCOMPARE(tiers[1].upShare(), std::optional(0.75)); // 1.5 s and 1 s of 10
    QCOMPARE(tierText(tiers[1]), QStringLiteral("up 75 % of the time, 3 flips, longest outage 1.50 s at 0:02"));
    QCOMPARE(tierText(tiers[2]), QStringLiteral("never looked at"));
    QCOMPARE(tiers[3].flips, 1u); // down at the first look is none
    QCOMPARE(tiers[3].upShare(), std::optional(0.8)); // 1 s of the 5 that it was looked at
}

void TargetHealthTest::knowsAPartOfASession()
{
    // What was down before it begins, and comes up at 3 s; and what is down in all of it.
    ReportModel model = reportWith();
    model.events = {flip(3s, QStringLiteral("live"), true, QStringLiteral("200"))};
    for (ReportModel::SeriesRow &row : model.series)
        row.probes[2] = 0.0;
    const std::vector<HealthTier> tiers = healthTiersOf(model);
    QCOMPARE(tiers[0].upShare(), std::optional(0.7));
    QCOMPARE(tiers[0].flips, 1u);
    QCOMPARE(tiers[1].upShare(), std::optional(0.0));
    QCOMPARE(tiers[1].flips, 0u);
    QCOMPARE(tierText(tiers[1]), QStringLiteral("up 0 % of the time, 0 flips, longest outage 10.0 s at 0:00"));
}

void TargetHealthTest::staysCalmWithDamagedEvents()
{
    ReportModel model = reportWith();
    model.events = {flip(-99h, QStringLiteral("live"), true, QStringLiteral("200")),
                    flip(99h, QStringLiteral("live"), false, QStringLiteral("503")),
                    flip(-99h, QStringLiteral("live"), true, QStringLiteral("200")),
                    flip(9s, QStringLiteral("nobody"), false, QStringLiteral("503"))};
    const std::vector<HealthTier> tiers = healthTiersOf(model);
    QCOMPARE(tiers.size(), 4u);
    QCOMPARE(tiers[0].upShare(), std::optional(1.0)); // outages of no length
    for (const HealthTier::Outage &outage : tiers[0].outages)
        QVERIFY(outage.from >= 0.0 && outage.to >= outage.from && outage.to <= 10.0);
}

void TargetHealthTest::writesAllOfItAsJson()
{
    const ReportModel model = reportWith();
    const QByteArray report = jsonReport(model);
    QCOMPARE(schemaProblems(reportJsonSchema(), report), QStringList());
    const Json json = jsonOf(model);
    const Json &health = json["target_health"];
    QCOMPARE(health["time_to_ready_s"].as<double>(), 1.25);
    const Json &ready = health["tiers"][1];
    QCOMPARE(ready["up_share"].as<double>(), 0.75);
    QCOMPARE(ready["outages"].as<int>(), 2);
    QCOMPARE(ready["longest_outage_s"].as<double>(), 1.5);
    QCOMPARE(ready["down"][1]["from_s"].as<double>(), 9.0);
    QCOMPARE(ready["down"][1]["to_s"].as<double>(), 10.0);
    QVERIFY(health["tiers"][2]["up_share"].is_null());
    const Json &drain = json["actions"][0]["done"][0]["drain"];
    QVERIFY(drain["drained"].as<bool>());
    QCOMPARE(drain["finished"].as<int>(), 3);
    QCOMPARE(drain["last_accepted_s"].as<double>(), 0.004);
    QCOMPARE(drain["exit_code"].as<int>(), 0);
}

void TargetHealthTest::writesAllOfItAsAPage()
{
    const QString page = QString::fromUtf8(htmlReport(reportWith()));
    QVERIFY(page.contains(QStringLiteral("Health of the target")));
    QVERIFY(page.contains(QStringLiteral("id=\"health-tiers\"")));
    QVERIFY(page.contains(QStringLiteral("tier tier-down")));
    QVERIFY(page.contains(QStringLiteral("&lt;late&gt;")));
    QVERIFY(!page.contains(QStringLiteral("<late>")));
    QVERIFY(page.contains(QStringLiteral("Work under way is finished")));
    QVERIFY(page.contains(QStringLiteral("all 3 requests under way at the signal were finished")));
    QVERIFY(!page.contains(QStringLiteral("<end>")));
}

void TargetHealthTest::writesItToTheTerminal()
{
    const QString text = textSummary(reportWith());
    QVERIFY2(
        text.contains(QStringLiteral("The target\n  ready after 1.25 s\n  live: up all the time\n  ready: up 75 % of")),
        qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("<end> (stop the target) at 0:08, all 3 requests under way")),
             qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("\n    drained\n")), qPrintable(text));
}

void TargetHealthTest::judgesTheEnd()
{
    const ReportModel well = reportWith();
    QCOMPARE(well.rules[0].standing, RuleResult::Standing::Met);
    QCOMPARE(formatRuleValue(*well.rules[0].value, well.rules[0].rule), QStringLiteral("yes"));
    QCOMPARE(well.rules[1].standing, RuleResult::Standing::NotMet); // 1.25 s
    QCOMPARE(well.rules[1].value, std::optional(1250.0));
    QCOMPARE(well.verdict.result, Verdict::Result::NotMet);
    DrainFindings found = kDrained;
    found.unfinished = 1;
    const ReportModel badly = reportWith(found);
    QCOMPARE(badly.rules[0].standing, RuleResult::Standing::NotMet);
    QVERIFY(textSummary(badly).contains(QStringLiteral("\n    not drained\n")));
    QVERIFY(!jsonOf(badly)["actions"][0]["done"][0]["done"].as<bool>());
}

void TargetHealthTest::saysNothingOfATargetThatNobodyLookedAt()
{
    const ReportModel model = smallReport();
    QVERIFY(targetHealthHtml(model).isEmpty());
    QVERIFY(drainsHtml(model).isEmpty());
    QVERIFY(!textSummary(model).contains(QStringLiteral("The target\n")));
    QVERIFY(jsonOf(model)["target_health"]["time_to_ready_s"].is_null());
    QCOMPARE(jsonOf(model)["target_health"]["tiers"].size(), 0u);
}

void TargetHealthTest::marksAreShort()
{
    QCOMPARE(markText(flip(1s, QStringLiteral("api_ready"), false, QStringLiteral("503"))),
             QStringLiteral("api_ready down"));
    QCOMPARE(markText(flip(1s, QStringLiteral("api_ready"), true, QStringLiteral("200"))),
             QStringLiteral("api_ready up"));
    QCOMPARE(markText({2ms, QStringLiteral("note"), QStringLiteral("the target was ready after 512 ms")}),
             QStringLiteral("ready after 512 ms"));
}

QTEST_GUILESS_MAIN(TargetHealthTest)
#include "tst_targethealth.moc"
