// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plantime.h"

#include <QTest>

using namespace Headroom;

namespace {

using Pace = PlanTime::Pace;

} // namespace

class PlanTimeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesWithTheRunAtFirst();
    void standsStillAndGoesOn();
    void jumps();
    void jumpsWhileItStandsStill();
    void waitsAtTheEndOfAStage();
    void addsUpWaitsAtTheSameEnd();
    void keepsWhatIsLeftOfAWait();
    void forgetsAWaitThatIsJumpedOver();
    void endsAnHourAfterItWasLeftWaiting();
    void endsWithAJumpOverTheLastStage();
    void knowsWhatIsPaused_data();
    void knowsWhatIsPaused();
    void saysWhenAStageBegins();
};

void PlanTimeTest::goesWithTheRunAtFirst()
{
    const PlanTime time;
    QCOMPARE(time.at(-1s), -1s);
    QCOMPARE(time.at(7s), 7s);
    QCOMPARE(time.paceAt(7s), Pace::Going);
    QCOMPARE(time.whenPlanReaches(30s), 30s);
    QCOMPARE(time.endOf(30s), 30s);
    QCOMPARE(time.endOf(PlanTime::kNever), PlanTime::kNever);
}

void PlanTimeTest::standsStillAndGoesOn()
{
    PlanTime time;
    time.setPace(10s, Pace::Held);
    QCOMPARE(time.at(9s), 9s);
    QCOMPARE(time.at(500s), 10s);
    QCOMPARE(time.whenPlanReaches(10s), 10s);
    QCOMPARE(time.whenPlanReaches(11s), PlanTime::kNever);
    time.setPace(15s, Pace::Going);
    QCOMPARE(time.at(14s), 10s);
    QCOMPARE(time.at(20s), 15s);
    QCOMPARE(time.endOf(30s), 35s);
    time.setPace(15s, Pace::Paused); // the same instant: the last one counts
    QCOMPARE(time.at(20s), 10s);
    QCOMPARE(time.paceAt(14s), Pace::Held);
    QCOMPARE(time.paceAt(15s), Pace::Paused);
}

void PlanTimeTest::jumps()
{
    PlanTime time;
    time.jump(4s, 10s);
    QCOMPARE(time.at(4s - 1ns), 4s - 1ns);
    QCOMPARE(time.at(4s), 10s);
    QCOMPARE(time.at(5s), 11s);
    QCOMPARE(time.endOf(30s), 24s);
}

void PlanTimeTest::jumpsWhileItStandsStill()
{
    PlanTime time;
    time.setPace(2s, Pace::Paused);
    time.jump(3s, 10s);
    QCOMPARE(time.at(8s), 10s);
    QCOMPARE(time.paceAt(8s), Pace::Paused);
    time.setPace(9s, Pace::Going);
    QCOMPARE(time.at(10s), 11s);
}

void PlanTimeTest::waitsAtTheEndOfAStage()
{
    // The stage that ends at 10 s lasts 5 s longer: its last nanosecond does.
    PlanTime time;
    time.addWait(3s, 10s, 5s);
    QCOMPARE(time.at(9s), 9s);
    QCOMPARE(time.at(12s), 10s - 1ns);
    QCOMPARE(time.paceAt(12s), Pace::Held);
    QCOMPARE(time.at(15s), 10s);
    QCOMPARE(time.whenPlanReaches(10s), 15s);
    QCOMPARE(time.endOf(30s), 35s);
}

void PlanTimeTest::addsUpWaitsAtTheSameEnd()
{
    PlanTime time;
    time.addWait(3s, 10s, 5s);
    time.addWait(4s, 20s, 7s);
    time.addWait(12s, 10s, 2s); // in the middle of the first
    QCOMPARE(time.whenPlanReaches(10s), 17s);
    QCOMPARE(time.whenPlanReaches(20s), 34s);
    QCOMPARE(time.at(16s), 10s - 1ns);
}

void PlanTimeTest::keepsWhatIsLeftOfAWait()
{
    // 3 of 5 s are over when a pause of 4 s begins; another pause before it changes nothing of it.
    PlanTime time;
    time.addWait(1s, 10s, 5s);
    time.setPace(2s, Pace::Paused);
    time.setPace(3s, Pace::Going);
    QCOMPARE(time.whenPlanReaches(10s), 16s);
    time.setPace(14s, Pace::Paused);
    time.setPace(18s, Pace::Going);
    QCOMPARE(time.at(19s), 10s - 1ns);
    QCOMPARE(time.whenPlanReaches(10s), 20s);
    time.setPace(19s, Pace::Held); // 1 s is left
    time.setPace(29s, Pace::Going);
    QCOMPARE(time.whenPlanReaches(10s), 30s);
}

void PlanTimeTest::forgetsAWaitThatIsJumpedOver()
{
    PlanTime time;
    time.addWait(1s, 10s, 5s);
    time.jump(12s, 10s); // out of the wait
    QCOMPARE(time.at(13s), 11s);
    QCOMPARE(time.paceAt(13s), Pace::Going);
    QCOMPARE(time.endOf(30s), 32s);
}

void PlanTimeTest::endsAnHourAfterItWasLeftWaiting()
{
    PlanTime time;
    time.setPace(10s, Pace::Held);
    QCOMPARE(time.endOf(30s), 1h + 10s);
    QCOMPARE(time.endOf(PlanTime::kNever), 1h + 10s);
    time.setPace(70s, Pace::Going);
    QCOMPARE(time.endOf(30s), 90s);
    QCOMPARE(time.endOf(PlanTime::kNever), PlanTime::kNever);
}

void PlanTimeTest::endsWithAJumpOverTheLastStage()
{
    for (const Nanoseconds planEnd : {Nanoseconds(30s), PlanTime::kNever}) {
        PlanTime time;
        time.setPace(10s, Pace::Held);
        time.jump(12s, PlanTime::kNever);
        QCOMPARE(time.endOf(planEnd), 12s);
        QCOMPARE(time.at(13s), PlanTime::kNever);
    }
}

void PlanTimeTest::knowsWhatIsPaused_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<bool>("isPaused");
    QTest::newRow("before") << 9 << false;
    QTest::newRow("begins in it") << 10 << true;
    QTest::newRow("in the middle") << 11 << true;
    QTest::newRow("ends at its end") << 12 << true;
    QTest::newRow("held") << 13 << false;
    QTest::newRow("goes on") << 15 << false;
}

void PlanTimeTest::knowsWhatIsPaused()
{
    QFETCH(int, second);
    PlanTime time;
    time.setPace(10500ms, Pace::Paused);
    time.setPace(13s, Pace::Held);
    time.setPace(14s, Pace::Going);
    QTEST(time.isPausedWithin(second * 1s, (second + 1) * 1s), "isPaused");
}

void PlanTimeTest::saysWhenAStageBegins()
{
    PlanTime time;
    time.setPace(5s, Pace::Paused);
    time.setPace(8s, Pace::Going);
    time.jump(9s, 20s);
    QCOMPARE(time.whenPlanReaches(4s), 4s);
    QCOMPARE(time.whenPlanReaches(6s), 9s); // 5 + 1 + 3 is 9 s: reached and jumped over at once
    QCOMPARE(time.whenPlanReaches(10s), 9s);
    QCOMPARE(time.whenPlanReaches(21s), 10s);
}

QTEST_GUILESS_MAIN(PlanTimeTest)
#include "tst_plantime.moc"
