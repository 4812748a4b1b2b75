// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreplayer.h"

#include "tests/core/session/samplesession.h"
#include "tests/support/manualclock.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// Seconds of 1 s each, as many as asked for; an event before the start, one in each second and one behind the end.
QString writeSession(const QString &path, int seconds, bool isFinished = true)
{
    auto writer = SessionWriter::create(path, sampleHead());
    if (!writer)
        return writer.error().text();
    const RunEvent before{-500ms, QStringLiteral("note"), QStringLiteral("before")};
    const RunEvent behind{seconds * Nanoseconds(1s) + 3s, QStringLiteral("note"), QStringLiteral("behind")};
    bool isFine = (*writer)->append(before).has_value();
    for (int second = 0; second < seconds; ++second) {
        MetricsFrame frame = sampleFrame(second);
        frame.length = 1s;
        frame.events = {
            {second * Nanoseconds(1s) + 250ms, QStringLiteral("note"), QStringLiteral("in %1").arg(second)}};
        isFine = isFine && (*writer)->append(frame);
    }
    isFine = isFine && (*writer)->append(behind);
    if (isFinished)
        isFine = isFine && (*writer)->finish(sampleEnding(), kSampleEndedAtMs);
    return isFine ? QString() : QStringLiteral("the session was not written");
}

/// Everything a replayer says of its run, as words in order: "0" and so on for frames, "in 0" for events, "rewound 3".
struct Log
{
    explicit Log(SessionReplayer &replayer)
    {
        QObject::connect(&replayer, &MetricsSource::frameReady, [this](const FramePtr &frame) {
            words += QString::number(frame->second);
            frames.push_back(frame);
        });
        QObject::connect(&replayer, &MetricsSource::eventHappened,
                         [this](const RunEvent &event) { words += event.text; });
        QObject::connect(&replayer, &MetricsSource::rewound,
                         [this](const std::vector<FramePtr> &all, const std::vector<RunEvent> &events) {
                             words += QStringLiteral("rewound %1, %2").arg(all.size()).arg(events.size());
                             frames = all;
                         });
    }
    QString take() { return std::exchange(words, {}).join(QStringLiteral(" | ")); }

    QStringList words;
    std::vector<FramePtr> frames;
};

} // namespace

class SessionReplayerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deliversTheWholeSessionFirst();
    void readsTheSameFramesAsTheReader();
    void playsInTheOrderOfTheRun();
    void playsAtTheSpeedThatIsSet_data();
    void playsAtTheSpeedThatIsSet();
    void changesItsSpeedOnTheWay();
    void clampsSpeeds();
    void movesSmoothly();
    void standsStillWhilePaused();
    void pausesItselfAtTheEnd();
    void beginsAnewFromTheEnd();
    void seeksForwardWithTheFramesBetween();
    void seeksFarForwardWithARewind();
    void seeksBackwardWithARewind();
    void deliversAgainWhatIsShown();
    void isOverWithTheLastFrame();
    void clampsSeeks();
    void goesOnPlayingAfterASeek();
    void letsAListenerSeek();
    void letsAListenerPause();
    void readsAKilledSession();
    void replaysASessionWithoutFrames();
    void tellsOfADamagedFile();
    void tellsOfAMissingFile();
    void doesNothingBeforeItIsLoaded();
    void endsPromptlyWhileLoading();

private:
    void load(SessionReplayer &replayer, int seconds);
    std::optional<QTemporaryDir> m_folder;
    ManualClock m_clock;
};

void SessionReplayerTest::init() { m_folder.emplace(); }

void SessionReplayerTest::load(SessionReplayer &replayer, int seconds)
{
    const QString path = m_folder->filePath(QStringLiteral("%1.headroom").arg(seconds));
    QCOMPARE(writeSession(path, seconds), QString());
    const QSignalSpy loaded(&replayer, &SessionReplayer::loaded);
    replayer.open(path);
    QTRY_COMPARE(loaded.count(), 1);
}

void SessionReplayerTest::deliversTheWholeSessionFirst()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    QSignalSpy progress(&replayer, &SessionReplayer::progressed);
    QSignalSpy positions(&replayer, &SessionReplayer::positionChanged);
    load(replayer, 300);
    QCOMPARE(log.take(), QStringLiteral("rewound 300, 302"));
    QCOMPARE(progress.count(), 3); // 128, 128 and 44
    QCOMPARE(progress[0][0].toDouble(), 128 / 300.0);
    QCOMPARE(progress[2][0].toDouble(), 1.0);
    QCOMPARE(positions.count(), 1);
    QCOMPARE(replayer.length(), 300s);
    QCOMPARE(replayer.position(), 300s);
    QVERIFY(!replayer.isPlaying());
    QCOMPARE(*replayer.facts(), sampleHead().facts);
    QCOMPARE(replayer.head(), sampleHead());
    QCOMPARE(replayer.ending(), sampleEnding());
}

void SessionReplayerTest::readsTheSameFramesAsTheReader()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 4);
    const ReadSession read = readSession(m_folder->filePath(QStringLiteral("4.headroom")));
    QCOMPARE(read.frames.size(), 4u);
    const auto compare = [&] {
        QCOMPARE(log.frames.size(), read.frames.size());
        for (std::size_t i = 0; i < read.frames.size(); ++i)
            QCOMPARE(differenceOf(*log.frames[i], *read.frames[i]), QString());
    };
    compare();
    replayer.play();
    m_clock.advance(4s);
    compare();
}

void SessionReplayerTest::playsInTheOrderOfTheRun()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 2);
    log.take();
    replayer.play();
    QCOMPARE(log.take(), QStringLiteral("rewound 0, 0 | before"));
    m_clock.advance(249ms);
    QCOMPARE(log.take(), QString());
    m_clock.advance(1ms);
    QCOMPARE(log.take(), QStringLiteral("in 0"));
    m_clock.advance(749ms);
    QCOMPARE(log.take(), QString());
    m_clock.advance(1ms);
    QCOMPARE(log.take(), QStringLiteral("0"));
    m_clock.advance(1s);
    QCOMPARE(log.take(), QStringLiteral("in 1 | 1 | behind"));
}

void SessionReplayerTest::playsAtTheSpeedThatIsSet_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<Nanoseconds>("moved"); // in 2 s
    QTest::newRow("a quarter") << 0.25 << Nanoseconds(500ms);
    QTest::newRow("as it was") << 1.0 << Nanoseconds(2s);
    QTest::newRow("thrice") << 3.0 << Nanoseconds(6s);
    QTest::newRow("60 times") << 60.0 << Nanoseconds(120s);
    QTest::newRow("120 times") << 120.0 << Nanoseconds(240s);
}

void SessionReplayerTest::playsAtTheSpeedThatIsSet()
{
    QFETCH(const double, speed);
    QFETCH(const Nanoseconds, moved);
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 300);
    replayer.setSpeed(speed);
    replayer.play();
    m_clock.advance(2s);
    QCOMPARE(replayer.position(), moved);
    QCOMPARE(log.frames.size(), std::size_t(moved / 1s));
    QVERIFY(replayer.isPlaying());
}

void SessionReplayerTest::changesItsSpeedOnTheWay()
{
    SessionReplayer replayer(m_clock);
    load(replayer, 100);
    replayer.play();
    m_clock.advance(1050ms);
    replayer.setSpeed(10.0);
    QCOMPARE(replayer.position(), 1050ms); // what was played at the old speed counts
    m_clock.advance(1s);
    replayer.setSpeed(0.5);
    QCOMPARE(replayer.position(), 11'050ms);
    m_clock.advance(1s);
    replayer.pause();
    QCOMPARE(replayer.position(), 11'550ms);
}

void SessionReplayerTest::clampsSpeeds()
{
    SessionReplayer replayer(m_clock);
    QCOMPARE(replayer.speed(), 1.0);
    replayer.setSpeed(0.0);
    QCOMPARE(replayer.speed(), SessionReplayer::kSlowest);
    replayer.setSpeed(1e9);
    QCOMPARE(replayer.speed(), SessionReplayer::kFastest);
    replayer.setSpeed(std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(replayer.speed(), 1.0);
}

void SessionReplayerTest::movesSmoothly()
{
    SessionReplayer replayer(m_clock);
    load(replayer, 3);
    replayer.play();
    std::vector<Nanoseconds> positions;
    connect(&replayer, &SessionReplayer::positionChanged, this, [&](Nanoseconds at) { positions.push_back(at); });
    m_clock.advance(500ms);
    // Every 100 ms, and where the event of 0.25 s lies.
    QCOMPARE(positions, (std::vector<Nanoseconds>{100ms, 200ms, 250ms, 350ms, 450ms}));
}

void SessionReplayerTest::standsStillWhilePaused()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    QSignalSpy playing(&replayer, &SessionReplayer::playingChanged);
    load(replayer, 10);
    replayer.play();
    m_clock.advance(1530ms);
    replayer.pause();
    QCOMPARE(replayer.position(), 1530ms); // not that of the last step
    QVERIFY(!replayer.isPlaying());
    log.take();
    m_clock.advance(60s);
    QCOMPARE(replayer.position(), 1530ms);
    QCOMPARE(log.take(), QString());
    replayer.play();
    m_clock.advance(470ms);
    QCOMPARE(log.take(), QStringLiteral("1")); // and no rewind
    QCOMPARE(replayer.position(), 2s);
    QCOMPARE(playing.count(), 3);
}

void SessionReplayerTest::pausesItselfAtTheEnd()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 3);
    QSignalSpy playing(&replayer, &SessionReplayer::playingChanged);
    replayer.play();
    m_clock.advance(10s);
    QCOMPARE(replayer.position(), 3s);
    QVERIFY(!replayer.isPlaying());
    QCOMPARE(playing.count(), 2);
    QCOMPARE(log.words.last(), QStringLiteral("behind"));
    QVERIFY(!m_clock.advanceToNextAlarm()); // it sleeps
}

void SessionReplayerTest::beginsAnewFromTheEnd()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 1);
    for (int times = 0; times < 2; ++times) {
        log.take();
        replayer.play();
        m_clock.advance(1s);
        QCOMPARE(log.take(), QStringLiteral("rewound 0, 0 | before | in 0 | 0 | behind"));
    }
}

void SessionReplayerTest::seeksForwardWithTheFramesBetween()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 20);
    replayer.seek(2s);
    log.take();
    replayer.seek(4500ms);
    QCOMPARE(log.take(), QStringLiteral("in 2 | 2 | in 3 | 3 | in 4"));
    QCOMPARE(replayer.position(), 4500ms);
    replayer.seek(9s); // five frames: 4 to 8
    QCOMPARE(log.take(), QStringLiteral("4 | in 5 | 5 | in 6 | 6 | in 7 | 7 | in 8 | 8"));
    QVERIFY(!replayer.isPlaying());
}

void SessionReplayerTest::seeksFarForwardWithARewind()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 20);
    replayer.seek(2s);
    log.take();
    replayer.seek(8s); // six frames
    QCOMPARE(log.take(), QStringLiteral("rewound 8, 9")); // an event before the start and one a second
    QCOMPARE(replayer.position(), 8s);
}

void SessionReplayerTest::seeksBackwardWithARewind()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 20);
    log.take();
    QSignalSpy positions(&replayer, &SessionReplayer::positionChanged);
    replayer.seek(3200ms);
    QCOMPARE(log.take(), QStringLiteral("rewound 3, 4"));
    QCOMPARE(replayer.position(), 3200ms);
    QCOMPARE(positions.count(), 1);
    replayer.seek(3200ms); // where it is
    QCOMPARE(log.take(), QString());
}

/// Whoever begins to listen after the session was loaded saw nothing: a seek to where it is delivers nothing.
void SessionReplayerTest::deliversAgainWhatIsShown()
{
    SessionReplayer replayer(m_clock);
    load(replayer, 30);
    replayer.seek(10s);
    Log log(replayer);
    replayer.deliverAgain();
    QVERIFY(log.take().startsWith(QStringLiteral("rewound 10,")));
    QCOMPARE(replayer.position(), 10s);
}

void SessionReplayerTest::isOverWithTheLastFrame()
{
    SessionReplayer replayer(m_clock);
    QVERIFY(!replayer.isOver());
    load(replayer, 30);
    QVERIFY(replayer.isOver());
    replayer.seek(29s);
    QVERIFY(!replayer.isOver());
    replayer.seek(30s);
    QVERIFY(replayer.isOver());
}

void SessionReplayerTest::clampsSeeks()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 3);
    log.take();
    replayer.seek(-5s);
    QCOMPARE(log.take(), QStringLiteral("rewound 0, 1"));
    QCOMPARE(replayer.position(), 0s);
    replayer.seek(1h);
    QCOMPARE(replayer.position(), 3s);
    QCOMPARE(log.take(), QStringLiteral("in 0 | 0 | in 1 | 1 | in 2 | 2 | behind"));
}

void SessionReplayerTest::goesOnPlayingAfterASeek()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 20);
    replayer.play();
    m_clock.advance(550ms);
    replayer.seek(10s);
    QVERIFY(replayer.isPlaying());
    log.take();
    m_clock.advance(1s);
    QCOMPARE(replayer.position(), 11s);
    QCOMPARE(log.take(), QStringLiteral("in 10 | 10"));
    replayer.seek(20s);
    QVERIFY(replayer.isPlaying());
    m_clock.advance(1s);
    QVERIFY(!replayer.isPlaying());
}

void SessionReplayerTest::letsAListenerSeek()
{
    SessionReplayer replayer(m_clock);
    load(replayer, 20);
    Log log(replayer);
    connect(&replayer, &MetricsSource::frameReady, this, [&](const FramePtr &frame) {
        if (frame->second == 1)
            replayer.seek(15s);
    });
    replayer.seek(0s);
    log.take();
    replayer.seek(4s); // delivers 0 and 1, and is then taken elsewhere
    QCOMPARE(log.take(), QStringLiteral("in 0 | 0 | in 1 | 1 | rewound 15, 16"));
    QCOMPARE(replayer.position(), 15s);
}

void SessionReplayerTest::letsAListenerPause()
{
    SessionReplayer replayer(m_clock);
    load(replayer, 5);
    connect(&replayer, &MetricsSource::frameReady, this, [&] { replayer.pause(); });
    replayer.play();
    m_clock.advance(3s);
    QCOMPARE(replayer.position(), 1s);
    QVERIFY(!replayer.isPlaying());
    QVERIFY(!m_clock.advanceToNextAlarm());
}

void SessionReplayerTest::readsAKilledSession()
{
    const QString path = m_folder->filePath(QStringLiteral("killed.headroom"));
    QCOMPARE(writeSession(path, 5, false), QString());
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    const QSignalSpy loaded(&replayer, &SessionReplayer::loaded);
    replayer.open(path + QStringLiteral(".part"));
    QTRY_COMPARE(loaded.count(), 1);
    QCOMPARE(log.frames.size(), 5u);
    QVERIFY(!replayer.ending().has_value());
}

void SessionReplayerTest::replaysASessionWithoutFrames()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    load(replayer, 0);
    QCOMPARE(log.take(), QStringLiteral("rewound 0, 2"));
    QCOMPARE(replayer.length(), 0s);
    replayer.seek(10s);
    QCOMPARE(replayer.position(), 0s);
    replayer.play();
    QCOMPARE(log.take(), QStringLiteral("rewound 0, 0 | before | behind"));
    QVERIFY(!replayer.isPlaying());
}

void SessionReplayerTest::tellsOfADamagedFile()
{
    const QString path = m_folder->filePath(QStringLiteral("damaged.headroom"));
    QCOMPARE(writeSession(path, 200), QString());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadWrite) && file.seek(file.size() / 2));
    QCOMPARE(file.write(QByteArray(64, 'x')), 64);
    file.close();
    SessionReplayer replayer(m_clock);
    const QSignalSpy loaded(&replayer, &SessionReplayer::loaded);
    QSignalSpy failed(&replayer, &SessionReplayer::failed);
    replayer.open(path);
    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed[0][0].value<Error>();
    QCOMPARE(error.code, Error::Code::InvalidInput);
    QCOMPARE(error.subject, path);
    QCOMPARE(loaded.count(), 0);
    replayer.play();
    QVERIFY(!replayer.isPlaying());
}

void SessionReplayerTest::tellsOfAMissingFile()
{
    SessionReplayer replayer(m_clock);
    QSignalSpy failed(&replayer, &SessionReplayer::failed);
    replayer.open(m_folder->filePath(QStringLiteral("none.headroom")));
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<Error>().code, Error::Code::NotFound);
}

void SessionReplayerTest::doesNothingBeforeItIsLoaded()
{
    SessionReplayer replayer(m_clock);
    Log log(replayer);
    replayer.play();
    replayer.pause();
    replayer.seek(1s);
    QVERIFY(!replayer.isPlaying());
    QVERIFY(!replayer.facts());
    QVERIFY(!replayer.ending().has_value());
    QCOMPARE(replayer.length(), 0s);
    QCOMPARE(log.take(), QString());
}

void SessionReplayerTest::endsPromptlyWhileLoading()
{
    const QString path = m_folder->filePath(QStringLiteral("long.headroom"));
    QCOMPARE(writeSession(path, 2000), QString());
    for (const bool isBegun : {false, true}) {
        auto replayer = std::make_unique<SessionReplayer>(m_clock);
        const QSignalSpy progress(replayer.get(), &SessionReplayer::progressed);
        const QSignalSpy loaded(replayer.get(), &SessionReplayer::loaded);
        replayer->open(path);
        if (isBegun)
            QTRY_VERIFY(progress.count() >= 1);
        QElapsedTimer ending;
        ending.start();
        replayer.reset();
        QVERIFY(ending.durationElapsed() < 1s);
        QCOMPARE(loaded.count(), 0);
    }
}

QTEST_GUILESS_MAIN(SessionReplayerTest)
#include "tst_sessionreplayer.moc"
