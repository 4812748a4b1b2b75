// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/samplesession.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Headroom;

/// Runs that end badly: dropped, killed, out of disk space. Every second that was committed can be read afterwards.
/// Kills at many moments: tst_sessionkills.
class SessionCrashTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheSecondsOfAWriterThatWasDropped();
    void keepsTheHeadWithoutTheLog();
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot_data();
    void saysThatTheDiskIsFullAndGoesOnWhenItIsNot();
};

namespace {

/// Appends sample seconds for ever and tells each committed one through the pipe.
[[noreturn]] void writeUntilKilled(const QString &path, int pipe)
{
    auto writer = SessionWriter::create(path, sampleHead());
    for (int second = 0; writer && (*writer)->append(sampleFrame(second)); ++second)
        if (write(pipe, &second, sizeof second) != sizeof second)
            break;
    _exit(1);
}

/// Kills a writing process soon after it told second `last`. The last second it told, or -1.
int killWriterAfter(const QString &path, int last)
{
    int ends[2];
    if (pipe(ends) != 0)
        return -1;
    const pid_t child = fork();
    if (child == 0)
        writeUntilKilled(path, ends[1]);
    close(ends[1]);
    int told = -1;
    while (told < last && read(ends[0], &told, sizeof told) == sizeof told) { }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    for (int more = 0; read(ends[0], &more, sizeof more) == sizeof more;)
        told = more;
    close(ends[0]);
    return told;
}

void limitFileSize(rlim_t bytes)
{
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

bool isUnwritable(const Error &error, const QString &path)
{
    return error.code == Error::Code::Unwritable && error.subject.startsWith(path) && !error.message.isEmpty();
}

/// What a child does on a disk that is full at first and gets free later: 0, or the number of the step that went wrong.
int writeOnAFullDisk(const QString &path, rlim_t bytes)
{
    signal(SIGXFSZ, SIG_IGN); // so that the limit is an error and not a death
    limitFileSize(bytes);
    auto writer = SessionWriter::create(path, sampleHead());
    if (!writer)
        return isUnwritable(writer.error(), path) && !QFile::exists(path + QLatin1String(".part")) ? 0 : 1;
    int second = 0;
    Result<void> done;
    while (second < 500 && (done = (*writer)->append(sampleFrame(second))))
        ++second;
    if (done || !isUnwritable(done.error(), path))
        return 2;
    limitFileSize(RLIM_INFINITY);
    for (int i = 0; i < 3; ++i, ++second)
        if (!(*writer)->append(sampleFrame(second)))
            return 3;
    limitFileSize(0);
    if ((*writer)->finish(sampleEnding(), 1) || QFile::exists(path))
        return 4;
    limitFileSize(RLIM_INFINITY);
    if (!(*writer)->finish(sampleEnding(), kSampleEndedAtMs))
        return 5;
    return differenceFromSample(path, second).isEmpty() ? 0 : 6;
}

} // namespace

void SessionCrashTest::keepsTheSecondsOfAWriterThatWasDropped()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    {
        auto writer = SessionWriter::create(path, sampleHead());
        QVERIFY(writer.has_value());
        for (int second = 0; second < 4; ++second)
            QVERIFY((*writer)->append(sampleFrame(second)).has_value());
    }
    QVERIFY(!QFile::exists(path));
    const QString part = path + QLatin1String(".part");
    QCOMPARE(differenceFromSample(part, 4), QString());
    const auto reader = SessionReader::open(part);
    QVERIFY(!(*reader)->wasClosedCleanly());
    QVERIFY(!(*reader)->ending().has_value());
    QCOMPARE((*reader)->endedAtMs(), sampleHead().startedAtMs + 4'000); // second 3 lasted from 3 s to 4 s
}

void SessionCrashTest::keepsTheHeadWithoutTheLog()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    QCOMPARE_GE(killWriterAfter(path, 0), 0);
    QVERIFY(QFile::remove(path + QLatin1String(".part-wal")));
    QCOMPARE(differenceFromSample(path + QLatin1String(".part"), 0), QString());
}

void SessionCrashTest::saysThatTheDiskIsFullAndGoesOnWhenItIsNot_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("no byte") << 0;
    QTest::newRow("in the tables") << 50'000;
    QTest::newRow("in the first second") << 110'000;
    for (int kilobytes = 120; kilobytes <= 600; kilobytes += 120)
        QTest::addRow("after %d kB", kilobytes) << kilobytes * 1000;
}

void SessionCrashTest::saysThatTheDiskIsFullAndGoesOnWhenItIsNot()
{
    QFETCH(int, bytes);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.headroom"));
    const pid_t child = fork();
    if (child == 0)
        _exit(writeOnAFullDisk(path, rlim_t(bytes)));
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

QTEST_GUILESS_MAIN(SessionCrashTest)
#include "tst_sessioncrash.moc"
