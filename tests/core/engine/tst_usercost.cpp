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
    path.append(TextTemplate::Source::User);
    varying.flows[0].steps[0].path = path;
    QVERIFY(allocationsOf(varying) > allocationsOf(fiveUsers()));
}

QTEST_GUILESS_MAIN(UserCostTest)
#include "tst_usercost.moc"
