// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadsteering.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <utility>

using namespace Headroom;

namespace {

using Kind = SteeringOrder::Kind;

std::shared_ptr<Plan> openPlan()
{
    auto plan = std::make_shared<Plan>();
    plan->isOpenModel = true;
    plan->length = 10s;
    plan->profile = LoadProfile({{4s, 60.0, 60.0}, {6s, 30.0, 30.0}});
    plan->stages = {{QStringLiteral("day"), 0s, 4s, 60.0, 60.0, false}, {QStringLiteral("night"), 4s, 6s, 30.0, 30.0, false}};
    plan->flows = {{QStringLiteral("mix"), 3.0, 0.75, std::nullopt, {}}, {QStringLiteral("rest"), 1.0, 0.25, std::nullopt, {}}};
    plan->streams.push_back({{{0}, {1}}, {0.75, 1.0}, ArrivalSchedule(plan->profile)});
    return plan;
}

std::shared_ptr<Plan> closedPlan()
{
    auto plan = std::make_shared<Plan>();
    plan->length = 10s;
    plan->userCap = 10;
    plan->profile = LoadProfile({{10s, 0.0, 10.0}});
    plan->flows = {{QStringLiteral("mix"), 1.0, 1.0, std::nullopt, {}}};
    plan->stages = {{QStringLiteral("up"), 0s, 10s, 0.0, 10.0, false}};
    plan->streams.push_back({{{0}}, {1.0}, ArrivalSchedule(LoadProfile())});
    return plan;
}

/// Value and pause of a load, the rest aside.
using Hand = std::pair<std::optional<double>, bool>;
Hand hand(const SteeredLoad &load) { return {load.value, load.isPaused}; }

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
    void movesTheEndWhilePausedOrHeld();
    void holdsUnderAPause();
    void skipsStageAfterStage();
    void extendsTheStageThatIsOn();
    void skipsOutOfAnExtension();
    void keepsSkipsAndExtensionsWhenItGoesBackToPlan();
    void refusesWhatIsNoMix_data();
    void refusesWhatIsNoMix();
    void clampsFactorAndExtension();
    void leavesBatchesTheirCourse();
    void hasNoEndToMoveWithoutALength();
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
    QCOMPARE(hand(change->load), (Hand{80.0, false}));
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
    row("resume as planned", true, {pause, resume}, "resumed after 1.00 s, as planned, at 60/s");
    row("resume by hand", true, {rate, pause, resume}, "resumed after 1.00 s, at 80/s (planned 60/s)");
    const SteeringOrder hold{Kind::Hold};
    row("hold", true, {hold}, "held by hand at 60/s, in stage 'day'");
    row("hold by hand", true, {rate, hold}, "held by hand at 80/s, in stage 'day'");
    row("release", true, {hold, {Kind::Release}}, "released after it was held for 1.00 s, as planned, at 60/s");
    row("resume to a hold", true, {hold, pause, resume}, "resumed after 1.00 s, held at 60/s");
    const SteeringOrder skip{Kind::SkipStage};
    row("skip", true, {skip}, "stage 'day' ended by hand after 50.0 ms of it, for stage 'night'");
    row("skip the last", true, {skip, skip}, "stage 'night' ended by hand after 1.00 s of it, and with it the load");
    row("extend", true, {{Kind::ExtendStage, 30.0}}, "stage 'day' made 30.0 s longer by hand");
    row("mix", true, {{Kind::SetMix, 0.0, {1.0, 3.0}}}, "mix set by hand: mix 25 %, rest 75 %");
    row("think", true, {{Kind::SetThinkFactor, 0.5}}, "think times and paces set to 50 % by hand");
    row("rate in a pause", true, {pause, rate}, "rate set to 80/s by hand (planned 60/s), once the pause is over");
    row("back", true, {rate, back}, "back to plan, at 60/s");
    // 0 to 10 users in 10 s: at 0.05 s one is wanted.
    row("users", false, {users}, "users set to 12 by hand (planned 1)");
    // The pause began at 1.05 s: two of 0 to 10 users.
    row("resume with users", false, {users, pause, resume}, "resumed after 1.00 s, at 12 users (planned 2)");
}

void LoadSteeringTest::saysWhatWasDone()
{
    QFETCH(bool, isOpen);
    QFETCH(std::vector<SteeringOrder>, orders);
    LoadSteering steering(isOpen ? openPlan() : closedPlan());
    std::optional<SteeredChange> last;
    for (Nanoseconds now{}; const SteeringOrder &order : orders) {
        last = steering.obey(order, std::exchange(now, now + 1s));
        QVERIFY(last);
    }
    QTEST(last->event.text, "text");
}

void LoadSteeringTest::keepsAValueThroughAPause()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::SetRate, 80.0}, 1s);
    const auto paused = steering.obey({Kind::Pause}, 2s);
    QCOMPARE(hand(paused->load), (Hand{80.0, true}));
    QCOMPARE(paused->plan->profile.valueAt(3s), 0.0);
    const auto changed = steering.obey({Kind::SetRate, 20.0}, 3s);
    QCOMPARE(changed->plan->profile.valueAt(4s), 0.0); // still
    const auto resumed = steering.obey({Kind::Resume}, 4s);
    QCOMPARE(hand(resumed->load), (Hand{20.0, false}));
    QCOMPARE(resumed->plan->profile.valueAt(5s), 20.0);
}

void LoadSteeringTest::goesBackToPlanFromAPause()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::SetRate, 80.0}, 1s);
    steering.obey({Kind::Pause}, 2s);
    const auto back = steering.obey({Kind::BackToPlan}, 3s);
    QVERIFY(!back->load.isByHand());
    QCOMPARE(back->plan->profile.valueAt(4s), 60.0); // a second of the plan was paused
    QCOMPARE(back->plan->length, 11s);
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
    plan->flows[0].rate = plan->flows[1].rate = Rate::perSecond(3);
    plan->streams = {{{{0}}, {1.0}, ArrivalSchedule(plan->profile)}, {{{1}}, {1.0}, ArrivalSchedule(plan->profile)}};
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

void LoadSteeringTest::movesTheEndWhilePausedOrHeld()
{
    LoadSteering steering(openPlan());
    QCOMPARE(steering.end(), 10s);
    steering.obey({Kind::Hold}, 950ms);
    QCOMPARE(steering.end(), 1h + 1s);
    QVERIFY(steering.obey({Kind::Pause}, 30min)); // far behind the end as it was written
    QVERIFY(steering.obey({Kind::Resume}, 31min));
    const auto released = steering.obey({Kind::Release}, 60min - 50ms);
    QCOMPARE(released->load.time.at(1h), 1s);
    QCOMPARE(steering.end(), 1h + 9s);
    QCOMPARE(released->plan->length, 1h + 9s);
    QVERIFY(!steering.obey({Kind::Hold}, 1h + 9s));
}

void LoadSteeringTest::holdsUnderAPause()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::Hold}, 950ms);
    const auto paused = steering.obey({Kind::Pause}, 1950ms);
    QCOMPARE(paused->plan->profile.valueAt(3s), 0.0);
    QVERIFY(paused->load.isHeld && paused->load.isPaused);
    const auto resumed = steering.obey({Kind::Resume}, 2950ms);
    QCOMPARE(resumed->plan->profile.valueAt(100s), 60.0);
    QCOMPARE(resumed->load.time.at(100s), 1s);
    QVERIFY(steering.obey({Kind::BackToPlan}, 3950ms));
    QCOMPARE(steering.load().time.at(5s), 2s);
}

void LoadSteeringTest::skipsStageAfterStage()
{
    LoadSteering steering(openPlan());
    const auto first = steering.obey({Kind::SkipStage}, 950ms);
    QCOMPARE(first->plan->profile.valueAt(1s - 1ns), 60.0);
    QCOMPARE(first->plan->profile.valueAt(1s), 30.0);
    QCOMPARE(steering.end(), 7s);
    const auto last = steering.obey({Kind::SkipStage}, 2950ms);
    QCOMPARE(last->plan->length, 3s);
    QCOMPARE(steering.end(), 3s);
    QVERIFY(!steering.obey({Kind::SkipStage}, 2960ms));
}

void LoadSteeringTest::extendsTheStageThatIsOn()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::ExtendStage, 30.0}, 1s);
    const auto more = steering.obey({Kind::ExtendStage, 5.0}, 20s); // in the time that was added
    QCOMPARE(more->event.text, QStringLiteral("stage 'day' made 5.00 s longer by hand"));
    QCOMPARE(more->plan->profile.valueAt(39s - 1ns), 60.0);
    QCOMPARE(more->plan->profile.valueAt(39s), 30.0);
    QCOMPARE(steering.end(), 45s);
    QVERIFY(!more->load.isByHand());
}

void LoadSteeringTest::skipsOutOfAnExtension()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::ExtendStage, 30.0}, 1s);
    const auto skipped = steering.obey({Kind::SkipStage}, 19950ms);
    QCOMPARE(skipped->plan->profile.valueAt(20s), 30.0);
    QCOMPARE(steering.end(), 26s);
}

void LoadSteeringTest::keepsSkipsAndExtensionsWhenItGoesBackToPlan()
{
    LoadSteering steering(openPlan());
    steering.obey({Kind::SkipStage}, 950ms);
    steering.obey({Kind::ExtendStage, 3.0}, 950ms);
    steering.obey({Kind::SetRate, 5.0}, 2s);
    steering.obey({Kind::SetMix, 0.0, {1.0, 1.0}}, 2s);
    steering.obey({Kind::SetThinkFactor, 2.0}, 2s);
    const auto back = steering.obey({Kind::BackToPlan}, 3s);
    QVERIFY(!back->load.isByHand());
    QCOMPARE(steering.end(), 10s); // 1 + 6 + 3
    QCOMPARE(back->plan->streams[0].flowAt(0.6, 3s).value, 1);
    QCOMPARE(back->plan->streams[0].flowAt(0.6, 4s).value, 0);
    QCOMPARE(back->plan->thinkFactorAt(4s), 1.0);
    QVERIFY(!steering.obey({Kind::BackToPlan}, 5s));
}

void LoadSteeringTest::refusesWhatIsNoMix_data()
{
    QTest::addColumn<std::vector<double>>("weights");
    QTest::newRow("none") << std::vector<double>{};
    QTest::newRow("too few") << std::vector<double>{1.0};
    QTest::newRow("too many") << std::vector<double>{1.0, 1.0, 1.0};
    QTest::newRow("all zero") << std::vector<double>{0.0, 0.0};
    QTest::newRow("negative") << std::vector<double>{2.0, -1.0};
    QTest::newRow("not a number") << std::vector<double>{1.0, std::nan("")};
    QTest::newRow("endless") << std::vector<double>{1.0, std::numeric_limits<double>::infinity()};
}

void LoadSteeringTest::refusesWhatIsNoMix()
{
    QFETCH(std::vector<double>, weights);
    LoadSteering steering(openPlan());
    QVERIFY(!steering.obey({Kind::SetMix, 0.0, weights}, 1s));
}

void LoadSteeringTest::clampsFactorAndExtension()
{
    LoadSteering steering(openPlan());
    QCOMPARE(steering.obey({Kind::SetThinkFactor, 1e9}, 1s)->load.thinkFactor, 10.0);
    QCOMPARE(steering.obey({Kind::SetThinkFactor, -1.0}, 1s)->load.thinkFactor, 0.0);
    QVERIFY(!steering.obey({Kind::SetThinkFactor, std::nan("")}, 1s));
    QVERIFY(!steering.obey({Kind::ExtendStage, 0.0}, 1s));
    QVERIFY(!steering.obey({Kind::ExtendStage, -5.0}, 1s));
    QVERIFY(!steering.obey({Kind::ExtendStage, std::nan("")}, 1s));
    QVERIFY(steering.obey({Kind::ExtendStage, 1e300}, 1s));
    QCOMPARE(steering.end(), 1h + 10s);
}

void LoadSteeringTest::leavesBatchesTheirCourse()
{
    const auto plan = closedPlan();
    plan->batches = Scenario::Batches{};
    LoadSteering steering(plan);
    QVERIFY(!steering.obey({Kind::Hold}, 1s));
    QVERIFY(!steering.obey({Kind::SkipStage}, 1s));
    QVERIFY(!steering.obey({Kind::ExtendStage, 5.0}, 1s));
    QVERIFY(steering.obey({Kind::Pause}, 1s));
}

void LoadSteeringTest::hasNoEndToMoveWithoutALength()
{
    const auto plan = closedPlan();
    plan->length = 0s;
    plan->profile = LoadProfile({{LoadProfile::kEndless, 5.0, 5.0}});
    plan->stages = {{QStringLiteral("all"), 0s, 0s, 5.0, 5.0, false}};
    LoadSteering steering(plan);
    QVERIFY(!steering.obey({Kind::ExtendStage, 5.0}, 1s));
    QCOMPARE(steering.obey({Kind::Hold}, 950ms)->plan->length, 1h + 1s);
    QCOMPARE(steering.obey({Kind::Release}, 1950ms)->plan->length, 0s);
    QCOMPARE(steering.obey({Kind::SkipStage}, 2950ms)->plan->length, 3s);
}

QTEST_GUILESS_MAIN(LoadSteeringTest)
#include "tst_loadsteering.moc"
