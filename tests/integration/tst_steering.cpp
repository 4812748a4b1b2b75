// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/plan/arrivalschedule.h"
#include "core/run/run.h"
#include "core/session/sessionreader.h"
#include "tests/support/targetprocess.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

constexpr int kEndLimitMs = 20'000;

/// A run of two workers against a practice target of its own, and what it told.
class SteeredRun
{
public:
    /// `load`: the part of the scenario behind "load:".
    bool start(const QByteArray &load)
    {
        if (!m_target.start({QStringLiteral("--service-time"), QStringLiteral("*=2ms")}))
            return false;
        RunRequest request;
        request.scenarioText = "headroom: 1\ntarget: { url: '" + m_target.url().toEncoded()
            + "' }\nflows: [ { steps: [ { get: /documents/17 } ] } ]\nload: " + load + "\n";
        request.sessionPath = m_folder.filePath(QStringLiteral("s.headroom"));
        request.workers = 2;
        request.canBeSteered = true;
        auto preparation = prepare(request.scenarioText);
        if (!preparation)
            return false;
        run = std::make_unique<Run>(std::move(request), std::move(*preparation));
        steered = std::make_unique<QSignalSpy>(run.get(), &Run::loadSteered);
        finished = std::make_unique<QSignalSpy>(run.get(), &Run::finished);
        QObject::connect(run.get(), &MetricsSource::frameReady, [this](const FramePtr &frame) {
            frames.push_back(frame);
            if (const auto order = orders.find(frame->second); order != orders.end())
                order->second(*run);
        });
        run->start();
        return true;
    }

    QString sessionPath() const { return m_folder.filePath(QStringLiteral("s.headroom")); }
    int rowsOfTruth() { return int(m_target.stopAndReadLog(QStringLiteral("headroom")).size()); }

    std::vector<RunEvent> storedChanges() const
    {
        const auto session = SessionReader::open(sessionPath());
        if (!session)
            return {};
        auto events = (*session)->events().value_or(std::vector<RunEvent>());
        std::erase_if(events, [](const RunEvent &event) { return event.kind != QLatin1String("steer") && event.kind != QLatin1String("rule"); });
        return events;
    }

    std::uint64_t requests() const
    {
        std::uint64_t sum = 0;
        for (const FramePtr &frame : frames)
            sum += frame->requests().requests + frame->requests().resends;
        return sum;
    }

    std::map<int, std::function<void(Steering &)>> orders; ///< Given when the frame of a second is there.
    std::vector<FramePtr> frames;
    std::unique_ptr<Run> run;
    std::unique_ptr<QSignalSpy> steered;
    std::unique_ptr<QSignalSpy> finished;

private:
    TargetProcess m_target;
    QTemporaryDir m_folder;
};

} // namespace

/// The hand on the load of a real run: what is offered, sent, received and stored follows it.
class SteeringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theOfferedRateFollowsTheHand();
    void usersComeAndGo();
    void hasWorkersForUsersThatAHandMayBring();
    void stagesAndRulesFollowTheHand();
};

void SteeringTest::theOfferedRateFollowsTheHand()
{
    SteeredRun steered;
    steered.orders = {{0, [](Steering &load) { load.setRate(Rate::perSecond(200)); }},
                      {1, [](Steering &load) { load.pause(); }},
                      {2, [](Steering &load) { load.resume(); }},
                      {3, [](Steering &load) { load.backToPlan(); }}};
    QVERIFY(steered.start("{ stages: [ { rate: 50/s, for: 5 s } ] }"));
    QTRY_COMPARE_WITH_TIMEOUT(steered.finished->size(), 1, kEndLimitMs);
    QVERIFY(!steered.finished->front()[0].value<std::optional<Error>>());

    const std::vector<RunEvent> changes = steered.storedChanges();
    QCOMPARE(changes.size(), 4u);
    QCOMPARE(changes[0].text, QStringLiteral("rate set to 200/s by hand (planned 50/s)"));
    QCOMPARE(changes[1].text, QStringLiteral("paused by hand"));
    const Nanoseconds pause = changes[2].at - changes[1].at;
    QCOMPARE(changes[2].text,
             QStringLiteral("resumed after %1, at 200/s (planned 50/s)").arg(formatDuration(pause)));
    QCOMPARE(changes[3].text, QStringLiteral("back to plan, at 50/s"));
    QCOMPARE(steered.steered->size(), 4);
    const auto paused = steered.steered->at(1)[0].value<SteeredLoad>();
    QVERIFY(paused.isPaused);
    QCOMPARE(paused.value, 200.0);

    // The instants stand in the events; what is to be offered follows from them. The plan has waited for the pause.
    const ArrivalSchedule truth(LoadProfile({{changes[0].at, 50.0, 50.0},
                                             {changes[1].at - changes[0].at, 200.0, 200.0},
                                             {pause, 0.0, 0.0},
                                             {changes[3].at - changes[2].at, 200.0, 200.0},
                                             {5s + pause - changes[3].at, 50.0, 50.0}}));
    for (int second = 0; second < 5; ++second) {
        const auto planned = truth.countBefore((second + 1) * 1s) - truth.countBefore(second * 1s);
        QCOMPARE(steered.frames[std::size_t(second)]->offeredPerSecond, double(planned));
    }
    QVERIFY(steered.frames[1]->offeredPerSecond > 150.0);
    QVERIFY(steered.frames[2]->offeredPerSecond < 100.0);
    QCOMPARE(steered.requests(), truth.countBefore(5s + pause));
    for (const FramePtr &frame : steered.frames) {
        const bool isPaused = frame->second >= changes[1].at / 1s && frame->second * 1s < changes[2].at;
        QCOMPARE(frame->isPaused(), isPaused);
        QCOMPARE(frame->isDrain, frame->second * 1s >= 5s + pause);
    }
    QCOMPARE(steered.rowsOfTruth(), int(steered.requests()));
}

void SteeringTest::usersComeAndGo()
{
    SteeredRun steered;
    steered.orders = {{0, [](Steering &load) { load.setUsers(20); }}, {1, [](Steering &load) { load.setUsers(3); }}};
    QVERIFY(steered.start("{ stages: [ { users: 2, for: 3500 ms } ] }"));
    QTRY_COMPARE_WITH_TIMEOUT(steered.finished->size(), 1, kEndLimitMs);
    std::vector<std::uint64_t> active;
    std::vector<double> planned;
    for (int second = 0; second < 3; ++second) {
        active.push_back(steered.frames[std::size_t(second)]->activeUsers);
        planned.push_back(steered.frames[std::size_t(second)]->plannedUsers);
    }
    QCOMPARE(active, (std::vector<std::uint64_t>{2, 20, 3}));
    QCOMPARE(planned, (std::vector<double>{2, 20, 3}));
    QCOMPARE(steered.storedChanges().size(), 2u);
    QVERIFY(steered.requests() > 0);
    QCOMPARE(steered.rowsOfTruth(), int(steered.requests()));
}

void SteeringTest::hasWorkersForUsersThatAHandMayBring()
{
    // One user needs one worker; the second is idle until more come.
    SteeredRun steered;
    steered.orders = {{0, [](Steering &load) { load.setUsers(4); }}};
    QVERIFY(steered.start("{ stages: [ { users: 1, for: 2500 ms } ] }"));
    QTRY_COMPARE_WITH_TIMEOUT(steered.finished->size(), 1, kEndLimitMs);
    QCOMPARE(steered.run->facts()->workers, 2);
    QCOMPARE(steered.frames[0]->activeUsers, 1u);
    QCOMPARE(steered.frames[1]->activeUsers, 4u);
    QCOMPARE(steered.rowsOfTruth(), int(steered.requests()));
}

void SteeringTest::stagesAndRulesFollowTheHand()
{
    SteeredRun steered;
    std::optional<Error> refused;
    steered.orders = {{0, [&refused](Steering &run) {
                           if (const auto taken = run.setRules({QStringLiteral("p95(nowhere) < 1 s")}); !taken)
                               refused = taken.error();
                           (void)run.setRules({QStringLiteral("p95 < 1 s")});
                           run.hold();
                       }},
                      {1, [](Steering &run) { run.release(); }},
                      {2, [](Steering &run) { run.skipStage(); }},
                      {3, [](Steering &run) { run.extendStage(1s); }}};
    QVERIFY(steered.start("{ stages: [ { name: a, rate: 20/s, for: 5 s }, { name: b, rate: 50/s, for: 2 s } ] }"));
    QTRY_COMPARE_WITH_TIMEOUT(steered.finished->size(), 1, kEndLimitMs);
    QVERIFY(!steered.finished->front()[0].value<std::optional<Error>>());
    QVERIFY(refused && refused->message.contains(QStringLiteral("nowhere")));

    std::vector<RunEvent> changes = steered.storedChanges();
    QCOMPARE(changes.size(), 6u);
    QCOMPARE(changes[0].text, QStringLiteral("rule switched off by hand: achieved >= 99 %"));
    QCOMPARE(changes[0].kind, QStringLiteral("rule")); // changes no load
    QCOMPARE(changes[1].kind, QStringLiteral("rule"));
    QCOMPARE(changes[2].kind, QStringLiteral("steer"));
    QVERIFY(changes[1].text.startsWith(QStringLiteral("rule added by hand: p95 < 1 s from ")));
    QCOMPARE(changes[2].text, QStringLiteral("held by hand at 20/s, in stage 'a'"));
    QVERIFY(changes[3].text.startsWith(QStringLiteral("released after it was held for ")));
    QVERIFY(changes[4].text.endsWith(QStringLiteral("of it, for stage 'b'")));
    QCOMPARE(changes[5].text, QStringLiteral("stage 'b' made 1.00 s longer by hand"));

    // 20/s until the skip, then 50/s for 2 s and 1 s more.
    const Nanoseconds skip = changes[4].at;
    const ArrivalSchedule truth(LoadProfile({{skip, 20.0, 20.0}, {3s, 50.0, 50.0}}));
    QCOMPARE(steered.requests(), truth.countBefore(skip + 3s));
    QCOMPARE(steered.rowsOfTruth(), int(steered.requests()));
    for (const FramePtr &frame : steered.frames) {
        QCOMPARE(frame->stage.value, frame->second * 1s < skip ? 0 : 1);
        QCOMPARE(frame->isMeasured, frame->second * 1s < skip + 3s);
    }
    const auto session = SessionReader::open(steered.sessionPath());
    QVERIFY(session);
    QCOMPARE((*session)->facts()->rules, steered.run->facts()->rules);
    QCOMPARE((*session)->facts()->rules.size(), 1);
    const auto events = (*session)->events().value();
    QVERIFY(std::ranges::contains(events, RunEvent{skip, QStringLiteral("stage"), QStringLiteral("stage 'b' begins")}));
}

QTEST_GUILESS_MAIN(SteeringTest)
#include "tst_steering.moc"
