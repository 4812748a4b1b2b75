// SPDX-License-Identifier: GPL-3.0-or-later
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

    int rowsOfTruth() { return int(m_target.stopAndReadLog(QStringLiteral("headroom")).size()); }

    std::vector<RunEvent> storedChanges() const
    {
        const auto session = SessionReader::open(m_folder.filePath(QStringLiteral("s.headroom")));
        if (!session)
            return {};
        auto events = (*session)->events().value_or(std::vector<RunEvent>());
        std::erase_if(events, [](const RunEvent &event) { return event.kind != QLatin1String("steer"); });
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
    QCOMPARE(changes[2].text, QStringLiteral("resumed at 200/s (planned 50/s)"));
    QCOMPARE(changes[3].text, QStringLiteral("back to plan, at 50/s"));
    QCOMPARE(steered.steered->size(), 4);
    QCOMPARE(steered.steered->at(1)[0].value<SteeredLoad>(), (SteeredLoad{200.0, true}));

    // The instants stand in the events; what is to be offered follows from them.
    const ArrivalSchedule truth(LoadProfile({{changes[0].at, 50.0, 50.0},
                                             {changes[1].at - changes[0].at, 200.0, 200.0},
                                             {changes[2].at - changes[1].at, 0.0, 0.0},
                                             {changes[3].at - changes[2].at, 200.0, 200.0},
                                             {5s - changes[3].at, 50.0, 50.0}}));
    for (int second = 0; second < 5; ++second) {
        const auto planned = truth.countBefore((second + 1) * 1s) - truth.countBefore(second * 1s);
        QCOMPARE(steered.frames[std::size_t(second)]->offeredPerSecond, double(planned));
    }
    QVERIFY(steered.frames[1]->offeredPerSecond > 150.0);
    QVERIFY(steered.frames[2]->offeredPerSecond < 100.0);
    QCOMPARE(steered.requests(), truth.countBefore(5s));
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

QTEST_GUILESS_MAIN(SteeringTest)
#include "tst_steering.moc"
