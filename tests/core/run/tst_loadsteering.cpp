// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadsteering.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Headroom;

namespace {

using Kind = SteeringOrder::Kind;

std::shared_ptr<Plan> openPlan()
{
    auto plan = std::make_shared<Plan>();
    plan->isOpenModel = true;
    plan->length = 10s;
    plan->profile = LoadProfile({{10s, 60.0, 60.0}});
    plan->flows = {{QStringLiteral("mix"), 1.0, 1.0, std::nullopt, {}}};
    plan->streams.push_back({{{0}}, {1.0}, ArrivalSchedule(plan->profile)});
    return plan;
}

std::shared_ptr<Plan> closedPlan()
{
    auto plan = std::make_shared<Plan>();
    plan->length = 10s;
    plan->userCap = 10;
    plan->profile = LoadProfile({{10s, 0.0, 10.0}});
    plan->flows = {{QStringLiteral("mix"), 1.0, 1.0, std::nullopt, {}}};
    plan->streams.push_back({{{0}}, {1.0}, ArrivalSchedule(LoadProfile())});
    return plan;
}

} // namespace

class LoadSteeringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesEffectALittleLater();
    void neverGoesBackInTime();
    void saysWhatWasDone_data();
    void saysWhatWasDone();
    void keepsAValueThroughAPause();
    void goesBackToPlanFromAPause();
    void clampsValues_data();
    void clampsValues();
    void ignoresWhatChangesNothing();
    void ignoresOrdersForTheOtherModel();
    void ignoresARateWithoutAWeightedFlow();
    void ignoresOrdersAtThePlannedEnd();
};

void LoadSteeringTest::takesEffectALittleLater()
{
    LoadSteering steering(openPlan());
    const auto change = steering.obey({Kind::SetRate, 80.0}, 2s);
    QVERIFY(change);
    QCOMPARE(change->event.at, 2050ms);
    QCOMPARE(change->event.kind, QStringLiteral("steer"));
    QCOMPARE(change->plan->profile.valueAt(2049ms), 60.0);
    QCOMPARE(change->plan->profile.valueAt(2050ms), 80.0);
    QCOMPARE(change->load, (SteeredLoad{80.0, false}));
}

void LoadSteeringTest::neverGoesBackInTime()
{
    LoadSteering steering(openPlan());
    QCOMPARE(steering.obey({Kind::SetRate, 80.0}, -100ms)->event.at, 0ns); // told before the first arrival
    QCOMPARE(steering.obey({Kind::Pause}, 1s)->event.at, 1050ms);
    QCOMPARE(steering.obey({Kind::Resume}, 900ms)->event.at, 1050ms);
}

void LoadSteeringTest::saysWhatWasDone_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<std::vector<SteeringOrder>>("orders");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, bool isOpen, const std::vector<SteeringOrder> &orders, const char *text) {
        QTest::newRow(name) << isOpen << orders << QString::fromLatin1(text);
    };
    const SteeringOrder rate{Kind::SetRate, 80.0};
    const SteeringOrder users{Kind::SetUsers, 12.0};
    const SteeringOrder pause{Kind::Pause};
    const SteeringOrder resume{Kind::Resume};
    const SteeringOrder back{Kind::BackToPlan};
    row("rate", true, {rate}, "rate set to 80/s by hand (planned 60/s)");
    row("pause", true, {pause}, "paused by hand");
    row("resume as planned", true, {pause, resume}, "resumed as planned, at 60/s");
    row("resume by hand", true, {rate, pause, resume}, "resumed at 80/s (planned 60/s)");
    row("rate in a pause", true, {pause, rate}, "rate set to 80/s by hand (planned 60/s), once the pause is over");
    row("back", true, {rate, back}, "back to plan, at 60/s");
    // 0 to 10 users in 10 s: at 0.05 s one is wanted.
    row("users", false, {users}, "users set to 12 by hand (planned 1)");
    row("resume with users", false, {users, pause, resume}, "resumed at 12 users (planned 1)");
}

void LoadSteeringTest::saysWhatWasDone()
{
    QFETCH(bool, isOpen);
    QFETCH(std::vector<SteeringOrder>, orders);
    LoadSteering steering(isOpen ? openPlan() : closedPlan());
    std::optional<SteeredChange> last;
    for (const SteeringOrder &order : orders) {
        last = steering.obey(order, 0s);
        QVERIFY(last);
    }
    QTEST(last->event.text, "text");
}

void LoadSteeringTest::keepsAValueThroughAPause()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::SetRate, 80.0}, 1s);
    const auto paused = steering.obey({Kind::Pause}, 2s);
    QCOMPARE(paused->load, (SteeredLoad{80.0, true}));
    QCOMPARE(paused->plan->profile.valueAt(3s), 0.0);
    const auto changed = steering.obey({Kind::SetRate, 20.0}, 3s);
    QCOMPARE(changed->plan->profile.valueAt(4s), 0.0); // still
    const auto resumed = steering.obey({Kind::Resume}, 4s);
    QCOMPARE(resumed->load, (SteeredLoad{20.0, false}));
    QCOMPARE(resumed->plan->profile.valueAt(5s), 20.0);
}

void LoadSteeringTest::goesBackToPlanFromAPause()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::SetRate, 80.0}, 1s);
    steering.obey({Kind::Pause}, 2s);
    const auto back = steering.obey({Kind::BackToPlan}, 3s);
    QCOMPARE(back->load, SteeredLoad{});
    QCOMPARE(back->plan->profile.valueAt(4s), 60.0);
}

void LoadSteeringTest::clampsValues_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<double>("wanted");
    QTest::addColumn<double>("expected");
    QTest::newRow("negative rate") << true << -5.0 << 0.0;
    QTest::newRow("endless rate") << true << std::numeric_limits<double>::infinity() << 1e6;
    QTest::newRow("negative users") << false << -1.0 << 0.0;
    QTest::newRow("too many users") << false << 2e9 << 1e5;
}

void LoadSteeringTest::clampsValues()
{
    QFETCH(bool, isOpen);
    QFETCH(double, wanted);
    LoadSteering steering(isOpen ? openPlan() : closedPlan());
    const auto change = steering.obey({isOpen ? Kind::SetRate : Kind::SetUsers, wanted}, 1s);
    QVERIFY(change);
    QTEST(*change->load.value, "expected");
}

void LoadSteeringTest::ignoresWhatChangesNothing()
{
    LoadSteering steering(openPlan());
    QVERIFY(!steering.obey({Kind::Resume}, 1s));
    QVERIFY(!steering.obey({Kind::BackToPlan}, 1s));
    QVERIFY(!steering.obey({Kind::SetRate, std::nan("")}, 1s));
    QVERIFY(steering.obey({Kind::SetRate, 80.0}, 1s));
    QVERIFY(!steering.obey({Kind::SetRate, 80.0}, 2s));
    QVERIFY(steering.obey({Kind::Pause}, 3s));
    QVERIFY(!steering.obey({Kind::Pause}, 4s));
}

void LoadSteeringTest::ignoresOrdersForTheOtherModel()
{
    QVERIFY(!LoadSteering(openPlan()).obey({Kind::SetUsers, 5.0}, 1s));
    QVERIFY(!LoadSteering(closedPlan()).obey({Kind::SetRate, 5.0}, 1s));
}

void LoadSteeringTest::ignoresARateWithoutAWeightedFlow()
{
    const auto plan = openPlan();
    plan->flows[0].rate = Rate::perSecond(3);
    LoadSteering steering(plan);
    QVERIFY(!steering.obey({Kind::SetRate, 5.0}, 1s));
    QVERIFY(steering.obey({Kind::Pause}, 1s));
}

void LoadSteeringTest::ignoresOrdersAtThePlannedEnd()
{
    LoadSteering steering(openPlan());
    QVERIFY(!steering.obey({Kind::Pause}, 9950ms));
    QVERIFY(steering.obey({Kind::Pause}, 9949ms));
}

QTEST_GUILESS_MAIN(LoadSteeringTest)
#include "tst_loadsteering.moc"
