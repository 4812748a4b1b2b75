// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/session/scribbledsession.h"
#include "tests/core/session/wholesession.h"
#include "tests/support/longtests.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Headroom;

/// The recording program killed at moments that nobody chose: what it had told as committed is there, once and whole.
class SessionKillsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesNoCommittedSecond();
    void losesNothingWhenItIsKilledWhileItFinishes();
    void leavesNothingOrASessionWhenItIsKilledAtItsStart();
};

namespace {

/// What the scribbling program had told when it died; -1: nothing of that kind.
struct Told
{
    bool isCreated = false;
    bool isFinishing = false;
    bool isFinished = false;
    int committed = -1;
    int event = -1;
    int attached = -1;
};

void takeLine(Told &told, const QByteArray &line)
{
    const qsizetype blank = line.indexOf(' ');
    const QByteArray word = line.first(std::max<qsizetype>(0, blank));
    const int number = line.sliced(blank + 1).toInt();
    told.isCreated = told.isCreated || word == "created";
    told.isFinishing = told.isFinishing || word == "finishing";
    told.isFinished = told.isFinished || word == "finished";
    if (word == "committed")
        told.committed = number;
    else if (word == "event")
        told.event = number;
    else if (word == "attached")
        told.attached = number;
}

/// The scribbling program as a child, with its standard output as a pipe.
class Scribbler
{
public:
    Scribbler(const QString &path, std::uint64_t seed, int seconds)
    {
        const QByteArray name = QFile::encodeName(path);
        const QByteArray seedText = QByteArray::number(qulonglong(seed));
        const QByteArray secondsText = QByteArray::number(seconds);
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        m_process = fork();
        if (m_process == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl(HEADROOM_BIN_DIR "/tests-sessionscribbler", "tests-sessionscribbler", name.constData(), seedText.constData(),
                  secondsText.constData(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        m_output = ends[0];
    }
    ~Scribbler()
    {
        kill();
        close(m_output);
    }
    Scribbler(const Scribbler &) = delete;
    Scribbler &operator=(const Scribbler &) = delete;

    /// Reads on until what was told is enough, or it has ended.
    template <typename IsEnough> void readUntil(IsEnough isEnough)
    {
        while (!isEnough(m_told) && readSome()) { }
    }
    /// Goes on reading for so long.
    void readFor(std::chrono::microseconds time)
    {
        const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
        itimerspec end{};
        end.it_value = {time.count() / 1'000'000, time.count() % 1'000'000 * 1000 + 1}; // never 0, which would be never
        timerfd_settime(timer, 0, &end, nullptr);
        pollfd watched[2] = {{timer, POLLIN, 0}, {m_output, POLLIN, 0}};
        while (poll(watched, 2, -1) > 0 && watched[0].revents == 0 && readSome()) { }
        close(timer);
    }
    /// Whether the signal met it alive.
    bool kill()
    {
        if (m_process <= 0)
            return false;
        int status = 0;
        ::kill(m_process, SIGKILL);
        waitpid(m_process, &status, 0);
        m_process = -1;
        while (readSome()) { }
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }
    const Told &told() const { return m_told; }

private:
    bool readSome()
    {
        char bytes[4096];
        const ssize_t got = read(m_output, bytes, sizeof bytes);
        if (got <= 0)
            return false;
        m_line.append(bytes, got);
        for (qsizetype end; (end = m_line.indexOf('\n')) >= 0; m_line.remove(0, end + 1))
            takeLine(m_told, m_line.first(end));
        return true;
    }
    pid_t m_process = -1;
    int m_output = -1;
    QByteArray m_line;
    Told m_told;
};

/// Empty when the frames, samples, events and attachments are the seed's first ones, each once, as far as `told` says
/// and at most one further; else what is different.
QString differenceFromScribbled(const WholeSession &read, std::uint64_t seed, const Told &told)
{
    const int frames = int(read.frames.size());
    if (read.head != scribbledHead(seed))
        return QStringLiteral("the head");
    if (frames != read.frameCount || frames < told.committed + 1 || frames > told.committed + 2)
        return QStringLiteral("%1 frames, second %2 was told").arg(frames).arg(told.committed);
    for (int second = 0; second < frames; ++second) {
        const QString difference = differenceOf(*read.frames[std::size_t(second)], scribbledFrame(seed, second));
        if (!difference.isEmpty())
            return QStringLiteral("second %1: %2").arg(second).arg(difference);
        if (read.frames[std::size_t(second)]->exemplars != scribbledFrame(seed, second).exemplars)
            return QStringLiteral("second %1: exemplars").arg(second);
    }
    if (int(read.samples.size()) != frames)
        return QStringLiteral("%1 seconds of samples, %2 frames").arg(read.samples.size()).arg(frames);
    for (int second = 0; second < frames; ++second)
        if (read.samples[std::size_t(second)] != scribbledSamples(seed, second))
            return QStringLiteral("the samples of second %1").arg(second);
    if (int(read.attachments.size()) < told.attached + 1 || int(read.attachments.size()) > told.attached + 2)
        return QStringLiteral("%1 attachments, number %2 was told").arg(read.attachments.size()).arg(told.attached);
    for (std::size_t i = 0; i < read.attachments.size(); ++i)
        if (read.attachments[i] != scribbledAttachment(seed, int(i)))
            return QStringLiteral("attachment %1").arg(i);
    for (int i = 0; i <= told.event; ++i)
        if (std::ranges::count(read.events, scribbledEvent(seed, i)) != 1)
            return QStringLiteral("event %1").arg(i);
    return {};
}

/// In memory or on the disk, in turn: the one writes faster, the other waits for every commit.
QString folderFor(std::uint64_t seed)
{
    const bool isInMemory = seed % 2 == 0 && QFile::exists(QStringLiteral("/dev/shm"));
    return (isInMemory ? QStringLiteral("/dev/shm") : QDir::tempPath()) + QStringLiteral("/headroom-XXXXXX");
}

QString partOf(const QString &path) { return path + QLatin1String(".part"); }

} // namespace

void SessionKillsTest::losesNoCommittedSecond()
{
    const int kills = timesToTry(20, 200);
    int committed = 0;
    for (std::uint64_t seed = 0; seed < std::uint64_t(kills); ++seed) {
        QTemporaryDir folder(folderFor(seed));
        const QString path = folder.filePath(QStringLiteral("a.headroom"));
        Scribbler scribbler(path, seed, 1'000'000);
        const int atLeast = int(randomAt(seed, 1) % 60);
        scribbler.readUntil([&](const Told &told) { return told.committed >= atLeast; });
        scribbler.readFor(std::chrono::microseconds(randomAt(seed, 2) % 20'000)); // into whatever it does then
        QVERIFY(scribbler.kill());
        const WholeSession read = readWhole(partOf(path));
        QVERIFY2(read.error.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(read.error)));
        QVERIFY(!read.wasClosedCleanly && !read.ending);
        QVERIFY(!QFile::exists(path));
        const QString difference = differenceFromScribbled(read, seed, scribbler.told());
        QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(difference)));
        committed += scribbler.told().committed + 1;
    }
    qInfo("%d kills, %d seconds were committed, none is lost", kills, committed);
}

void SessionKillsTest::losesNothingWhenItIsKilledWhileItFinishes()
{
    const int kills = timesToTry(20, 200);
    int unfinished = 0;
    int finished = 0;
    for (std::uint64_t seed = 0; seed < std::uint64_t(kills); ++seed) {
        QTemporaryDir folder(folderFor(seed));
        const QString path = folder.filePath(QStringLiteral("a.headroom"));
        const int seconds = int(randomAt(seed, 1) % 30);
        Scribbler scribbler(path, seed, seconds);
        scribbler.readUntil([](const Told &told) { return told.isFinishing; });
        scribbler.readFor(std::chrono::microseconds(randomAt(seed, 2) % 6'000));
        scribbler.kill(); // it may have come to its end
        const bool isThere = QFile::exists(path);
        const bool isPart = QFile::exists(partOf(path));
        QVERIFY2(isThere || isPart, "neither");
        QVERIFY2(isThere || !scribbler.told().isFinished, "told as finished and not there");
        const WholeSession read = readWhole(isThere ? path : partOf(path));
        QVERIFY2(read.error.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(read.error)));
        QCOMPARE(read.frameCount, seconds);
        const QString difference = differenceFromScribbled(read, seed, scribbler.told());
        QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(difference)));
        if (isThere) {
            QVERIFY(read.wasClosedCleanly);
            QCOMPARE(read.ending, std::optional(sampleEnding()));
            QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("a.headroom")});
        }
        ++(isThere ? finished : unfinished);
    }
    qInfo("%d kills: %d found the part file, %d the finished one", kills, unfinished, finished);
}

void SessionKillsTest::leavesNothingOrASessionWhenItIsKilledAtItsStart()
{
    const int kills = timesToTry(20, 200);
    for (std::uint64_t seed = 0; seed < std::uint64_t(kills); ++seed) {
        QTemporaryDir folder(folderFor(seed));
        const QString path = folder.filePath(QStringLiteral("a.headroom"));
        Scribbler scribbler(path, seed, 1'000'000);
        scribbler.readFor(std::chrono::microseconds(randomAt(seed, 2) % 60'000));
        scribbler.kill();
        const Told &told = scribbler.told();
        QVERIFY(!QFile::exists(path));
        if (!QFile::exists(partOf(path))) {
            QVERIFY(!told.isCreated);
            continue;
        }
        const WholeSession read = readWhole(partOf(path));
        if (told.isCreated || read.error.isEmpty()) {
            const QString difference = read.error.isEmpty() ? differenceFromScribbled(read, seed, told) : read.error;
            QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(difference)));
        } else {
            QCOMPARE(unclearIn(read.error, partOf(path)), QString());
        }
        // A run of the same name is not in the way of the killed one, nor the other way round.
        QCOMPARE(writeSampleSession(path, 1), QString());
        QVERIFY(QFile::exists(partOf(path)));
    }
}

QTEST_GUILESS_MAIN(SessionKillsTest)
#include "tst_sessionkills.moc"
