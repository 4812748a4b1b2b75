// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steerbar.h"

#include <QMenu>
#include <QTest>
#include <QToolButton>

using namespace Headroom;

namespace {

/// Two stages of 30 s, and one without a length.
RunFacts facts()
{
    RunFacts facts;
    facts.stages = {{QStringLiteral("up"), 0s, 30s, 0.0, 10.0, false},
                    {QStringLiteral("steady"), 30s, 30s, 10.0, 10.0, false}};
    facts.plannedLength = 60s;
    return facts;
}

} // namespace

class SteerBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhereInThePlanItIs();
    void saysThatThePlanWaits();
    void countsTimeThatAHandHasAdded();
    void hasNoTimeToGoWithoutAnEnd();
    void namesItsButtons();
};

void SteerBarTest::saysWhereInThePlanItIs()
{
    QCOMPARE(placeInPlan(facts(), {}, 0s), QStringLiteral("Stage up: 0:30 to go"));
    QCOMPARE(placeInPlan(facts(), {}, 50s), QStringLiteral("Stage steady: 0:10 to go"));
    QCOMPARE(placeInPlan(facts(), {}, 60s), QString());
    QCOMPARE(placeInPlan({}, {}, 0s), QString());
}

void SteerBarTest::saysThatThePlanWaits()
{
    SteeredLoad load;
    load.time.setPace(10s, PlanTime::Pace::Held);
    load.isHeld = true;
    QCOMPARE(placeInPlan(facts(), load, 100s), QStringLiteral("Stage up: held, the plan waits"));
    load.isPaused = true;
    QCOMPARE(placeInPlan(facts(), load, 100s), QStringLiteral("Stage up: paused, the plan waits"));
}

void SteerBarTest::countsTimeThatAHandHasAdded()
{
    SteeredLoad load;
    load.time.addWait(10s, 30s, 20s);
    QCOMPARE(placeInPlan(facts(), load, 45s), QStringLiteral("Stage up: 0:05 to go"));
    load.time.jump(46s, 30s);
    QCOMPARE(placeInPlan(facts(), load, 50s), QStringLiteral("Stage steady: 0:26 to go"));
}

void SteerBarTest::hasNoTimeToGoWithoutAnEnd()
{
    RunFacts endless = facts();
    endless.stages = {{QStringLiteral("count"), 0s, 0s, 5.0, 5.0, false}};
    endless.plannedLength = 0s;
    QCOMPARE(placeInPlan(endless, {}, 500s), QStringLiteral("Stage count"));
}

void SteerBarTest::namesItsButtons()
{
    QAction pause(QStringLiteral("&Pause"));
    QAction longer(QStringLiteral("+&30 s"));
    QAction more(QStringLiteral("+&1 min"));
    pause.setObjectName(QStringLiteral("pause"));
    longer.setObjectName(QStringLiteral("longer"));
    SteerBar bar;
    bar.setOrders({&pause}, &longer, {&more});
    auto *button = bar.findChild<QToolButton *>(QStringLiteral("pauseButton"));
    QVERIFY(button);
    QCOMPARE(button->accessibleName(), QStringLiteral("Pause"));
    pause.setText(QStringLiteral("Re&sume"));
    QCOMPARE(button->accessibleName(), QStringLiteral("Resume"));
    QVERIFY(button->focusPolicy() & Qt::TabFocus);
    QCOMPARE(bar.findChild<QToolButton *>(QStringLiteral("longerButton"))->menu()->actions(), QList<QAction *>{&more});
    bar.setPlace(std::make_shared<const RunFacts>(facts()), {}, 1.0);
    QCOMPARE(bar.placeText(), QStringLiteral("Stage up: 0:29 to go"));
    bar.clear();
    QVERIFY(bar.placeText().isEmpty());
}

QTEST_MAIN(SteerBarTest)
#include "tst_steerbar.moc"
