// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/pooledtask.h"
#include "tests/support/allocationcount.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace Headroom;

namespace {

/// Holds up whoever awaits it, until it is opened.
class Gate
{
public:
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> waiting) { m_waiting.push_back(waiting); }
    void await_resume() const { }
    void open()
    {
        for (const std::coroutine_handle<> waiting : std::exchange(m_waiting, {}))
            waiting.resume();
    }

private:
    std::vector<std::coroutine_handle<>> m_waiting;
};

/// Counts what is alive.
struct Guest
{
    explicit Guest(int &alive)
        : count(alive)
    {
        ++count;
    }
    ~Guest() { --count; }
    Q_DISABLE_COPY_MOVE(Guest)
    int &count;
};

PooledTask<int> addBehind(Gate &gate, int a, int b)
{
    co_await gate;
    co_return a + b;
}

PooledTask<int> add(int a, int b) { co_return a + b; }

PooledTask<> stay(Gate &gate, int &alive, int &steps)
{
    const Guest guest(alive);
    ++steps;
    co_await gate;
    ++steps;
}

PooledTask<> keepSum(Gate &gate, int &sum) { sum = co_await addBehind(gate, 2, 3) + co_await add(10, 20); }

PooledTask<std::unique_ptr<int>> makeOwned() { co_return std::make_unique<int>(7); }
PooledTask<> takeOwned(int &value) { value = *co_await makeOwned(); }

PooledTask<int> depth(Gate &gate, int levels)
{
    if (levels == 0) {
        co_await gate;
        co_return 0;
    }
    co_return 1 + co_await depth(gate, levels - 1);
}
PooledTask<> takeDepth(Gate &gate, int levels, int &reached) { reached = co_await depth(gate, levels); }

PooledTask<int> count(int times)
{
    int sum = 0;
    for (int i = 0; i < times; ++i)
        sum += co_await add(i, 1);
    co_return sum;
}
PooledTask<> takeCount(int times, int &sum) { sum = co_await count(times); }

} // namespace

class PooledTaskTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beginsAtOnce();
    void goesOnWhoAwaitsIt();
    void goesOnByItselfWhenItIsLetGo();
    void isKeptUntilItsOwnerLeavesIt();
    void movesItsResult();
    void nests();
    void takesAsManyStepsAsThereAre();
    void takesItsFramesFromWhatOthersLeft();
};

void PooledTaskTest::beginsAtOnce()
{
    Gate gate;
    int alive = 0;
    int steps = 0;
    const PooledTask<> task = stay(gate, alive, steps);
    QCOMPARE(steps, 1);
    gate.open();
    QCOMPARE(steps, 2);
}

void PooledTaskTest::goesOnWhoAwaitsIt()
{
    Gate gate;
    int sum = 0;
    const PooledTask<> task = keepSum(gate, sum);
    QCOMPARE(sum, 0);
    gate.open();
    QCOMPARE(sum, 35); // 2 + 3 + 10 + 20
}

void PooledTaskTest::goesOnByItselfWhenItIsLetGo()
{
    Gate gate;
    int alive = 0;
    int steps = 0;
    stay(gate, alive, steps).letGo();
    {
        const PooledTask<> forgotten = stay(gate, alive, steps);
    }
    QCOMPARE(alive, 2);
    gate.open();
    QCOMPARE(alive, 0);
    QCOMPARE(steps, 4);
}

void PooledTaskTest::isKeptUntilItsOwnerLeavesIt()
{
    Gate gate;
    int alive = 0;
    int steps = 0;
    PooledTask<> task = stay(gate, alive, steps);
    gate.open();
    QVERIFY(task.await_ready());
    PooledTask<> moved = std::move(task);
    task.letGo(); // nothing is left of it
    QVERIFY(moved.await_ready());
    moved.letGo();
    moved.letGo();
    QCOMPARE(alive, 0);
}

void PooledTaskTest::movesItsResult()
{
    int value = 0;
    takeOwned(value).letGo();
    QCOMPARE(value, 7);
}

void PooledTaskTest::nests()
{
    Gate gate;
    int reached = -1;
    takeDepth(gate, 100, reached).letGo();
    QCOMPARE(reached, -1);
    gate.open();
    QCOMPARE(reached, 100);
}

void PooledTaskTest::takesAsManyStepsAsThereAre()
{
    int sum = 0;
    takeCount(60'000, sum).letGo(); // the stack does not grow with them
    QCOMPARE(sum, 1'800'030'000); // 1 + ... + 60,000
}

void PooledTaskTest::takesItsFramesFromWhatOthersLeft()
{
    int many = 0;
    takeCount(10, many).letGo(); // the first ones of each size
    const std::uint64_t before = allocationCount();
    takeCount(1000, many).letGo();
    QCOMPARE(allocationCount() - before, 0u);
    QCOMPARE(many, 500'500); // 1 + ... + 1000
}

QTEST_GUILESS_MAIN(PooledTaskTest)
#include "tst_pooledtask.moc"
