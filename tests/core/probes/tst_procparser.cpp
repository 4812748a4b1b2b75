// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/argumentmask.h"
#include "core/probes/mappingsreader.h"
#include "core/probes/processlist.h"
#include "core/probes/procparser.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

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
    void addsUpMappingsByWhatTheyHold();
    void namesWhatHoldsMemory_data();
    void namesWhatHoldsMemory();
    void leavesOutMappingsOfTheWrongShape();
    void keepsTheLargestMappings();
    void findsAllListenersAtOnce();
    void hidesSecretsOfCommandLines_data();
    void hidesSecretsOfCommandLines();
    void listsProcesses();
    void offersAWorkerByItsNumberAlone();
    void countsProcessorTimeSinceTheListBefore();
    void listsItself();
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

void ProcParserTest::addsUpMappingsByWhatTheyHold()
{
    const QByteArray text = "55e0-55f0 r--p 00000000 08:02 17                     /usr/bin/my app\n"
                            "Size:                100 kB\n"
                            "Rss:                   8 kB\n"
                            "Pss:                   4 kB\n"
                            "VmFlags: rd mr mw me\n"
                            "55f0-55f8 r-xp 00002000 08:02 17                     /usr/bin/my app\n"
                            "Rss:                  24 kB\n"
                            "5700-5800 rw-p 00000000 00:00 0                      [heap]\n"
                            "Rss:                 512 kB\n"
                            "7f00-7f80 rw-p 00000000 00:00 0 \n"
                            "Rss:                  64 kB\n"
                            "7f80-7f90 ---p 00000000 00:00 0 \n"
                            "Rss:                   0 kB\n"
                            "ffff-ffff --xp 00000000 00:00 0                      [vsyscall]\n"
                            "Rss:                   0 kB\n";
    using Holders = std::vector<MemoryMappings::Holder>;
    const Holders expected{{"[heap]", 512 * 1024}, {"anonymous", 64 * 1024}, {"my app", 32 * 1024}};
    for (const qsizetype size : {text.size(), qsizetype(7), qsizetype(1)}) { // in pieces as they come
        MappingsReader reader;
        for (qsizetype at = 0; at < text.size(); at += size)
            reader.take(QByteArrayView(text).sliced(at, std::min(size, text.size() - at)));
        reader.endProcess();
        const MemoryMappings mappings = reader.end(true);
        QCOMPARE(mappings.holders, expected);
        QCOMPARE(mappings.totalBytes, 608u * 1024);
        QCOMPARE(mappings.processes, 1);
    }
    MappingsReader both; // of two processes
    for (int i = 0; i < 2; ++i) {
        both.take(text);
        both.endProcess();
    }
    QCOMPARE(both.end(true).holders.front().bytes, 1024u * 1024);
}

void ProcParserTest::namesWhatHoldsMemory_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("file") << QByteArray("/usr/lib/libc.so.6") << QByteArray("libc.so.6");
    QTest::newRow("deleted file") << QByteArray("/opt/app (deleted)") << QByteArray("app");
    QTest::newRow("nothing") << QByteArray() << QByteArray("anonymous");
    QTest::newRow("named") << QByteArray("[anon:v8 heap]") << QByteArray("anonymous: v8 heap");
    QTest::newRow("stack") << QByteArray("[stack]") << QByteArray("[stack]");
    QTest::newRow("memory file") << QByteArray("/memfd:buffer (deleted)") << QByteArray("shared memory");
    QTest::newRow("System V") << QByteArray("/SYSV00000000 (deleted)") << QByteArray("shared memory");
    QTest::newRow("folder") << QByteArray("/") << QByteArray("anonymous");
    QTest::newRow("endless") << QByteArray(5000, 'x') << QByteArray(200, 'x');
}

void ProcParserTest::namesWhatHoldsMemory()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, name);
    QCOMPARE(holderName(path), name);
}

void ProcParserTest::leavesOutMappingsOfTheWrongShape()
{
    MappingsReader reader;
    reader.take("Rss: 8 kB\n" // of no mapping
                "55e0-55f0 r--p 0 08:02 17 /a\nRss: x kB\nRss: 8 MB\nRss: 99999999999999999999 kB\nRss: 4 kB\n"
                "zz-zz r--p 0 08:02 17 /b\n-\n55e0-55f0\n\n");
    reader.take(QByteArray(100'000, 'R')); // no line end
    reader.endProcess();
    const MemoryMappings mappings = reader.end(false);
    QCOMPARE(mappings.holders, (std::vector<MemoryMappings::Holder>{{"a", 4096}}));
    QVERIFY(!mappings.isWhole);
}

void ProcParserTest::keepsTheLargestMappings()
{
    MappingsReader reader;
    for (int i = 0; i < 11'000; ++i)
        reader.take("10-20 r--p 0 08:02 17 /f" + QByteArray::number(i) + "\nRss: " + QByteArray::number(i) + " kB\n");
    const MemoryMappings mappings = reader.end(true);
    QCOMPARE(mappings.holders.size(), MemoryMappings::kMostHolders);
    QCOMPARE(mappings.holders[0].name, "others"); // the last thousand names
    QCOMPARE(mappings.holders[1], (MemoryMappings::Holder{"f9999", 9999 * 1024}));
    QCOMPARE(mappings.totalBytes, 10'999ULL * 11'000 / 2 * 1024);
}

void ProcParserTest::findsAllListenersAtOnce()
{
    std::vector<int> ports;
    for (const LoopbackListener &listener : loopbackListeners(recorded("tcp.txt")))
        ports.push_back(listener.port);
    QVERIFY(std::ranges::contains(ports, 18080));
    QVERIFY(std::ranges::contains(ports, 18081));
    QVERIFY(loopbackListeners("sl local_address\n").empty());
}

void ProcParserTest::hidesSecretsOfCommandLines_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("shown");
    const auto row = [](const char *name, const QStringList &arguments, const QStringList &shown) {
        QTest::newRow(name) << arguments << shown;
    };
    row("nothing to hide", {"server", "--port", "80", "--key-file=/etc/k.pem"}, {"server", "--port", "80", "--key-file=/etc/k.pem"});
    row("option and value", {"mysql", "--password=hunter2"}, {"mysql", "--password=***"});
    row("option, then value", {"app", "--api-key", "k123", "--port", "80"}, {"app", "--api-key", "***", "--port", "80"});
    row("an option behind a switch", {"app", "--no-auth", "--port"}, {"app", "--no-auth", "--port"});
    row("variable", {"env", "DB_PASSWORD=x y", "AWS_SECRET_ACCESS_KEY=z"}, {"env", "DB_PASSWORD=***", "AWS_SECRET_ACCESS_KEY=***"});
    row("URL", {"psql", "postgres://me:word@db:5432/x"}, {"psql", "postgres://me:***@db:5432/x"});
    row("query", {"curl", "http://h/?a=1&access_token=abc&b=2"}, {"curl", "http://h/?a=1&access_token=***&b=2"});
    row("header", {"curl", "-H", "Authorization: Bearer abc"}, {"curl", "-H", "Authorization: ***"});
    row("token inside of a sentence", {"sh", "-c", "call Bearer abc now"}, {"sh", "-c", "call Bearer *** now"});
}

void ProcParserTest::hidesSecretsOfCommandLines()
{
    QFETCH(QStringList, arguments);
    QTEST(maskedArguments(arguments), "shown");
}

namespace {

void writeFile(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

/// A process with 100 ticks of each kind, more by `ticks`.
void writeProcess(const QString &root, int pid, const QByteArray &name, int start, const QByteArray &command, int ticks = 0)
{
    const QString folder = QStringLiteral("%1/%2/").arg(root).arg(pid);
    writeFile(folder + "stat", QByteArray::number(pid) + " (" + name + ") S 1 1 1 0 -1 0 0 0 0 0 " + QByteArray::number(100 + ticks)
                  + " 100 0 0 20 0 1 0 " + QByteArray::number(start) + " 0");
    writeFile(folder + "status", command.isEmpty() ? QByteArray("Threads: 1\n") : QByteArray("VmRSS:\t 2048 kB\n"));
    writeFile(folder + "cmdline", command);
    QDir().mkpath(folder + "fd");
}

} // namespace

void ProcParserTest::listsProcesses()
{
    const QTemporaryDir root;
    writeProcess(root.path(), 30, "web", 500, QByteArray("web\0--token\0abc\0", 16));
    writeProcess(root.path(), 20, "web", 900, QByteArray("web\0", 4));
    writeProcess(root.path(), 2, "kthreadd", 1, {});
    writeFile(root.filePath("40/stat"), "40 (gone) Z 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 0");
    writeFile(root.filePath("self/stat"), "x");
    // 127.0.0.1:8080 (1F90) by the socket 77.
    writeFile(root.filePath("net/tcp"), "  sl\n 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1\n");
    QCOMPARE(::symlink("socket:[77]", root.filePath("30/fd/5").toLocal8Bit().constData()), 0);
    ProcessList list(root.path());
    const std::vector<ListedProcess> all = list.read(SteadyTime());
    QCOMPARE(all.size(), 2u); // neither the kernel's thread nor what has ended
    QCOMPARE(all[0].pid, 20);
    QCOMPARE(all[0].rssBytes, 2048u * 1024);
    QVERIFY(!all[0].cpuPercent); // nothing to count from
    QVERIFY(!all[0].isOldestOfName);
    QCOMPARE(all[1].command, QStringLiteral("web --token ***"));
    QCOMPARE(all[1].ports, std::vector<int>{8080});
    using By = ProcessAddress::By;
    QCOMPARE(addressesOf(all[1]), (std::vector<ProcessAddress>{{By::Port, 8080, {}}, {By::Name, 0, QStringLiteral("web")}, {By::Pid, 30, {}}}));
    QCOMPARE(addressesOf(all[0]), (std::vector<ProcessAddress>{{By::Pid, 20, {}}})); // its name would find the older one
}
void ProcParserTest::offersAWorkerByItsNumberAlone()
{
    // nginx's master opens the socket and its workers inherit it: the port finds the oldest, which is the master. A worker
    // that was chosen was written with that port, and the master was watched.
    const QTemporaryDir root;
    writeProcess(root.path(), 10, "nginx", 500, QByteArray("nginx: master\0", 14));
    writeProcess(root.path(), 11, "nginx", 500, QByteArray("nginx: worker\0", 14));
    writeFile(root.filePath("net/tcp"), "  sl\n 0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 77 1\n"
                                        " 1: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 78 1\n");
    for (const char *held : {"10/fd/5", "11/fd/5"})
        QCOMPARE(::symlink("socket:[77]", root.filePath(QLatin1String(held)).toLocal8Bit().constData()), 0);
    ProcessList list(root.path());
    using By = ProcessAddress::By;
    const std::vector<ListedProcess> all = list.read(SteadyTime());
    QCOMPARE(addressesOf(all[0]), (std::vector<ProcessAddress>{{By::Port, 8080, {}}, {By::Name, 0, QStringLiteral("nginx")}, {By::Pid, 10, {}}}));
    QCOMPARE(all[1].ports, std::vector<int>{8080});
    QCOMPARE(addressesOf(all[1]), (std::vector<ProcessAddress>{{By::Pid, 11, {}}}));
    // One that has a socket of its own besides is found by that.
    QCOMPARE(::symlink("socket:[78]", root.filePath("11/fd/6").toLocal8Bit().constData()), 0);
    QCOMPARE(addressesOf(list.read(SteadyTime())[1]), (std::vector<ProcessAddress>{{By::Port, 8081, {}}, {By::Pid, 11, {}}}));
}

void ProcParserTest::countsProcessorTimeSinceTheListBefore()
{
    const QTemporaryDir root;
    writeProcess(root.path(), 20, "web", 900, QByteArray("web\0", 4));
    ProcessList list(root.path());
    list.read(SteadyTime());
    writeProcess(root.path(), 20, "web", 900, QByteArray("web\0", 4), int(::sysconf(_SC_CLK_TCK))); // a second of it
    QCOMPARE(list.read(SteadyTime() + 4s).front().cpuPercent, 25.0);
    writeProcess(root.path(), 20, "web", 901, QByteArray("web\0", 4)); // another one with its number
    QVERIFY(!list.read(SteadyTime() + 5s).front().cpuPercent);
}

void ProcParserTest::listsItself()
{
    const std::vector<ListedProcess> all = ProcessList().read(SteadyTime());
    const auto own = std::ranges::find(all, int(::getpid()), &ListedProcess::pid);
    QVERIFY(own != all.end());
    QVERIFY(own->command.contains(QStringLiteral("tst_procparser")));
    QVERIFY(!own->user.isEmpty());
}

QTEST_GUILESS_MAIN(ProcParserTest)
#include "tst_procparser.moc"
