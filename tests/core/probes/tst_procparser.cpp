// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/procparser.h"

#include <QFile>
#include <QTest>

using namespace Headroom;

namespace {

// Recorded by a Python program called "a (b) c d" that had burnt half a second with three threads and listened on
// 127.0.0.1:18080, [::1]:18080, 0.0.0.0:18081, [::]:18082 and [::ffff:127.0.0.1]:18083; one connection to the first.
QByteArray recorded(const char *name)
{
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/data/probes/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such recording");
}

using Inodes = std::vector<std::uint64_t>;

} // namespace

class ProcParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsARecordedStatWhoseCommandHoldsBlanksAndParentheses();
    void refusesABadStat_data();
    void refusesABadStat();
    void takesTheLastParenthesisAsTheEndOfTheCommand();
    void knowsAZombieHasEnded();
    void readsARecordedStatus();
    void keepsMissingStatusFieldsMissing();
    void ignoresStatusLinesOfTheWrongShape();
    void readsARecordedIo();
    void doesNotMistakeCancelledWritesForWrites();
    void findsRecordedListeners_data();
    void findsRecordedListeners();
    void ignoresTableLinesOfTheWrongShape_data();
    void ignoresTableLinesOfTheWrongShape();
    void findsAllSocketsThatShareAPort();
    void readsSocketLinks_data();
    void readsSocketLinks();
};

void ProcParserTest::readsARecordedStatWhoseCommandHoldsBlanksAndParentheses()
{
    const auto stat = parseProcStat(recorded("stat.txt"));
    QVERIFY(stat);
    QCOMPARE(stat->state, 'R');
    QCOMPARE(stat->userTicks, 50u);
    QCOMPARE(stat->systemTicks, 1u);
    QCOMPARE(stat->cpuTicks(), 51u);
    QCOMPARE(stat->startTicks, 261237u);
    QVERIFY(!stat->hasEnded());
}

void ProcParserTest::refusesABadStat_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no parenthesis") << QByteArray("12 sh S 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0 99");
    QTest::newRow("only a command") << QByteArray("12 (sh)");
    QTest::newRow("start time missing") << QByteArray("12 (sh) S 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0");
    QTest::newRow("long state") << QByteArray("12 (sh) SS 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0 99");
    QTest::newRow("word as user time") << QByteArray("12 (sh) S 1 1 1 0 -1 0 0 0 0 0 x 8 0 0 20 0 1 0 99");
    QTest::newRow("negative system time") << QByteArray("12 (sh) S 1 1 1 0 -1 0 0 0 0 0 7 -8 0 0 20 0 1 0 99");
    QTest::newRow("start time too large")
        << QByteArray("12 (sh) S 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0 99999999999999999999");
}

void ProcParserTest::refusesABadStat()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseProcStat(text));
}

void ProcParserTest::takesTheLastParenthesisAsTheEndOfTheCommand()
{
    // The command pretends that the rest of the line follows it.
    const auto stat = parseProcStat("12 (x) Z 1\n) S 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0 99\n");
    QVERIFY(stat);
    QCOMPARE(stat->state, 'S');
    QCOMPARE(stat->cpuTicks(), 15u);
    QCOMPARE(stat->startTicks, 99u);
}

void ProcParserTest::knowsAZombieHasEnded()
{
    const auto stat = parseProcStat("12 (sh) Z 1 1 1 0 -1 0 0 0 0 0 7 8 0 0 20 0 1 0 99");
    QVERIFY(stat);
    QVERIFY(stat->hasEnded());
}

void ProcParserTest::readsARecordedStatus()
{
    const ProcStatus status = parseProcStatus(recorded("status.txt"));
    QCOMPARE(status.rssBytes, 11388u * 1024u);
    QCOMPARE(status.threads, 3u);
}

void ProcParserTest::keepsMissingStatusFieldsMissing()
{
    const ProcStatus status = parseProcStatus("Name:\tkthreadd\nThreads:\t1\n"); // a kernel thread has no memory
    QVERIFY(!status.rssBytes);
    QCOMPARE(status.threads, 1u);
}

void ProcParserTest::ignoresStatusLinesOfTheWrongShape()
{
    const ProcStatus status =
        parseProcStatus("VmRSS:\t12 MB\nVmRSS: 12\nVmRSS:\nThreads: many\nThreads: 3 kB\nThreads:4");
    QVERIFY(!status.rssBytes);
    QVERIFY(!status.threads);
}

void ProcParserTest::readsARecordedIo()
{
    const ProcIo io = parseProcIo(recorded("io.txt"));
    QCOMPARE(io.readBytes, 8400896u);
    QCOMPARE(io.writeBytes, 12288u);
}

void ProcParserTest::doesNotMistakeCancelledWritesForWrites()
{
    const ProcIo io = parseProcIo("cancelled_write_bytes: 5\nread_bytes: 7");
    QCOMPARE(io.readBytes, 7u);
    QVERIFY(!io.writeBytes);
}

void ProcParserTest::findsRecordedListeners_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("port");
    QTest::addColumn<Inodes>("inodes");
    // 46401 and 46402 are the two ends of the connection to port 18080.
    QTest::newRow("loopback, not its connection") << "tcp.txt" << 18080 << Inodes{46396};
    QTest::newRow("all interfaces") << "tcp.txt" << 18081 << Inodes{46397};
    QTest::newRow("nobody") << "tcp.txt" << 18082 << Inodes{};
    QTest::newRow("a client's port") << "tcp.txt" << 0xEB1E << Inodes{};
    QTest::newRow("loopback 6") << "tcp6.txt" << 18080 << Inodes{46398};
    QTest::newRow("all interfaces 6") << "tcp6.txt" << 18082 << Inodes{46399};
    QTest::newRow("mapped loopback") << "tcp6.txt" << 18083 << Inodes{46400};
}

void ProcParserTest::findsRecordedListeners()
{
    QFETCH(QString, file);
    QFETCH(int, port);
    QFETCH(Inodes, inodes);
    QCOMPARE(loopbackListeners(recorded(qPrintable(file)), port), inodes);
}

void ProcParserTest::ignoresTableLinesOfTheWrongShape_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut before the inode") << QByteArray("0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0");
    QTest::newRow("no port") << QByteArray("0: 0100007F 00000000:0000 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("short address") << QByteArray("0: 7F:0050 00000000:0000 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("no address") << QByteArray("0: :0050 00000000:0000 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("not hexadecimal") << QByteArray("0: 010000ZZ:0050 00000000:0000 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("another interface") << QByteArray("0: 0500000A:0050 00000000:0000 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("another interface 6") << QByteArray(
        "0: 000080FE000000000000000001000000:0050 0:0 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("another interface 6 that ends like loopback")
        << QByteArray("0: B80D012000000000000000000100007F:0050 0:0 0A 0:0 0:0 0 0 0 77");
    QTest::newRow("no inode yet") << QByteArray("0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 0");
    QTest::newRow("word as inode") << QByteArray("0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 x");
}

void ProcParserTest::ignoresTableLinesOfTheWrongShape()
{
    QFETCH(QByteArray, line);
    QCOMPARE(loopbackListeners(line, 80), Inodes{});
}

void ProcParserTest::findsAllSocketsThatShareAPort()
{
    const QByteArray text = "0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 77\n"
                            "1: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 78\n";
    QCOMPARE(loopbackListeners(text, 80), (Inodes{77, 78}));
}

void ProcParserTest::readsSocketLinks_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<qint64>("inode");
    QTest::newRow("socket") << QByteArray("socket:[46396]") << qint64(46396);
    QTest::newRow("pipe") << QByteArray("pipe:[46396]") << qint64(-1);
    QTest::newRow("file") << QByteArray("/dev/null") << qint64(-1);
    QTest::newRow("empty") << QByteArray() << qint64(-1);
    QTest::newRow("prefix alone") << QByteArray("socket:[") << qint64(-1);
    QTest::newRow("no number") << QByteArray("socket:[]") << qint64(-1);
    QTest::newRow("file with that name") << QByteArray("socket:[12] (deleted)") << qint64(-1);
}

void ProcParserTest::readsSocketLinks()
{
    QFETCH(QByteArray, link);
    QFETCH(qint64, inode);
    const auto found = socketInode(link);
    QCOMPARE(found ? qint64(*found) : qint64(-1), inode);
}

QTEST_GUILESS_MAIN(ProcParserTest)
#include "tst_procparser.moc"
