// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Groups within each other, and a step in the innermost of them.
QByteArray nested(int depth)
{
    QByteArray step = "get: /";
    for (int i = 0; i < depth; ++i)
        step = "group: g, steps: [{" + step + "}]";
    return step;
}

} // namespace

/// When steps are walked, and how often.
class FlowControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStepIsWalkedOnceInEveryIteration();
    void readsConditions();
    void readsRepetitions();
    void readsGroups();
    void variablesOfStepsInGroupsCanBeUsed();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void FlowControlTest::aStepIsWalkedOnceInEveryIteration()
{
    const Scenario::Step step = stepOf("get: /");
    QVERIFY(step.condition.text.isEmpty());
    QVERIFY(!step.isOnce);
    QCOMPARE(step.repeat, 1);
    QVERIFY(!step.until);
    QVERIFY(!step.isGroup());
}

void FlowControlTest::readsConditions()
{
    const Condition exists = stepOf("get: /, extract: { first: $.id }, if: \"${first} exists\"").condition;
    QCOMPARE(exists.text, QStringLiteral("${first} exists"));
    QVERIFY(exists.comparison == Comparison::Exists);
    QCOMPARE(exists.left.written(), QStringLiteral("${first}"));

    const Condition less = stepOf("get: /, if: \"${iteration} < 3\"").condition;
    QVERIFY(less.comparison == Comparison::Less);
    QCOMPARE(less.right.constant(), QStringLiteral("3"));

    const Condition chance = stepOf("get: /, if: 30 %").condition;
    QCOMPARE(*chance.chance, 0.3);
    QCOMPARE(chance.text, QStringLiteral("30 %"));

    const Scenario ofVar = scenarioOf(
        textOf({.flows = "[{steps: [{get: /, if: \"${tier} == 'very gold'\"}]}]", .rest = "vars: { tier: gold }\n"}));
    const Condition &equal = ofVar.flows.at(0).steps[0].condition;
    QCOMPARE(equal.left.constant(), QStringLiteral("gold")); // vars are texts by now
    QCOMPARE(equal.right.constant(), QStringLiteral("very gold"));
}

void FlowControlTest::readsRepetitions()
{
    const Scenario::Step step = stepOf("get: /, once: true, repeat: 10, until: \"$.state == done\"");
    QVERIFY(step.isOnce);
    QCOMPARE(step.repeat, 10);
    QCOMPARE(step.until->text, QStringLiteral("$.state == done"));
    QVERIFY(step.until->place.kind == AnswerPlace::Kind::Json);
}

void FlowControlTest::readsGroups()
{
    const Scenario::Step group = stepOf(
        "group: checkout, if: 50 %, repeat: 2, think: 1 s, steps: [{get: /a}, {group: pay, steps: [{post: /b}]}]");
    QVERIFY(group.isGroup());
    QCOMPARE(group.name, QStringLiteral("checkout"));
    QCOMPARE(group.repeat, 2);
    QCOMPARE(*group.condition.chance, 0.5);
    QCOMPARE(group.think.low, Nanoseconds(1s));
    QCOMPARE(group.steps.size(), 2u);
    QCOMPARE(group.steps[0].path.constant(), QStringLiteral("/a"));
    QCOMPARE(group.steps[1].name, QStringLiteral("pay"));
    QCOMPARE(group.steps[1].steps[0].method, QByteArray("POST"));
    QVERIFY(stepOf(nested(8)).isGroup());
}

void FlowControlTest::variablesOfStepsInGroupsCanBeUsed()
{
    const Scenario scenario =
        scenarioOf(withStep("group: g, steps: [{get: /a, extract: { first: $.id }}, {get: \"/b/${first}\"}]"));
    QCOMPARE(scenario.variables, std::vector<QString>{QStringLiteral("first")});
}

void FlowControlTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("step"); // begins at 3:19
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const char *step, const char *problem) {
        QTest::newRow(name) << QByteArray(step) << QString::fromUtf8(problem);
    };
    row("no comparison", "get: /, if: \"${user} is 3\"", "'${user} is 3' is compared with nothing");
    row("unknown variable", "get: /, if: \"${frist} exists\"", "is no name of a value");
    row("nothing changes", "get: /, if: a == b", "nothing in this condition can change");
    row("chance above all", "get: /, if: 130 %", "'130 %' is no chance; write a share from 0 % to 100 %, as in 30 %");
    row("no chance", "get: /, if: many %", "is no chance");
    row("bad expression", "get: /, if: \"${user} matches /(/\"", "(");
    row("once of no truth value", "get: /, once: maybe", "'maybe' is not true or false");
    row("repeat never", "get: /, repeat: 0", "flows[0].steps[0].repeat must be");
    row("until alone", "get: /, until: \"$.a exists\"", "'until' makes no sense without 'repeat' beside it");
    row("bad until", "get: /, repeat: 2, until: \"$.a is 3\"", "'$.a is 3' is compared with nothing");
    row("group without steps", "group: a", "'group' makes no sense without 'steps' beside it");
    row("steps without group", "steps: [{get: /}]", "needs one of: get, post");
    row("group with a request", "group: a, get: /, steps: [{get: /}]", "'group' and 'get' exclude each other");
    row("group with a name", "group: a, name: b, steps: [{get: /}]", "a group is named behind 'group'; remove 'name'");
    row("group with headers", "group: a, headers: {X: y}, steps: [{get: /}]",
        "'headers' belongs to a request; write it at the steps of the group that it is meant for");
    row("group with until", "group: a, repeat: 2, until: \"$.a exists\", steps: [{get: /}]",
        "'until' belongs to a request");
    row("empty group", "group: a, steps: []", "flows[0].steps[0].steps must have 1 to 1000 items, not 0");
    row("problem in a group", "group: a, steps: [{gte: /}]", "unknown field 'gte' in flows[0].steps[0].steps[0]");
    row("too many requests", "group: a, repeat: 1000, steps: [{get: /, repeat: 101}]", // 101,000
        "an iteration of this flow may make more than 100,000 requests; repeat less");
    QTest::newRow("too deep") << nested(9) << QStringLiteral("groups stand more than 8 deep in each other");
}

void FlowControlTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, step);
    QFETCH(QString, problem);
    const QString said = diagnosticsOf(withStep(step));
    QVERIFY2(said.contains(problem), qPrintable(said));
    QVERIFY2(said.startsWith(u"3:"), qPrintable(said));
}

QTEST_GUILESS_MAIN(FlowControlTest)
#include "tst_flowcontrol.moc"
