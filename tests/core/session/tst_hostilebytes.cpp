// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/session/scribbledsession.h"
#include "tests/core/session/wholesession.h"
#include "tests/support/longtests.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Headroom;

/// Sessions whose bytes were cut or changed: every door of the reader gives an error in one clear sentence, or exactly
/// what was written. Nothing in between.
class HostileBytesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isReadWholeWhenNothingIsChanged();
    void refusesAFileThatIsCut();
    void survivesEveryBitOfTheFirstPage();
    void survivesOtherBits();
    void readsWhatAShorterLogStillHolds();
    void survivesBitsOfTheLog();

private:
    /// A finished session and what is in it.
    struct Stored
    {
        QByteArray bytes;
        WholeSession whole;
    };
    Stored stored(const char *name, int seconds) const;
    qsizetype pageSize() const;
    static QString flipped(QFile &file, const Stored &good, qsizetype byte, int bit);
    QString pathOf(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    // In memory where there is such a folder: what is tried here are bytes, not disks.
    QTemporaryDir m_folder{QFile::exists(QStringLiteral("/dev/shm")) ? QStringLiteral("/dev/shm/headroom-XXXXXX") : QString()};
    Stored m_good; ///< With a merged minute and a rest.
    Stored m_small;
    QByteArray m_part; ///< The file of a killed one, as it was ...
    QByteArray m_log; ///< ... and its write-ahead log.
};

namespace {

constexpr std::uint64_t kSeed = 7;
constexpr int kSeconds = 62;
constexpr int kLoggedSeconds = 9;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// Whether the frames that were read are the seed's first ones.
QString differenceFromStart(const WholeSession &read)
{
    for (std::size_t i = 0; i < read.frames.size(); ++i)
        if (const QString difference = differenceOf(*read.frames[i], scribbledFrame(kSeed, int(i))); !difference.isEmpty())
            return difference;
    for (std::size_t i = 0; i < read.samples.size(); ++i)
        if (read.samples[i] != scribbledSamples(kSeed, int(i)))
            return QStringLiteral("samples of second %1").arg(i);
    return {};
}

} // namespace

void HostileBytesTest::initTestCase()
{
    m_good = stored("good.headroom", kSeconds);
    m_small = stored("small.headroom", 2);
    auto writer = SessionWriter::create(pathOf("killed.headroom"), scribbledHead(kSeed));
    QVERIFY(writer.has_value());
    for (int second = 0; second < kLoggedSeconds; ++second)
        QVERIFY(scribble(**writer, kSeed, second, [](const char *, int) { }).has_value());
    m_part = bytesOf((*writer)->partPath()); // while it goes on: closing would merge them
    m_log = bytesOf((*writer)->partPath() + QLatin1String("-wal"));
    QCOMPARE_GT(m_log.size(), m_part.size());
}

HostileBytesTest::Stored HostileBytesTest::stored(const char *name, int seconds) const
{
    const QString path = pathOf(name);
    if (const QString error = writeScribbledSession(path, kSeed, seconds); !error.isEmpty())
        qFatal("%s", qPrintable(error));
    return {bytesOf(path), readWhole(path)};
}

qsizetype HostileBytesTest::pageSize() const
{
    const int stored = uchar(m_good.bytes[16]) << 8 | uchar(m_good.bytes[17]); // 1: 65536, which 16 bits do not hold
    return stored == 1 ? 65536 : stored;
}

void HostileBytesTest::isReadWholeWhenNothingIsChanged()
{
    const WholeSession &whole = m_good.whole;
    QCOMPARE(whole.error, QString());
    QCOMPARE(int(whole.frames.size()), kSeconds);
    QCOMPARE(int(whole.laterHalf.size()), kSeconds / 2);
    QCOMPARE(int(whole.samples.size()), kSeconds);
    QCOMPARE(whole.attachments.size(), 8U); // after second 6, 13 ... 55
    QCOMPARE(differenceFromStart(whole), QString());
    LatencySet sum;
    for (int second = 0; second < kSeconds; ++second)
        QVERIFY(mergeInto(sum, scribbledFrame(kSeed, second).steps[0]).has_value());
    QCOMPARE(whole.mergedCounts[0], sum.counts);

    write(pathOf("log.headroom.part"), m_part);
    write(pathOf("log.headroom.part-wal"), m_log);
    const WholeSession killed = readWhole(pathOf("log.headroom.part"));
    QCOMPARE(killed.error, QString());
    QCOMPARE(killed.frameCount, kLoggedSeconds);
    QCOMPARE(differenceFromStart(killed), QString());
}

void HostileBytesTest::refusesAFileThatIsCut()
{
    const QString path = pathOf("cut.headroom");
    write(path, m_good.bytes);
    int cuts = 0;
    const auto refusal = [&](qsizetype size) {
        ++cuts;
        if (truncate(QFile::encodeName(path).constData(), size) != 0)
            return QStringLiteral("cannot cut");
        const WholeSession read = readWhole(path);
        const QString said = read.error.isEmpty() ? QStringLiteral("no error") : unclearIn(read.error, path);
        return said.isEmpty() ? QString() : QStringLiteral("%1 bytes: %2").arg(size).arg(said);
    };
    // From the end, so that the one file serves all; within every page at another byte.
    for (qsizetype border = m_good.bytes.size() - pageSize(); border >= 0; border -= pageSize()) {
        const qsizetype within = 1 + qsizetype(randomAt(kSeed, std::uint64_t(border)) % std::uint64_t(pageSize() - 1));
        QCOMPARE(refusal(border + within), QString());
        QCOMPARE(refusal(border), QString());
    }
    for (const qsizetype size : {99, 18, 16, 15, 1, 0}) {
        write(path, m_good.bytes.first(size));
        QCOMPARE(refusal(size), QString());
    }
    qInfo("%d cuts, at every border of a page and within every page", cuts);
}

/// Flips one bit of a file that holds a good session, reads it and flips it back. Empty, or what is wrong.
QString HostileBytesTest::flipped(QFile &file, const Stored &good, qsizetype byte, int bit)
{
    const char bad = char(good.bytes[byte] ^ (1 << bit));
    const auto put = [&](char value) { return file.seek(byte) && file.write(&value, 1) == 1 && file.flush(); };
    if (!put(bad))
        return QStringLiteral("cannot write");
    const WholeSession read = readWhole(file.fileName());
    if (!put(good.bytes[byte]))
        return QStringLiteral("cannot write");
    const QString wrong = read.error.isEmpty() ? differenceOf(read, good.whole) : unclearIn(read.error, file.fileName());
    return wrong.isEmpty() ? QString() : QStringLiteral("byte %1, bit %2: %3").arg(byte).arg(bit).arg(wrong);
}

void HostileBytesTest::survivesEveryBitOfTheFirstPage()
{
    // Usually every bit of SQLite's header and a sample of the others; then all.
    QFile file(pathOf("flipped.headroom"));
    write(file.fileName(), m_small.bytes);
    QVERIFY(file.open(QFile::ReadWrite));
    constexpr qsizetype kHeader = 100;
    for (qsizetype byte = 0; byte < pageSize(); ++byte)
        for (int bit = 0; bit < 8; ++bit)
            if (byte < kHeader || isLong() || randomAt(kSeed, std::uint64_t(byte)) % 32 == std::uint64_t(bit))
                QCOMPARE(flipped(file, m_small, byte, bit), QString());
}

void HostileBytesTest::survivesOtherBits()
{
    QFile file(pathOf("flipped.headroom"));
    write(file.fileName(), m_good.bytes);
    QVERIFY(file.open(QFile::ReadWrite));
    const std::uint64_t rest = std::uint64_t(m_good.bytes.size() - pageSize());
    for (int i = 0; i < timesToTry(150, 8000); ++i) {
        const std::uint64_t random = randomAt(kSeed, std::uint64_t(i), 1);
        QCOMPARE(flipped(file, m_good, pageSize() + qsizetype(random / 8 % rest), int(random % 8)), QString());
    }
}

void HostileBytesTest::readsWhatAShorterLogStillHolds()
{
    // A log of the whole size holds all seconds; the shorter it is, the fewer, and those are right.
    constexpr qsizetype kLogHeader = 32;
    const qsizetype piece = pageSize() + 24; // a page and what the log says of it
    const QString path = pathOf("short.headroom.part");
    write(path, m_part);
    int most = kLoggedSeconds;
    for (qsizetype pieces = (m_log.size() - kLogHeader) / piece; pieces >= 0; --pieces) {
        for (const qsizetype more : {qsizetype(randomAt(kSeed, std::uint64_t(pieces)) % std::uint64_t(piece)), qsizetype(0)}) {
            write(path + QLatin1String("-wal"), m_log.first(std::min(m_log.size(), kLogHeader + pieces * piece + more)));
            const WholeSession read = readWhole(path);
            QCOMPARE(read.error, QString());
            QCOMPARE(differenceFromStart(read), QString());
            QVERIFY(!read.wasClosedCleanly);
            QCOMPARE_LE(int(read.frames.size()), most);
            most = int(read.frames.size());
        }
    }
    QCOMPARE(most, 0); // the head alone stands in the file itself
    for (const qsizetype size : {31, 1, 0}) {
        write(path + QLatin1String("-wal"), m_log.first(size));
        QCOMPARE(readWhole(path).frameCount, 0);
    }
}

void HostileBytesTest::survivesBitsOfTheLog()
{
    // Each page of it has a checksum over all before it: from the flipped bit on it counts as never written.
    const QString path = pathOf("log.headroom.part");
    write(path, m_part);
    for (int i = 0; i < timesToTry(300, 5000); ++i) {
        const std::uint64_t random = randomAt(kSeed, std::uint64_t(i), 2);
        const auto byte = i < 32 ? qsizetype(i) : qsizetype(random / 8 % std::uint64_t(m_log.size())); // 32: its header
        QByteArray log = m_log;
        log[byte] = char(log[byte] ^ (1 << random % 8));
        write(path + QLatin1String("-wal"), log);
        const WholeSession read = readWhole(path);
        const QString wrong = read.error.isEmpty() ? differenceFromStart(read) : unclearIn(read.error, path);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("byte %1: %2").arg(byte).arg(wrong)));
        QCOMPARE_LE(read.frameCount, kLoggedSeconds);
    }
}

QTEST_GUILESS_MAIN(HostileBytesTest)
#include "tst_hostilebytes.moc"
