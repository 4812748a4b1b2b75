// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleparser.h"
#include "core/rules/ruleprospect.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

QString findingOf(const QString &text, const RunFacts &facts = exampleFacts())
{
    const auto found = findIdleRules({parseRule(text).value()}, facts, {1.0, 1.0, 1.0});
    return found.empty() ? QString() : found.front().message;
}

} // namespace

class RuleProspectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsRulesThatSayNothing_data();
    void tellsRulesThatSayNothing();
    void leavesAloneWhatCanGoEitherWay_data();
    void leavesAloneWhatCanGoEitherWay();
    void countsRepeatedSteps();
    void allowsForTheLuckOfPoissonArrivals();
    void keepsQuietAboutASine();
    void knowsThatStretchesNeedNotFillTheWindow();
    void asksForUsers();
    void allowsForUsersOfAnEarlierStage();
    void keepsQuietWithoutASetEnd();
};

void RuleProspectTest::tellsRulesThatSayNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, const char *message) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(message);
    };
    const char *never = "this rule can never fail, whatever the run brings; give it a bound that can be broken";
    const char *nobody = "no run can meet this rule: its metric has no such values; correct the bound";
    for (const char *text :
         {"errors <= 100 %", "share(5xx) <= 100 %", "achieved >= 0 %", "p95 > 0 ms", "p95 >= 0 ms", "throughput >= 0/s",
          "errors >= 0 %", "max(api.rss) >= 0", "growth(api.rss) >= -100 %", "leak(api.rss) >= 0"})
        row(text, never);
    for (const char *text : {"errors < 0 %", "errors > 100 %", "p95 < 0 ms", "max(api.rss) < 0", "count < 0"})
        row(text, nobody);
    // Planned and measured: 10/s for 10 s and 50/s for 10 s are 600 iterations of three steps. With 20 of the warm-up,
    // which may end late, and what a draw could add (one each) 1,863; in the burst alone 100 + 20 + 500 + 1 of a step.
    row("throughput > 200/s", "no run can meet this rule: the plan brings at most 93.15/s");
    row("throughput(retrieve) > 100/s during burst", "no run can meet this rule: the plan brings at most 62.1/s");
    row("sustained(5 s) > 200/s", "no run can meet this rule: the plan brings at most 93.15/s");
    row("count > 5000", "no run can meet this rule: the plan brings at most 1863");
    // ln(0.025) / ln(0.9999) = 36,887.
    row("p99.99 < 1 s surely",
        "this rule will stay undecided: 'surely' needs 36887 samples, and the plan brings at most 1863");
    row("sustained(30 s) > 1/s",
        "there will be no stretch of 30.0 s to judge: the measured run lasts 20.0 s without a break");
    row("sustained(11 s) > 1/s during burst",
        "there will be no stretch of 11.0 s to judge: stage 'burst' lasts 10.0 s without a break");
    row("p95 < 1 s from 30 s", "there is nothing left to judge from 30.0 s on: the measured run has ended by then");
    row("p95 < 1 s during steady from 12 s",
        "there is nothing left to judge from 12.0 s on: stage 'steady' has ended by then");
    row("p95 < 1 s for 30 s", "this rule can never fail: it may be violated for 30.0 s, and the measured run lasts 20.0 s");
}

void RuleProspectTest::tellsRulesThatSayNothing()
{
    QFETCH(QString, text);
    QTEST(findingOf(text), "message");
}

void RuleProspectTest::leavesAloneWhatCanGoEitherWay_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"errors < 100 %", "errors == 0 %", "share(2xx) >= 100 %", "p95 < 1 s", "p95(retrieve) < 1 s for 10 s",
          "count > 0", "count > 1700", "throughput > 85/s", "throughput > 140/s during burst", "achieved >= 99 %",
          "max(queue) >= 0", "slope(api.rss) > 0", "sustained(20 s) > 20/s", "p99 < 1 s surely", "p95 < 1 s from 15 s",
          "headroom >= 1.2", "recovery(p95, burst) < 5 s", "reached(users) >= 50"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void RuleProspectTest::leavesAloneWhatCanGoEitherWay()
{
    QFETCH(QString, text);
    QCOMPARE(findingOf(text), QString());
}

void RuleProspectTest::countsRepeatedSteps()
{
    const Rule rule = parseRule(QStringLiteral("count > 5000")).value();
    QCOMPARE(findIdleRules({rule}, exampleFacts(), {10.0, 1.0, 1.0}).size(), 0U); // 600 x 12 = 7,200
    QCOMPARE(findIdleRules({rule}, exampleFacts(), {}).size(), 0U); // not known
}

void RuleProspectTest::allowsForTheLuckOfPoissonArrivals()
{
    // 2/s for 10 s are 20 arrivals; 20 + 5 x sqrt(20) + 1 = 43.36.
    RunFacts facts = exampleFacts();
    facts.stages = {{QStringLiteral("calm"), 0s, 10s, 2.0, 2.0, false}};
    facts.spacing = QStringLiteral("poisson");
    QCOMPARE(findingOf(QStringLiteral("count(document) >= 25"), facts), QString());
    QCOMPARE(findingOf(QStringLiteral("count(document) > 43"), facts),
             QStringLiteral("no run can meet this rule: the plan brings at most 43"));
}

void RuleProspectTest::keepsQuietAboutASine()
{
    const Rule rule = parseRule(QStringLiteral("throughput > 200/s")).value();
    QCOMPARE(findIdleRules({rule}, exampleFacts(), {1.0, 1.0, 1.0}, true).size(), 0U);
    QCOMPARE(findIdleRules({rule}, exampleFacts(), {1.0, 1.0, 1.0}, false).size(), 1U);
}

void RuleProspectTest::knowsThatStretchesNeedNotFillTheWindow()
{
    // 91 requests in 9 s, all in the middle one, are 18.2/s in every stretch of 5 s.
    RunFacts facts = exampleFacts();
    facts.stages = {{QStringLiteral("calm"), 0s, 9s, 10.0, 10.0, false}};
    QCOMPARE(findingOf(QStringLiteral("sustained(document, 5 s) > 18/s"), facts), QString());
    QCOMPARE(findingOf(QStringLiteral("sustained(document, 5 s) > 19/s"), facts),
             QStringLiteral("no run can meet this rule: the plan brings at most 18.2/s"));
}

void RuleProspectTest::allowsForUsersOfAnEarlierStage()
{
    RunFacts closed = exampleFacts();
    closed.isOpenModel = false;
    closed.userCap.reset();
    closed.stages.push_back({QStringLiteral("calm"), 22s, 10s, 5.0, 5.0, false});
    QCOMPARE(findingOf(QStringLiteral("reached(users) >= 50 during calm"), closed), QString());
    QVERIFY(!findingOf(QStringLiteral("reached(users) >= 11 during steady"), closed).isEmpty());
}

void RuleProspectTest::asksForUsers()
{
    QCOMPARE(findingOf(QStringLiteral("reached(users) >= 51")),
             QStringLiteral("no run can meet this rule: the plan brings at most 50"));
    RunFacts closed = exampleFacts();
    closed.isOpenModel = false;
    closed.userCap.reset();
    QCOMPARE(findingOf(QStringLiteral("reached(users) >= 51"), closed),
             QStringLiteral("no run can meet this rule: the plan brings at most 50"));
    QCOMPARE(findingOf(QStringLiteral("throughput > 5000/s"), closed), QString()); // as many as the target lets through
}

void RuleProspectTest::keepsQuietWithoutASetEnd()
{
    RunFacts counted = exampleFacts();
    counted.iterations = 100;
    QCOMPARE(findingOf(QStringLiteral("p95 < 1 s from 30 s"), counted), QString());
    QCOMPARE(findingOf(QStringLiteral("count > 301"), counted),
             QStringLiteral("no run can meet this rule: the plan brings at most 300"));
}

QTEST_GUILESS_MAIN(RuleProspectTest)
#include "tst_ruleprospect.moc"
