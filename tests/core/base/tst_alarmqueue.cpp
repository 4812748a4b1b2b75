// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Appends its number to a list when it is called.
struct Caller
{
    std::vector<int> *calls;
    int number;
    AlarmQueue::Call call()
    {
        return {[](void *self) { static_cast<Caller *>(self)->calls->push_back(static_cast<Caller *>(self)->number); }, this};
    }
};

} // namespace

class AlarmQueueTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void callsInOrderOfTime();
    void callsNothingBeforeItsTime();
    void neverCallsWhatWasCancelled();
    void ignoresATicketThatWasSpent();
    void callsOneNowAndNotAgain();
    void callsAllNowAndNothingTwice();
    void staysSmallWhenEverythingIsCancelled();
    void letsACallSetTheNext();
};

void AlarmQueueTest::callsInOrderOfTime()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller late{&calls, 3}, early{&calls, 1}, middle{&calls, 2};
    queue.callAt(clock.now() + 30ms, late.call());
    queue.callAt(clock.now() + 10ms, early.call());
    queue.callAt(clock.now() + 20ms, middle.call());
    clock.advance(1s);
    QCOMPARE(calls, (std::vector{1, 2, 3}));
    QCOMPARE(queue.pending(), 0u);
}

void AlarmQueueTest::callsNothingBeforeItsTime()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller caller{&calls, 1};
    queue.callAt(clock.now() + 10ms, caller.call());
    clock.advance(10ms - 1ns);
    QVERIFY(calls.empty());
    clock.advance(1ns);
    QCOMPARE(calls.size(), 1u);
}

void AlarmQueueTest::neverCallsWhatWasCancelled()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller first{&calls, 1}, second{&calls, 2};
    const auto ticket = queue.callAt(clock.now() + 10ms, first.call());
    queue.callAt(clock.now() + 20ms, second.call());
    queue.cancel(ticket);
    clock.advance(1s);
    QCOMPARE(calls, std::vector{2});
}

void AlarmQueueTest::ignoresATicketThatWasSpent()
{
    // The slot of the first call is used again by the second; the old ticket must not cancel it.
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller first{&calls, 1}, second{&calls, 2};
    const auto spent = queue.callAt(clock.now() + 10ms, first.call());
    clock.advance(10ms);
    queue.callAt(clock.now() + 10ms, second.call());
    queue.cancel(spent);
    queue.cancel(0);
    clock.advance(10ms);
    QCOMPARE(calls, (std::vector{1, 2}));
}

void AlarmQueueTest::callsOneNowAndNotAgain()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller first{&calls, 1}, second{&calls, 2};
    queue.callAt(clock.now() + 10ms, first.call());
    const auto ticket = queue.callAt(clock.now() + 20ms, second.call());
    queue.callNow(0);
    queue.callNow(ticket);
    QCOMPARE(calls, std::vector{2});
    queue.callNow(ticket); // spent
    clock.advance(1s);
    QCOMPARE(calls, (std::vector{2, 1}));
    QCOMPARE(queue.pending(), 0u);
}

void AlarmQueueTest::callsAllNowAndNothingTwice()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller first{&calls, 1}, second{&calls, 2};
    queue.callAt(clock.now() + 20s, second.call());
    queue.callAt(clock.now() + 10s, first.call());
    queue.callAllNow();
    QCOMPARE(calls, (std::vector{1, 2}));
    clock.advance(60s);
    QCOMPARE(calls.size(), 2u);
}

void AlarmQueueTest::staysSmallWhenEverythingIsCancelled()
{
    // Ten thousand request deadlines a minute away, each cancelled by its answer: the queue must not remember them.
    ManualClock clock;
    AlarmQueue queue(clock);
    std::vector<int> calls;
    Caller caller{&calls, 1};
    for (int i = 0; i < 10'000; ++i)
        queue.cancel(queue.callAt(clock.now() + 60s, caller.call()));
    QCOMPARE(queue.pending(), 0u);
    QVERIFY(queue.remembered() <= 65);
}

void AlarmQueueTest::letsACallSetTheNext()
{
    ManualClock clock;
    AlarmQueue queue(clock);
    struct Chain
    {
        AlarmQueue &queue;
        ManualClock &clock;
        int calls = 0;
        void set()
        {
            queue.callAt(clock.now() + 10ms, {[](void *self) {
                             auto *chain = static_cast<Chain *>(self);
                             ++chain->calls;
                             chain->set();
                         },
                         this});
        }
    } chain{queue, clock};
    chain.set();
    clock.advance(100ms);
    QCOMPARE(chain.calls, 10);
}

QTEST_GUILESS_MAIN(AlarmQueueTest)
#include "tst_alarmqueue.moc"
