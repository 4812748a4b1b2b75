// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/database.h"
#include "tests/core/session/recordedsession.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/session/scribbledsession.h"
#include "tests/core/session/wholesession.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// What the fuzzer of sessions begins with is of today's format; of yesterday's all would be refused at the tables, and
/// nothing behind them be looked into. With HEADROOM_UPDATE_GOLDEN=1 the files are written anew.
class FuzzCorpusTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isOfTodaysFormat_data();
    void isOfTodaysFormat();
    void hasOneThatIsCutShort();
};

namespace {

const QString kFolder = QStringLiteral(HEADROOM_SOURCE_DIR "/tests/fuzz/corpus/sessionreader/");
constexpr std::uint64_t kSeed = 3;

/// With frames, samples, an event and an attachment; the second 60 makes a merged minute of those before it.
QString scribbleSome(const QString &path, bool isClosed)
{
    auto writer = SessionWriter::create(path, scribbledHead(kSeed));
    Result<void> done = writer ? Result<void>() : std::unexpected(writer.error());
    for (const int second : {0, 1, 60}) {
        const SecondSamples samples = scribbledSamples(kSeed, second);
        if (done)
            done = (*writer)->append(scribbledFrame(kSeed, second), &samples);
    }
    if (done)
        done = (*writer)->append(scribbledEvent(kSeed, 0));
    if (done)
        done = (*writer)->attach({QStringLiteral("note.txt"), QStringLiteral("text/plain"), 1s, "noted"});
    if (done && isClosed)
        done = (*writer)->finish(sampleEnding(), kScribbledEndedAtMs);
    return done ? QString() : done.error().text();
}

/// In pages of 512 bytes, so that it is small.
QString putIntoCorpus(const QString &path, const char *name)
{
    const QString packed = changeSession(path, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM");
    const QString target = kFolder + QLatin1String(name);
    QFile::remove(target);
    return !packed.isEmpty() || QFile::copy(path, target) ? packed : QStringLiteral("cannot copy to ") + target;
}

QString writeCorpus()
{
    QTemporaryDir folder;
    const auto path = [&folder](const char *name) { return folder.filePath(QLatin1String(name)); };
    for (const QString &failed : {scribbleSome(path("finished"), true), scribbleSome(path("killed"), false), writeSampleSession(path("batches"), 2),
                                  writeSampleSession(path("without-seconds"), 0), putIntoCorpus(path("finished"), "finished"),
                                  putIntoCorpus(path("killed.part"), "killed"), putIntoCorpus(path("batches"), "batches"),
                                  putIntoCorpus(path("without-seconds"), "without-seconds")})
        if (!failed.isEmpty())
            return failed;
    QFile::remove(kFolder + QLatin1String("truncated"));
    return QFile::copy(kFolder + QLatin1String("finished"), kFolder + QLatin1String("truncated"))
            && QFile::resize(kFolder + QLatin1String("truncated"), 5000)
        ? QString()
        : QStringLiteral("cannot cut the truncated one");
}

} // namespace

void FuzzCorpusTest::initTestCase()
{
    if (qEnvironmentVariableIsSet("HEADROOM_UPDATE_GOLDEN"))
        QCOMPARE(writeCorpus(), QString());
}

void FuzzCorpusTest::isOfTodaysFormat_data()
{
    QTest::addColumn<int>("frames");
    QTest::addColumn<bool>("wasClosedCleanly");
    QTest::newRow("finished") << 3 << true;
    QTest::newRow("killed") << 3 << false;
    QTest::newRow("batches") << 2 << true;
    QTest::newRow("without-seconds") << 0 << true;
}

void FuzzCorpusTest::isOfTodaysFormat()
{
    QFETCH(int, frames);
    QFETCH(bool, wasClosedCleanly);
    const WholeSession read = readWhole(kFolder + QLatin1String(QTest::currentDataTag()));
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error + QStringLiteral(" (HEADROOM_UPDATE_GOLDEN=1 writes it anew)")));
    QCOMPARE(read.frameCount, frames);
    QCOMPARE(read.wasClosedCleanly, wasClosedCleanly);
}

void FuzzCorpusTest::hasOneThatIsCutShort()
{
    QVERIFY(!readWhole(kFolder + QLatin1String("truncated")).error.isEmpty());
}

QTEST_GUILESS_MAIN(FuzzCorpusTest)
#include "tst_fuzzcorpus.moc"
