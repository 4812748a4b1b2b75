// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/deadlinealarm.h"
#include "tests/support/manualclock.h"

#include <QTest>

#include <optional>

using namespace Headroom;

namespace {

/// Watches for the deadlines of a clock that is moved by hand.
struct Rig
{
    ManualClock clock;
    AlarmQueue alarms{clock};
    int rings = 0;
    SteadyTime next; ///< Watched for by the call itself.
    std::optional<DeadlineAlarm> alarm{std::in_place, alarms,
                                       AlarmQueue::Call{[](void *rig) { static_cast<Rig *>(rig)->ring(); }, this}};

    void ring()
    {
        ++rings;
        if (next > clock.now())
            alarm->watch(next);
    }
};

} // namespace

class DeadlineAlarmTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ringsAtItsDeadline();
    void isSetOnceForLaterDeadlines();
    void isSetAnewForAnEarlierOne();
    void ringsAgainWhenItsCallWatches();
    void ringsNoMoreWhenItIsGone();
};

void DeadlineAlarmTest::ringsAtItsDeadline()
{
    Rig rig;
    rig.alarm->watch(rig.clock.now() + 5s);
    rig.clock.advance(4999ms);
    QCOMPARE(rig.rings, 0);
    rig.clock.advance(1ms);
    QCOMPARE(rig.rings, 1);
    rig.clock.advance(1h);
    QCOMPARE(rig.rings, 1);
}

void DeadlineAlarmTest::isSetOnceForLaterDeadlines()
{
    Rig rig;
    rig.alarm->watch(rig.clock.now() + 5s);
    for (int request = 0; request < 1000; ++request) {
        rig.clock.advance(1ms);
        rig.alarm->watch(rig.clock.now() + 5s);
    }
    QCOMPARE(rig.alarms.remembered(), 1u);
    rig.clock.advance(4s); // at the first one's time, for nothing
    QCOMPARE(rig.rings, 1);
}

void DeadlineAlarmTest::isSetAnewForAnEarlierOne()
{
    Rig rig;
    rig.alarm->watch(rig.clock.now() + 5s);
    rig.alarm->watch(rig.clock.now() + 1s);
    QCOMPARE(rig.alarms.pending(), 1u);
    rig.clock.advance(1s);
    QCOMPARE(rig.rings, 1);
    rig.clock.advance(1h);
    QCOMPARE(rig.rings, 1);
}

void DeadlineAlarmTest::ringsAgainWhenItsCallWatches()
{
    Rig rig;
    rig.next = rig.clock.now() + 8s;
    rig.alarm->watch(rig.clock.now() + 5s);
    rig.clock.advance(5s);
    QCOMPARE(rig.rings, 1);
    rig.clock.advance(3s);
    QCOMPARE(rig.rings, 2);
}

void DeadlineAlarmTest::ringsNoMoreWhenItIsGone()
{
    Rig rig;
    rig.alarm->watch(rig.clock.now() + 5s);
    rig.alarm.reset();
    rig.clock.advance(1h);
    QCOMPARE(rig.rings, 0);
    QCOMPARE(rig.alarms.pending(), 0u);
}

QTEST_GUILESS_MAIN(DeadlineAlarmTest)
#include "tst_deadlinealarm.moc"
