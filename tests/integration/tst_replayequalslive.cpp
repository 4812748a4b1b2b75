// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run.h"
#include "core/session/sessionreplayer.h"
#include "tests/core/session/samplesession.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/manualclock.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// Steps that answer, fail and are rejected, a probe's series, an observation and batches' like: what frames can hold.
const QByteArray kScenario = "headroom: 1\nname: live\ntarget: { practice: { service_time: '*=3 ms' } }\n"
                             "flows: [ { steps: [ { get: /documents/17 }, { get: /nowhere, expect: [200] } ] } ]\n"
                             "load: { stages: [ { name: warm up, rate: 20/s, for: 1 s, warm_up: true }, { name: "
                             "steady, rate: 40/s, for: 2 s } ] }\n"
                             "rules: [ p95 < 1 s ]\n";

/// Everything that a source says of its run.
struct Heard
{
    explicit Heard(MetricsSource &source)
    {
        QObject::connect(&source, &MetricsSource::frameReady, &context,
                         [this](const FramePtr &frame) { frames.push_back(frame); });
        QObject::connect(&source, &MetricsSource::eventHappened, &context,
                         [this](const RunEvent &event) { events.push_back(event); });
    }
    QObject context;
    std::vector<FramePtr> frames;
    std::vector<RunEvent> events;
};

QStringList textsOf(std::vector<RunEvent> events)
{
    QStringList texts;
    for (const RunEvent &event : events)
        texts << QStringLiteral("%1 %2 %3").arg(event.at.count()).arg(event.kind, event.text);
    texts.sort();
    return texts;
}

} // namespace

/// A replay delivers, second by second, what the live run has delivered.
class ReplayEqualsLiveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void frameByFrame();
};

void ReplayEqualsLiveTest::frameByFrame()
{
    const QTemporaryDir folder;
    RunRequest request;
    request.scenarioText = kScenario;
    request.sessionPath = folder.filePath(QStringLiteral("s.headroom"));
    request.targetProgram = targetProgram();
    auto prepared = prepare(kScenario);
    QVERIFY(prepared.has_value());
    Run run(request, std::move(*prepared));
    const Heard live(run);
    QSignalSpy finished(&run, &Run::finished);
    run.start();
    QVERIFY(finished.wait(60'000));
    QVERIFY(!finished.front().front().value<std::optional<Error>>());
    QVERIFY(live.frames.size() >= 3);

    ManualClock clock;
    SessionReplayer replayer(clock);
    QSignalSpy loaded(&replayer, &SessionReplayer::loaded);
    replayer.open(request.sessionPath);
    QVERIFY(loaded.wait(60'000));
    QVERIFY(*replayer.facts() == *run.facts());
    const Heard replayed(replayer);
    replayer.setSpeed(SessionReplayer::kFastest);
    replayer.play();
    while (replayer.isPlaying())
        QVERIFY(clock.advanceToNextAlarm());
    QCOMPARE(replayed.frames.size(), live.frames.size());
    for (std::size_t i = 0; i < live.frames.size(); ++i) {
        QCOMPARE(differenceOf(*replayed.frames[i], *live.frames[i]), QString());
        QVERIFY(replayed.frames[i]->exemplars == live.frames[i]->exemplars);
    }
    QCOMPARE(textsOf(replayed.events), textsOf(live.events));
}

QTEST_GUILESS_MAIN(ReplayEqualsLiveTest)
#include "tst_replayequalslive.moc"
