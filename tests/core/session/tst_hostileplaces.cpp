// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/session/samplesession.h"
#include "tests/core/session/wholesession.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Headroom;

/// What a path can lead to beside a session, and what can lie beside a session: an error that names it and says what to
/// do, or the session.
class HostilePlacesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void tellsWhatIsNoSession_data();
    void tellsWhatIsNoSession();
    void readsASessionWhateverLiesBesideIt_data();
    void readsASessionWhateverLiesBesideIt();
    void tellsOfALogThatIsNone_data();
    void tellsOfALogThatIsNone();
    void readsAKilledRunThroughALink();
    void tellsThatARunGoesOn();
    void tellsOfAFileThatIsCutWhileItIsRead();

private:
    QString pathOf(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    void put(const char *name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_good; ///< A finished session of 3 seconds.
    QByteArray m_part; ///< A killed one's file ...
    QByteArray m_log; ///< ... and its log with 3 seconds.
    QByteArray m_otherLog; ///< That of another killed one, of as many.
};

namespace {

/// Prepares a place in a folder.
using Preparing = std::function<void(const QDir &folder)>;

QByteArray nameIn(const QDir &folder, const char *name) { return QFile::encodeName(folder.filePath(QLatin1String(name))); }

void expect(bool isDone)
{
    if (!isDone)
        qFatal("cannot prepare the place");
}

void link(const QDir &folder, const char *name, const char *target)
{
    expect(symlink(target, nameIn(folder, name).constData()) == 0);
}

void write(const QDir &folder, const char *name, const QByteArray &bytes)
{
    QFile file(folder.filePath(QLatin1String(name)));
    expect(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void HostilePlacesTest::initTestCase()
{
    init();
    QCOMPARE(writeSampleSession(pathOf("good"), 3), QString());
    m_good = bytesOf(pathOf("good"));
    SessionHead other = sampleHead();
    other.startedAtMs += 1;
    for (const SessionHead &head : {other, sampleHead()}) {
        const auto writer = SessionWriter::create(pathOf("killed"), head);
        QVERIFY(writer.has_value());
        for (int second = 0; second < 3; ++second)
            QVERIFY((*writer)->append(sampleFrame(second)).has_value());
        m_otherLog = m_log;
        m_part = bytesOf((*writer)->partPath());
        m_log = bytesOf((*writer)->partPath() + QLatin1String("-wal"));
        QFile::remove((*writer)->partPath());
    }
    QCOMPARE_GT(m_otherLog.size(), 100'000);
}

void HostilePlacesTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void HostilePlacesTest::put(const char *name, const QByteArray &bytes) const { write(QDir(m_folder->path()), name, bytes); }

void HostilePlacesTest::tellsWhatIsNoSession_data()
{
    QTest::addColumn<Preparing>("prepare");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, Preparing prepare, Error::Code code, const char *words) {
        QTest::newRow(name) << prepare << int(code) << QString::fromUtf8(words);
    };
    row("nothing", [](const QDir &) { }, Error::Code::NotFound, "there is no such file; check the path");
    row("only a log", [](const QDir &folder) { write(folder, "s-wal", QByteArray(5000, 'x')); },
        Error::Code::NotFound, "there is no such file");
    row("a link to nowhere", [](const QDir &folder) { link(folder, "s", "nowhere"); }, Error::Code::NotFound,
        "a link that leads nowhere");
    row("a link to itself", [](const QDir &folder) { link(folder, "s", "s"); }, Error::Code::NotFound,
        "a link that leads nowhere");
    row("a folder", [](const QDir &folder) { expect(folder.mkdir(QStringLiteral("s"))); }, Error::Code::Unreadable, "this is a folder");
    row("a pipe", [](const QDir &folder) { expect(mkfifo(nameIn(folder, "s").constData(), 0600) == 0); }, Error::Code::Unreadable, "this is not a file");
    row("a device", [](const QDir &folder) { link(folder, "s", "/dev/zero"); }, Error::Code::Unreadable,
        "this is not a file");
    row("an empty file", [](const QDir &folder) { write(folder, "s", {}); },
        Error::Code::InvalidInput, "nothing was recorded");
    row("a text", [](const QDir &folder) { write(folder, "s", "headroom: 1\n"); },
        Error::Code::InvalidInput, "not a Headroom session");
    row("a terabyte of nothing", [](const QDir &folder) {
        write(folder, "s", {});
        expect(QFile::resize(folder.filePath(QStringLiteral("s")), qint64(1) << 40));
    }, Error::Code::InvalidInput, "not a Headroom session");
}

void HostilePlacesTest::tellsWhatIsNoSession()
{
    QFETCH(Preparing, prepare);
    QFETCH(int, code);
    QFETCH(QString, words);
    prepare(QDir(m_folder->path()));
    const QString path = pathOf("s");
    const auto reader = SessionReader::open(path);
    QVERIFY(!reader.has_value());
    QCOMPARE(int(reader.error().code), code);
    QVERIFY2(reader.error().message.contains(words), qPrintable(reader.error().message));
    QCOMPARE(unclearIn(reader.error().text(), path), QString());
}

void HostilePlacesTest::readsASessionWhateverLiesBesideIt_data()
{
    QTest::addColumn<QByteArray>("suffix");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray("-other") << QByteArray();
    QTest::newRow("the log of another run") << QByteArray("-wal") << m_log;
    QTest::newRow("an empty log") << QByteArray("-wal") << QByteArray();
    QTest::newRow("no log at all") << QByteArray("-wal") << QByteArray(5000, 'x');
    QTest::newRow("a journal") << QByteArray("-journal") << m_log;
    QTest::newRow("no shared memory at all") << QByteArray("-shm") << QByteArray(40'000, 'x');
}

void HostilePlacesTest::readsASessionWhateverLiesBesideIt()
{
    // A finished session is one file. SQLite would take the log for its own and write its pages over it.
    QFETCH(QByteArray, suffix);
    QFETCH(QByteArray, bytes);
    put("s", m_good);
    put(("s" + suffix).constData(), bytes);
    QCOMPARE(differenceFromSample(pathOf("s"), 3), QString());
    QCOMPARE(bytesOf(pathOf(("s" + suffix).constData())), bytes); // and it stays as it was
}

void HostilePlacesTest::tellsOfALogThatIsNone_data()
{
    QTest::addColumn<Preparing>("prepare");
    QTest::addColumn<bool>("isRead");
    const auto row = [](const char *name, bool isRead, Preparing prepare) { QTest::newRow(name) << prepare << isRead; };
    row("none", true, [](const QDir &) { });
    row("an empty one", true, [](const QDir &folder) { write(folder, "s-wal", {}); });
    row("a text", true, [](const QDir &folder) { write(folder, "s-wal", QByteArray(5000, 'x')); });
    row("a folder", false, [](const QDir &folder) { expect(folder.mkdir(QStringLiteral("s-wal"))); });
    row("a pipe", false, [](const QDir &folder) { expect(mkfifo(nameIn(folder, "s-wal").constData(), 0600) == 0); });
    row("a link to itself", true, [](const QDir &folder) { link(folder, "s-wal", "s-wal"); });
    row("a device", false, [](const QDir &folder) { link(folder, "s-wal", "/dev/full"); });
}

void HostilePlacesTest::tellsOfALogThatIsNone()
{
    // Of a killed run: the head stands in the file, the seconds are lost with their log.
    QFETCH(Preparing, prepare);
    QFETCH(bool, isRead);
    put("s", m_part);
    prepare(QDir(m_folder->path()));
    const WholeSession read = readWhole(pathOf("s"));
    if (isRead)
        QCOMPARE(differenceFromSample(pathOf("s"), 0), QString());
    else if (!read.error.isEmpty())
        QCOMPARE(unclearIn(read.error, pathOf("s")), QString());
    QCOMPARE(read.frameCount, 0);
    put("t", m_part);
    put("t-wal", m_otherLog);
    QCOMPARE(unclearIn(readWhole(pathOf("t")).error, pathOf("t")), QString());
}

void HostilePlacesTest::readsAKilledRunThroughALink()
{
    // The log lies beside the file, not beside the link.
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("kept")));
    put("kept/s", m_part);
    put("kept/s-wal", m_log);
    QCOMPARE(symlink("kept/s", QFile::encodeName(pathOf("link")).constData()), 0);
    QCOMPARE(differenceFromSample(pathOf("link"), 3), QString());
    QCOMPARE(differenceFromSample(pathOf("kept/s"), 3), QString());
}

void HostilePlacesTest::tellsThatARunGoesOn()
{
    QProcess scribbler;
    scribbler.start(QStringLiteral(HEADROOM_BIN_DIR "/tests-sessionscribbler"), {pathOf("s"), QStringLiteral("1"), QStringLiteral("1000000")});
    QVERIFY(scribbler.waitForReadyRead());
    const QString part = pathOf("s.part");
    const auto reader = SessionReader::open(part);
    QVERIFY(!reader.has_value());
    QCOMPARE(reader.error().text(), part + QLatin1String(": a run is still writing this session; wait for its end"));
    // Whoever looked has not disturbed it.
    const QByteArray said = scribbler.readAllStandardOutput();
    QVERIFY(scribbler.waitForReadyRead());
    QVERIFY(said != scribbler.readAllStandardOutput());
    scribbler.kill();
    QVERIFY(scribbler.waitForFinished());
    QCOMPARE(readWhole(part).error, QString());
}

void HostilePlacesTest::tellsOfAFileThatIsCutWhileItIsRead()
{
    put("s", m_good);
    const QString path = pathOf("s");
    const auto reader = SessionReader::open(path);
    QVERIFY(reader.has_value());
    QCOMPARE(truncate(QFile::encodeName(path).constData(), 100), 0);
    const auto read = (*reader)->forEachFrame([](const FramePtr &) { return true; });
    if (!read) // its pages may still be remembered
        QCOMPARE(unclearIn(read.error().text(), path), QString());
    const auto verified = (*reader)->verify();
    if (!verified)
        QCOMPARE(unclearIn(verified.error().text(), path), QString());
    QVERIFY(!SessionReader::open(path).has_value());
}

QTEST_GUILESS_MAIN(HostilePlacesTest)
#include "tst_hostileplaces.moc"
