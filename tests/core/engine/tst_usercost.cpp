// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/driverrig.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> allocations = 0;

void *allocate(std::size_t size, std::size_t alignment)
{
    ++allocations;
    const std::size_t rounded = (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment;
    if (void *memory = std::aligned_alloc(alignment, rounded))
        return memory;
    throw std::bad_alloc();
}

} // namespace

// The array and nothrow forms of the standard library end here, too.
void *operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }

void *operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, std::size_t(alignment)); }

void operator delete(void *memory) noexcept { std::free(memory); }

void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

void operator delete(void *memory, std::align_val_t) noexcept { std::free(memory); }

void operator delete(void *memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace Headroom;

namespace {

/// What 5 users allocate in a second of 10 ms iterations, once the first has passed.
std::uint64_t allocationsOf(const Scenario &scenario)
{
    DriverRig rig(scenario, 10ms);
    rig.runUntil(1500ms);
    rig.sends();
    const std::uint64_t before = allocations;
    rig.runUntil(1900ms); // no second border in between
    return allocations - before;
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
