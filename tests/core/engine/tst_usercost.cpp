// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"
#include "tests/support/allocationcount.h"

#include <QTest>


using namespace Headroom;

namespace {

/// What 5 users allocate in a second of 10 ms iterations, once the first has passed.
std::uint64_t allocationsOf(const Scenario &scenario)
{
    DriverRig rig(scenario, 10ms);
    rig.runUntil(1500ms);
    rig.sends();
    const std::uint64_t before = allocationCount();
    rig.runUntil(1900ms); // no second border in between
    return allocationCount() - before;
}

Scenario fiveUsers()
{
    Scenario scenario = closedLoad(5, 3s);
    scenario.target.headers = {{QStringLiteral("X"), QStringLiteral("y")}};
    return scenario;
}

} // namespace

/// Who does without templates and cookies does not pay for them.
class UserCostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cookiesThatNobodySetsCostNothing();
    void aStepPaysForItsTemplate();
    void walkingInstructionsCostsNothing();
};

void UserCostTest::cookiesThatNobodySetsCostNothing()
{
    Scenario without = fiveUsers();
    without.target.keepsCookies = false;
    const std::uint64_t paid = allocationsOf(fiveUsers());
    QVERIFY(paid > 0);
    QCOMPARE(paid, allocationsOf(without));
}

void UserCostTest::aStepPaysForItsTemplate()
{
    Scenario varying = fiveUsers();
    TextTemplate path(QStringLiteral("/a/"));
    path.append(TemplateValue{.kind = TemplateValue::Kind::User, .written = QStringLiteral("user")});
    varying.flows[0].steps[0].path = path;
    QVERIFY(allocationsOf(varying) > allocationsOf(fiveUsers()));
}

void UserCostTest::walkingInstructionsCostsNothing()
{
    Scenario two = fiveUsers();
    two.flows[0].steps.push_back(two.flows[0].steps[0]);
    Scenario same = fiveUsers(); // the same two requests, out of a group, a repetition and a chance; and a step never walked
    Scenario::Step step = same.flows[0].steps[0];
    Scenario::Step never = step;
    never.condition.text = QStringLiteral("0 %");
    never.condition.chance = 0.0;
    step.repeat = 2;
    Scenario::Step group;
    group.name = QStringLiteral("group");
    group.condition.text = QStringLiteral("100 %");
    group.condition.chance = 1.0;
    group.steps = {step, never};
    same.flows[0].steps = {group};
    QCOMPARE(allocationsOf(same), allocationsOf(two));
}

QTEST_GUILESS_MAIN(UserCostTest)
#include "tst_usercost.moc"
