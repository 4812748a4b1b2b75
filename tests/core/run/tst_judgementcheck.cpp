// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/judgementcheck.h"
#include "core/run/preparation.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Judgement stands from line 5 on.
QByteArray scenarioWith(const QByteArray &judgement)
{
    return "headroom: 1\ntarget: { url: http://127.0.0.1:8080 }\n"
           "flows: [{ steps: [{ name: read, get: /a, repeat: 3 }] }]\nload: { rate: 10/s, for: 10 s }\n"
        + judgement;
}

QStringList told(const Diagnostics &diagnostics)
{
    QStringList lines;
    for (const Diagnostic &one : diagnostics)
        lines << QStringLiteral("%1:%2 %3").arg(one.range.start.line).arg(one.range.start.column).arg(one.message);
    return lines;
}

QStringList warningsOf(const QByteArray &judgement)
{
    const auto made = prepare(scenarioWith(judgement));
    return made ? told(made->warnings) : told(made.error());
}

} // namespace

class JudgementCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesContradictionsAtTheirPlace();
    void warnsAtThePlaceOfTheRule();
    void letsTablesSayWhatRulesSay();
    void placesAProblemOfACellAtTheCell();
    void knowsRepeatedSteps();
    void putsTablesIntoTheFacts();
    void takesRulesOut();
    void requiresRulesFromOutsideAndTheImplicitOne();
    void namesTheSuiteInsteadOfALine();
    void letsASuiteSayWhatTheScenarioSays();
    void refusesMoreRulesThanARunTakes();
};

void JudgementCheckTest::refusesContradictionsAtTheirPlace()
{
    const auto made = prepare(scenarioWith("objectives:\n  read: { p95: 100 ms }\nrules:\n  - p50(read) > 200 ms\n"));
    QVERIFY(!made);
    QCOMPARE(told(made.error()),
             QStringList{QStringLiteral("6:16 no run can meet this rule and that of line 8 together: 'p50(read) > 200 ms'; "
                                        "remove one of them")});
}

void JudgementCheckTest::warnsAtThePlaceOfTheRule()
{
    QCOMPARE(warningsOf("rules:\n  - p99 < 1 s\n  - p95 < 1 s\n  - errors <= 100 %\n"),
             (QStringList{QStringLiteral("7:5 this rule asks for nothing more than that of line 6: 'p99 < 1 s'"),
                          QStringLiteral("8:5 this rule can never fail, whatever the run brings; give it a bound that can "
                                         "be broken")}));
}

void JudgementCheckTest::letsTablesSayWhatRulesSay()
{
    QCOMPARE(warningsOf("requirements: [{ id: R1, text: a, rule: p95 < 2 s }]\nobjectives: { all: { p50: 3 s } }\n"
                        "rules: [p99 < 1 s]\n"),
             QStringList());
}

void JudgementCheckTest::placesAProblemOfACellAtTheCell()
{
    const auto made = prepare(scenarioWith("objectives:\n  raed: { p95: 100 ms }\n  read: { p95: 5 apples }\n"));
    QVERIFY(!made);
    QCOMPARE(made.error().size(), 2U);
    QCOMPARE(made.error()[0].range.start.line, 6);
    QCOMPARE(made.error()[0].range.start.column, 16);
    QVERIFY(made.error()[0].message.contains(QStringLiteral("did you mean 'read'")));
    QCOMPARE(made.error()[1].range.start.line, 7);
}

void JudgementCheckTest::knowsRepeatedSteps()
{
    // 10/s for 10 s, three times each, are 300 requests, and 3 more for luck.
    QCOMPARE(warningsOf("rules: [count > 290]\n"), QStringList());
    QCOMPARE(warningsOf("rules: [count > 303]\n"),
             QStringList{QStringLiteral("5:9 no run can meet this rule: the plan brings at most 303")});
}

void JudgementCheckTest::putsTablesIntoTheFacts()
{
    const auto made = prepare(scenarioWith("requirements: [{ id: R1, text: a, rule: p95 < 2 s }]\n"
                                           "objectives: { read: { p50: 1 s } }\nacceptance: at  least 1 of 2\n"));
    QVERIFY(made);
    RunFacts facts;
    addJudgement(facts, made->scenario, made->rules);
    QCOMPARE(facts.objectives, (std::vector<RunFacts::Objective>{{QStringLiteral("read"), QStringLiteral("p50"), 0}}));
    QCOMPARE(facts.requirements, (std::vector<RunFacts::Requirement>{{QStringLiteral("R1"), QStringLiteral("a"), 1}}));
    QCOMPARE(facts.acceptance, QStringLiteral("at least 1 of 2"));
}

void JudgementCheckTest::takesRulesOut()
{
    Scenario scenario;
    for (const char *text : {"p95 < 1 s", "p99 < 2 s during burst", "errors < 1 %"})
        scenario.rules.push_back({QString::fromLatin1(text), {}});
    scenario.rules.push_back({QStringLiteral("max < 1 s"), {}, Scenario::RuleText::Source::Outside}); // is not counted
    scenario.objectives = {{QStringLiteral("all"), QStringLiteral("p99"), 1}, {QStringLiteral("all"), QStringLiteral("errors"), 2}};
    scenario.acceptance = Scenario::Acceptance{3, 3, {}, {}};
    removeRules(scenario, {1});
    QCOMPARE(scenario.rules.size(), 3U);
    QCOMPARE(scenario.objectives.size(), 1U);
    QCOMPARE(scenario.objectives[0].rule, 1);
    QCOMPARE(scenario.acceptance->count, std::optional(2));
    QCOMPARE(scenario.acceptance->of, std::optional(2));
}

void JudgementCheckTest::requiresRulesFromOutsideAndTheImplicitOne()
{
    const LoadChange change{.rules = {QStringLiteral("p99 < 2 s"), QStringLiteral("errors < 5 %")}};
    const auto made = prepare(scenarioWith("rules: [p99 < 2 s, max < 9 s]\nacceptance: at least 1 of 2\n"), {}, change);
    QVERIFY(made);
    RunFacts facts;
    addJudgement(facts, made->scenario, made->rules);
    // p99 of both, max of the scenario, errors of the suite, achieved of nobody.
    QCOMPARE(facts.requiredRules,
             (std::vector<RunFacts::RequiredRule>{{0, false, true}, {2, false, false}, {3, true, false}}));
}

void JudgementCheckTest::namesTheSuiteInsteadOfALine()
{
    const LoadChange change{.rules = {QStringLiteral("p50 > 200 ms"), QStringLiteral("p95(raed) < 1 s")}};
    const auto unfit = prepare(scenarioWith("rules: [p95 < 100 ms]\n"), {}, change);
    QVERIFY(!unfit);
    QVERIFY2(unfit.error()[0].message.startsWith(QStringLiteral("the suite's objective 'p95(raed) < 1 s': ")),
             qPrintable(unfit.error()[0].message));
    const auto made = prepare(scenarioWith("rules: [p95 < 100 ms]\n"), {}, {.rules = {QStringLiteral("p50 > 200 ms")}});
    QVERIFY(!made);
    const QString all = told(made.error()).join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("the suite's objective")), qPrintable(all));
    QVERIFY2(!all.contains(QStringLiteral("line 0")) && !all.contains(QStringLiteral("line 1:")), qPrintable(all));
}

void JudgementCheckTest::letsASuiteSayWhatTheScenarioSays()
{
    const LoadChange change{.rules = {QStringLiteral("p95 < 2 s")}};
    const auto made = prepare(scenarioWith("rules: [p95 < 1 s]\n"), {}, change);
    QVERIFY(made);
    QCOMPARE(told(made->warnings), QStringList());
}

void JudgementCheckTest::refusesMoreRulesThanARunTakes()
{
    QByteArray rules = "rules:\n";
    for (int i = 0; i < 1000; ++i)
        rules += "  - p95 < 1 s weight " + QByteArray::number(i + 2) + '\n';
    const auto made = prepare(scenarioWith(rules)); // and the implicit one
    QVERIFY(!made);
    QVERIFY(told(made.error()).first().contains(QStringLiteral("there are 1001 rules")));
}

QTEST_GUILESS_MAIN(JudgementCheckTest)
#include "tst_judgementcheck.moc"
