// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/steeredrules.h"

#include <QTest>

using namespace Headroom;

class SteeredRulesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsRulesByTheirText();
    void requiresNoRuleThatIsSwitchedOff();
    void takesIndicesOfNoRuleForNone();
};

void SteeredRulesTest::followsRulesByTheirText()
{
    RunFacts facts;
    facts.rules = {QStringLiteral("p95 < 1 s"), QStringLiteral("errors < 1 %"), QStringLiteral("max < 2 s")};
    facts.objectives = {{QStringLiteral("all"), QStringLiteral("p95"), 0},
                        {QStringLiteral("all"), QStringLiteral("max"), 2}};
    facts.requirements = {{QStringLiteral("R1"), QStringLiteral("Few errors"), 1}};
    // The first is switched off, another comes behind.
    replaceRules(facts,
                 {QStringLiteral("errors < 1 %"), QStringLiteral("max < 2 s"), QStringLiteral("p99 < 1 s from 3 s")});
    QCOMPARE(facts.objectives[0].rule, kNoRule);
    QCOMPARE(facts.objectives[1].rule, 1);
    QCOMPARE(facts.requirements[0].rule, 0);
    QCOMPARE(facts.rules.size(), 3);
    replaceRules(facts, {QStringLiteral("max < 2 s")});
    QCOMPARE(facts.objectives[0].rule, kNoRule);
    QCOMPARE(facts.objectives[1].rule, 0);
    QCOMPARE(facts.requirements[0].rule, kNoRule);
}

void SteeredRulesTest::requiresNoRuleThatIsSwitchedOff()
{
    RunFacts facts;
    facts.rules = {QStringLiteral("p95 < 1 s"), QStringLiteral("max < 2 s"), QStringLiteral("achieved >= 99 %")};
    facts.requiredRules = {{1, false, false}, {2, true, false}};
    replaceRules(facts, {QStringLiteral("p95 < 1 s"), QStringLiteral("errors < 1 % from 3 s"), QStringLiteral("max < 2 s")});
    QCOMPARE(facts.requiredRules, (std::vector<RunFacts::RequiredRule>{{2, false, false}}));
}

void SteeredRulesTest::takesIndicesOfNoRuleForNone()
{
    RunFacts facts;
    facts.objectives = {{QStringLiteral("all"), QStringLiteral("p95"), 7},
                        {QStringLiteral("all"), QStringLiteral("p95"), -5}};
    replaceRules(facts, {QStringLiteral("p95 < 1 s")});
    QCOMPARE(facts.objectives[0].rule, kNoRule);
    QCOMPARE(facts.objectives[1].rule, kNoRule);
}

QTEST_GUILESS_MAIN(SteeredRulesTest)
#include "tst_steeredrules.moc"
