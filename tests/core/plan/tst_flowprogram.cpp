// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boundedpattern.h"
#include "core/plan/flowcompiler.h"

#include <QTest>

using namespace Headroom;

namespace {

using Step = Scenario::Step;

Step request(const QString &name)
{
    Step step;
    step.name = name;
    return step;
}

Step group(const QString &name, const std::vector<Step> &steps)
{
    Step group = request(name);
    group.steps = steps;
    return group;
}

Step times(int count, Step step)
{
    step.repeat = count;
    return step;
}

Step byChance(double chance, Step step)
{
    step.condition.text = QStringLiteral("chance");
    step.condition.chance = chance;
    return step;
}

Step when(const TextTemplate &left, Comparison comparison, const QString &right, Step step)
{
    step.condition = {QStringLiteral("condition"), left, comparison, right, {}, {}};
    return step;
}

TextTemplate variable(int index)
{
    TextTemplate text;
    text.append(TemplateValue{.kind = TemplateValue::Kind::Variable, .index = index});
    return text;
}

TextTemplate iteration()
{
    TextTemplate text;
    text.append(TemplateValue{.kind = TemplateValue::Kind::Iteration});
    return text;
}

/// A program and the names of its steps.
struct Flow
{
    explicit Flow(const std::vector<Step> &steps)
        : program(compileFlow(steps, [this](const Step &step, const QString &groups) {
            names.append(step.name);
            this->groups.push_back(groups);
            return StepIndex{int(names.size()) - 1};
        }))
    {
    }
    QStringList names;
    std::vector<QString> groups;
    FlowProgram program;

    /// Names of the steps of an iteration, in the order they are walked.
    QString walk(const RequestValues &values = {}, bool isFirst = true) const
    {
        QStringList walked;
        FlowCursor cursor(program, isFirst);
        while (const auto next = cursor.next(values))
            walked.append(next->step.isValid() ? names[next->step.value] : QStringLiteral("-"));
        return walked.join(u' ');
    }
};

} // namespace

class FlowProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void walksStepsInTheirOrder();
    void repeatsStepsAndGroups();
    void repetitionsStandWithinEachOther();
    void leavesARepetitionThatIsDone();
    void walksOnceInTheFirstIteration();
    void skipsAGroupAsAWhole();
    void chancesAreRepeatableAndAsOftenAsTheySay();
    void eachRepetitionHasItsOwnChance();
    void looksAtVariables();
    void whatIsMissingComparesWithNothing();
    void comparesNumbersAsNumbersAndAllElseAsText();
    void comparesLongNumbersDigitByDigit();
    void searchesABoundedPartOfAText();
    void leavesOnlyTheRepetitionOfTheStepItself();
    void thinksBeforeAGroup();
    void aGroupOfWhichNothingIsWalkedIsThoughtForAsWell();
    void visitsToAStepAreToldApart();
    void namesThatComeTwiceGetTheirGroup();
    void countsTheRequestsToExpect();
};

void FlowProgramTest::walksStepsInTheirOrder()
{
    const Flow flow({request(QStringLiteral("a")), request(QStringLiteral("b")),
                     group(QStringLiteral("g"), {request(QStringLiteral("c"))}), request(QStringLiteral("d"))});
    QCOMPARE(flow.walk(), QStringLiteral("a b c d"));
    QCOMPARE(flow.names,
             (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                          QStringLiteral("d")})); // a group is no step of the plan
    QVERIFY(!flow.program.asksForFirst());
}

void FlowProgramTest::repeatsStepsAndGroups()
{
    QCOMPARE(Flow({times(3, request(QStringLiteral("a"))), request(QStringLiteral("b"))}).walk(),
             QStringLiteral("a a a b"));
    QCOMPARE(Flow({times(2, group(QStringLiteral("g"), {request(QStringLiteral("a")), request(QStringLiteral("b"))}))})
                 .walk(),
             QStringLiteral("a b a b"));
}

void FlowProgramTest::repetitionsStandWithinEachOther()
{
    const Flow flow(
        {times(2, group(QStringLiteral("g"), {request(QStringLiteral("a")), times(2, request(QStringLiteral("b")))})),
         times(2, request(QStringLiteral("c")))});
    QCOMPARE(flow.walk(), QStringLiteral("a b b a b b c c"));
    Step deep = times(2, request(QStringLiteral("x")));
    for (int i = 0; i < 8; ++i)
        deep = times(2, group(QStringLiteral("g"), {deep}));
    QCOMPARE(Flow({deep}).walk().count(u'x'), 512); // 2^9
}

void FlowProgramTest::leavesARepetitionThatIsDone()
{
    Step poll = times(5, request(QStringLiteral("poll")));
    poll.until = Check();
    const Flow flow({times(2, group(QStringLiteral("g"), {poll, request(QStringLiteral("b"))}))});
    QStringList walked;
    FlowCursor cursor(flow.program, true);
    while (const auto next = cursor.next({})) {
        walked.append(flow.names[next->step.value]);
        cursor.setDone(walked.size() == 3); // the third answer says so, and none in the group's second round
    }
    QCOMPARE(walked.join(u' '), QStringLiteral("poll poll poll b poll poll poll poll poll b"));
}

void FlowProgramTest::walksOnceInTheFirstIteration()
{
    Step login = request(QStringLiteral("login"));
    login.isOnce = true;
    const Flow flow({login, request(QStringLiteral("a"))});
    QVERIFY(flow.program.asksForFirst());
    QCOMPARE(flow.walk({}, true), QStringLiteral("login a"));
    QCOMPARE(flow.walk({}, false), QStringLiteral("a"));
}

void FlowProgramTest::skipsAGroupAsAWhole()
{
    const Flow flow(
        {byChance(0.0,
                  times(3, group(QStringLiteral("g"), {request(QStringLiteral("a")), request(QStringLiteral("b"))}))),
         request(QStringLiteral("c"))});
    QCOMPARE(flow.walk(), QStringLiteral("c"));
}

void FlowProgramTest::chancesAreRepeatableAndAsOftenAsTheySay()
{
    const Flow flow({byChance(0.3, request(QStringLiteral("a"))), byChance(0.3, request(QStringLiteral("b")))});
    int a = 0;
    int both = 0;
    for (std::uint64_t content = 0; content < 10'000; ++content) {
        const QString walked = flow.walk({.content = content});
        QCOMPARE(walked, flow.walk({.content = content}));
        a += walked.contains(u'a');
        both += walked == u"a b";
    }
    // 3000 with a standard deviation of sqrt(10,000 * 0.3 * 0.7) = 46; of both, one does not tell of the other:
    // 900, 29.
    QVERIFY2(std::abs(a - 3000) < 5 * 46, qPrintable(QString::number(a)));
    QVERIFY2(std::abs(both - 900) < 5 * 29, qPrintable(QString::number(both)));
}

void FlowProgramTest::eachRepetitionHasItsOwnChance()
{
    const Flow flow({times(10'000, group(QStringLiteral("g"), {byChance(0.5, request(QStringLiteral("a")))}))});
    const auto count = flow.walk().count(u'a'); // a standard deviation is 50
    QVERIFY2(std::abs(count - 5000) < 250, qPrintable(QString::number(count)));
}

void FlowProgramTest::looksAtVariables()
{
    const Flow flow({when(variable(1), Comparison::Exists, {}, request(QStringLiteral("there"))),
                     when(variable(1), Comparison::Missing, {}, request(QStringLiteral("missing"))),
                     when(variable(1), Comparison::Equal, QStringLiteral("gold"), request(QStringLiteral("gold")))});
    Variables variables(2);
    QCOMPARE(flow.walk({.variables = &variables}), QStringLiteral("missing"));
    variables[1] = "gold";
    QCOMPARE(flow.walk({.variables = &variables}), QStringLiteral("there gold"));
    variables[1] = "";
    QCOMPARE(flow.walk({.variables = &variables}), QStringLiteral("there"));
}

void FlowProgramTest::whatIsMissingComparesWithNothing()
{
    const Flow flow({when(variable(0), Comparison::NotEqual, QStringLiteral("gold"), request(QStringLiteral("a"))),
                     when(variable(0), Comparison::Less, QStringLiteral("3"), request(QStringLiteral("b")))});
    const Variables variables(1);
    QCOMPARE(flow.walk({.variables = &variables}), QString());
}

void FlowProgramTest::comparesNumbersAsNumbersAndAllElseAsText()
{
    const Flow numbers(
        {when(iteration(), Comparison::Less, QStringLiteral("9"), request(QStringLiteral("less"))),
         when(iteration(), Comparison::Greater, QStringLiteral("9"), request(QStringLiteral("greater"))),
         when(iteration(), Comparison::Equal, QStringLiteral("10.0"), request(QStringLiteral("equal")))});
    QCOMPARE(numbers.walk({.iteration = 10}), QStringLiteral("greater equal"));
    QCOMPARE(numbers.walk({.iteration = 8}), QStringLiteral("less"));
    const Flow texts(
        {when(variable(0), Comparison::Less, QStringLiteral("b"), request(QStringLiteral("less"))),
         when(variable(0), Comparison::Contains, QStringLiteral("1"), request(QStringLiteral("contains"))),
         when(variable(0), Comparison::Matches, QStringLiteral("^a[0-9]+$"), request(QStringLiteral("matches")))});
    const Variables variables{"a10"};
    QCOMPARE(texts.walk({.variables = &variables}), QStringLiteral("less contains matches"));
}

void FlowProgramTest::comparesLongNumbersDigitByDigit()
{
    // 2^53 + 1 is no double: it becomes 2^53. And inf is no number: it equals no other spelling.
    const Flow flow({when(variable(0), Comparison::Equal, QStringLiteral("9007199254740992"), request(QStringLiteral("a"))),
                     when(variable(0), Comparison::NotEqual, QStringLiteral("9007199254740992"), request(QStringLiteral("b"))),
                     when(variable(1), Comparison::Equal, QStringLiteral("+inf"), request(QStringLiteral("c"))),
                     when(variable(1), Comparison::Equal, QStringLiteral("inf"), request(QStringLiteral("d")))});
    const Variables variables{"9007199254740993", "inf"};
    QCOMPARE(flow.walk({.variables = &variables}), QStringLiteral("b d"));
}

void FlowProgramTest::searchesABoundedPartOfAText()
{
    const Flow flow({when(variable(0), Comparison::Matches, QStringLiteral("ax"), request(QStringLiteral("a"))),
                     when(variable(0), Comparison::Matches, QStringLiteral("y"), request(QStringLiteral("b")))});
    const Variables variables{QByteArray(kMostPatternBytes - 1, 'a') + "xy"};
    QCOMPARE(flow.walk({.variables = &variables}), QStringLiteral("a"));
}

void FlowProgramTest::leavesOnlyTheRepetitionOfTheStepItself()
{
    const Flow flow({times(2, group(QStringLiteral("g"), {times(9, request(QStringLiteral("a"))), request(QStringLiteral("b"))}))});
    QStringList walked;
    FlowCursor cursor(flow.program, true);
    while (const auto next = cursor.next({})) {
        walked.append(flow.names[next->step.value]);
        cursor.leaveRepetition();
    }
    QCOMPARE(walked.join(u' '), QStringLiteral("a b a b"));
}

void FlowProgramTest::thinksBeforeAGroup()
{
    Step inner = group(QStringLiteral("inner"), {request(QStringLiteral("a")), request(QStringLiteral("b"))});
    inner.think = {200ms, 200ms};
    Step outer = group(QStringLiteral("outer"), {inner});
    outer.think = {1s, 1s};
    const Flow flow({times(2, outer)});
    FlowCursor cursor(flow.program, true);
    std::vector<Nanoseconds> thought;
    while (const auto next = cursor.next({}))
        thought.push_back(next->groupThink);
    QCOMPARE(thought, (std::vector<Nanoseconds>{1200ms, 0ms, 1200ms, 0ms}));
}

void FlowProgramTest::aGroupOfWhichNothingIsWalkedIsThoughtForAsWell()
{
    Step empty = group(QStringLiteral("g"), {byChance(0.0, request(QStringLiteral("a")))});
    empty.think = {1s, 1s};
    QCOMPARE(Flow({request(QStringLiteral("b")), empty}).walk(), QStringLiteral("b -"));
    QCOMPARE(Flow({empty, request(QStringLiteral("b"))}).walk(), QStringLiteral("b")); // and the time goes before b
}

void FlowProgramTest::visitsToAStepAreToldApart()
{
    const Flow flow({times(2, group(QStringLiteral("g"), {times(2, request(QStringLiteral("a")))}))});
    FlowCursor cursor(flow.program, true);
    std::vector<std::uint64_t> laps;
    while (const auto next = cursor.next({}))
        laps.push_back(next->lap);
    QCOMPARE(laps, (std::vector<std::uint64_t>{0, 1, 2, 3}));
}

void FlowProgramTest::namesThatComeTwiceGetTheirGroup()
{
    Flow flow({request(QStringLiteral("pay")),
               group(QStringLiteral("checkout"),
                     {request(QStringLiteral("pay")), group(QStringLiteral("gift"), {request(QStringLiteral("pay"))})}),
               group(QStringLiteral("other"), {request(QStringLiteral("wrap"))})});
    std::vector<QString *> names;
    for (QString &name : flow.names)
        names.push_back(&name);
    qualifyNames(names, flow.groups);
    QCOMPARE(flow.names,
             (QStringList{QStringLiteral("pay"), QStringLiteral("checkout / pay"),
                          QStringLiteral("checkout / gift / pay"), QStringLiteral("wrap")}));
}

void FlowProgramTest::countsTheRequestsToExpect()
{
    Step poll = times(10, request(QStringLiteral("poll")));
    poll.until = Check();
    // 1 + 3 + 1 for the poll, which may end at once + half of 2 * 2
    QCOMPARE(expectedRequests({request(QStringLiteral("a")), times(3, request(QStringLiteral("b"))), poll,
                               byChance(0.5,
                                        times(2,
                                              group(QStringLiteral("g"),
                                                    {request(QStringLiteral("c")), request(QStringLiteral("d"))})))}),
             1.0 + 3.0 + 1.0 + 2.0);
}

QTEST_GUILESS_MAIN(FlowProgramTest)
#include "tst_flowprogram.moc"
