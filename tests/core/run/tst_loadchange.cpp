// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadchange.h"

#include <QTest>

using namespace Headroom;

namespace {

/// 10/s for 10 s, then 20/s for 30 s, with a second of thought.
Scenario someScenario()
{
    Scenario scenario;
    scenario.flows.resize(1);
    scenario.flows[0].steps.resize(1);
    scenario.flows[0].steps[0].think = {1s, 1s};
    scenario.flows[0].pace = 2s;
    scenario.load.stages.resize(2);
    scenario.load.stages[0].rate = std::pair(Rate::perSecond(10), Rate::perSecond(10));
    scenario.load.stages[0].length = 10s;
    scenario.load.stages[1].rate = std::pair(Rate::perSecond(20), Rate::perSecond(20));
    scenario.load.stages[1].length = 30s;
    scenario.load.users = 50;
    scenario.target.practice.emplace();
    return scenario;
}

} // namespace

class LoadChangeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changesNothingByItself();
    void aRateReplacesAllStagesAndThinkTimes();
    void usersMakeItAClosedLoad();
    void onlyARateKeepsTheSpacing();
    void usersBesideARateAreTheCap();
    void aCountNeedsNoDuration();
    void aDurationAloneScalesEveryStage();
    void aTargetReplacesThePracticeTarget();
    void anotherTargetNeedsNoCommandOfTheOldOne();
    void addsRulesFromOutsideAndSaysNoneTwice();
    void describesItselfWithoutSecrets();
    void describesItselfWithAllDigits();
};

void LoadChangeTest::changesNothingByItself()
{
    Scenario scenario = someScenario();
    apply({}, scenario);
    QCOMPARE(scenario.load.stages.size(), 2u);
    QVERIFY(scenario.target.practice);
    QVERIFY(LoadChange().described().empty());
}

void LoadChangeTest::aRateReplacesAllStagesAndThinkTimes()
{
    Scenario scenario = someScenario();
    apply({.rate = Rate::perSecond(7)}, scenario);
    QCOMPARE(scenario.load.stages.size(), 1u);
    QCOMPARE(scenario.load.stages[0].rate->first, Rate::perSecond(7));
    QCOMPARE(scenario.load.stages[0].length, kDefaultDuration);
    QCOMPARE(scenario.flows[0].steps[0].think.high, 0ns);
    QVERIFY(!scenario.flows[0].pace);
    QCOMPARE(scenario.load.users, 50); // the scenario's own cap stays
}

void LoadChangeTest::usersMakeItAClosedLoad()
{
    Scenario scenario = someScenario();
    apply({.users = 5, .duration = 20s}, scenario);
    QVERIFY(!scenario.load.stages[0].rate);
    QCOMPARE(scenario.load.stages[0].users->first, 5.0);
    QCOMPARE(scenario.load.stages[0].length, 20s);
    QVERIFY(!scenario.load.users);
}

void LoadChangeTest::onlyARateKeepsTheSpacing()
{
    Scenario scenario = someScenario();
    scenario.load.spacing = Scenario::Spacing::Poisson;
    apply({.rate = Rate::perSecond(7)}, scenario);
    QVERIFY(scenario.load.spacing == Scenario::Spacing::Poisson);
    apply({.users = 5}, scenario);
    QVERIFY(scenario.load.spacing == Scenario::Spacing::Even); // users have no arrivals to spread
}

void LoadChangeTest::usersBesideARateAreTheCap()
{
    Scenario scenario = someScenario();
    apply({.rate = Rate::perSecond(7), .users = 3}, scenario);
    QVERIFY(scenario.load.stages[0].rate);
    QCOMPARE(scenario.load.users, 3);
}

void LoadChangeTest::aCountNeedsNoDuration()
{
    Scenario scenario = someScenario();
    apply({.iterations = 100}, scenario);
    QCOMPARE(scenario.load.iterations, 100u);
    QCOMPARE(scenario.load.stages[0].length, 0ns); // until the count is reached
    QCOMPARE(scenario.load.stages[0].users->first, 1.0);
}

void LoadChangeTest::aDurationAloneScalesEveryStage()
{
    // 10 s + 30 s to 20 s: halved.
    Scenario scenario = someScenario();
    apply({.duration = 20s}, scenario);
    QCOMPARE(scenario.load.stages[0].length, 5s);
    QCOMPARE(scenario.load.stages[1].length, 15s);
    QCOMPARE(scenario.flows[0].steps[0].think.high, 1s);
    QVERIFY(scenario.flows[0].pace == 2s);
}

void LoadChangeTest::aTargetReplacesThePracticeTarget()
{
    Scenario scenario = someScenario();
    apply({.target = QUrl(QStringLiteral("http://127.0.0.1:8080"))}, scenario);
    QVERIFY(!scenario.target.practice);
    QCOMPARE(scenario.target.url.port(), 8080);
}

void LoadChangeTest::anotherTargetNeedsNoCommandOfTheOldOne()
{
    Scenario scenario = someScenario();
    scenario.target.start.emplace();
    scenario.target.lines.emplace();
    apply({.target = QUrl(QStringLiteral("http://127.0.0.1:8080"))}, scenario);
    QVERIFY(!scenario.target.start);
    QVERIFY(!scenario.target.lines);
}

void LoadChangeTest::addsRulesFromOutsideAndSaysNoneTwice()
{
    using Source = Scenario::RuleText::Source;
    Scenario scenario = someScenario();
    scenario.rules = {{QStringLiteral("p95 < 1 s"), {}}, {QStringLiteral("max < 2 s"), {}}};
    apply({.rules = {QStringLiteral("p95 < 1 s"), QStringLiteral("errors < 1 %")}}, scenario);
    QCOMPARE(scenario.rules.size(), 3U);
    QVERIFY(scenario.rules[0].source == Source::Both);
    QVERIFY(scenario.rules[1].source == Source::Scenario);
    QVERIFY(scenario.rules[2].source == Source::Outside);
}

void LoadChangeTest::describesItselfWithoutSecrets()
{
    const LoadChange change{.rate = Rate::perSecond(50), .target = QUrl(QStringLiteral("http://user:secret@h/?token=secret"))};
    for (const auto &[option, value] : change.described())
        QVERIFY2(!value.contains(QStringLiteral("secret")), qPrintable(value));
    QCOMPARE(change.described().front(), std::pair(QStringLiteral("--rate"), QStringLiteral("50/s")));
}

void LoadChangeTest::describesItselfWithAllDigits()
{
    // A session is run again with it; three digits would be another load.
    const LoadChange change{.rate = Rate::perSecond(1234.5), .duration = 90'001ms};
    QCOMPARE(change.described()[0].second, QStringLiteral("1234.5/s"));
    QCOMPARE(change.described()[1].second, QStringLiteral("90001000000 ns"));
    QCOMPARE((LoadChange{.duration = 90s}.described()[0].second), QStringLiteral("90.0 s"));
}

QTEST_GUILESS_MAIN(LoadChangeTest)
#include "tst_loadchange.moc"
