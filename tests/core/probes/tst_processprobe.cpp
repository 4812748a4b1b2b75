// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/processprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include <cmath>

using namespace Headroom;

namespace {

enum Field { Rss, Cpu, CpuSeconds, Threads, Fds, ReadBytes, WriteBytes, CpuShare, Switches, Pss };

/// A /proc of our own, to be changed at will.
class FakeProc
{
public:
    ProcTree tree() const { return ProcTree(m_folder.path()); }

    /// A process with 10 MiB, 4 threads, three descriptors, the last one the socket, and 11 switches of contexts.
    void put(int pid, int cpuTicks, int startTicks = 500, int socketInode = 7, char state = 'S')
    {
        const QString folder = QString::number(pid) + QLatin1Char('/');
        const QString stat = QStringLiteral("%1 (my (app)) %2 1 1 1 0 -1 0 0 0 0 0 %3 0 0 0 20 0 4 0 %4 0 0\n");
        write(folder + "stat", stat.arg(pid).arg(state).arg(cpuTicks).arg(startTicks));
        write(folder + "status", "Name:\tapp\nVmRSS:\t   10240 kB\nThreads:\t4\n");
        write(folder + "task/" + QString::number(pid) + "/status",
              "voluntary_ctxt_switches:\t10\nnonvoluntary_ctxt_switches:\t1\n");
        write(folder + "smaps_rollup", "55d0-7ffc ---p 00000000 00:00 0 [rollup]\nRss: 10240 kB\nPss:  2048 kB\n");
        write(folder + "io", "rchar: 1\nread_bytes: 4096\nwrite_bytes: 8192\n");
        QDir(m_folder.path()).mkpath(folder + "fd");
        link(folder + "fd/0", "/dev/null");
        link(folder + "fd/1", "pipe:[7]");
        link(folder + "fd/5", QStringLiteral("socket:[%1]").arg(socketInode));
    }
    /// What a thread has started.
    void setChildren(int pid, const QString &children)
    {
        write(QStringLiteral("%1/task/%1/children").arg(pid), children);
    }
    /// Of ended children, in ticks.
    void setEndedTicks(int pid, int ticks)
    {
        write(QString::number(pid) + "/stat",
              QStringLiteral("%1 (app) S 1 1 1 0 -1 0 0 0 0 0 100 0 %2 0 20 0 4 0 500 0 0\n").arg(pid).arg(ticks));
    }
    /// The group of a unit, beside /proc.
    void setUnit(const QString &processes, int usageMicroseconds)
    {
        write("cgroup/system.slice/app.service/cgroup.procs", processes);
        write("cgroup/system.slice/app.service/cpu.stat",
              QStringLiteral("usage_usec %1\nuser_usec 1\n").arg(usageMicroseconds));
    }
    void setMappings(int pid, const QString &text) { write(QString::number(pid) + "/smaps", text); }
    CgroupTree groups() const { return CgroupTree(m_folder.filePath("cgroup")); }
    void remove(int pid) { QDir(path(QString::number(pid))).removeRecursively(); }
    void removeFile(const QString &name) { QFile::remove(path(name)); }
    /// One socket that listens on 127.0.0.1:80, or none.
    void listen(bool isListening, int inode = 7)
    {
        const QString line = QStringLiteral("0: 0100007F:0050 00000000:0000 0A 0:0 0:0 0 0 0 %1\n").arg(inode);
        write("net/tcp", isListening ? line : QString());
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QString &text)
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    void link(const QString &name, const QString &to)
    {
        QFile::remove(path(name));
        QCOMPARE(symlink(to.toUtf8().constData(), path(name).toUtf8().constData()), 0);
    }
    QTemporaryDir m_folder;
};

ProcessProbe::Target byPid(int pid) { return {.port = {}, .pid = pid}; }

ProcessProbe::Target byPort(int port) { return {.port = port, .pid = {}}; }

} // namespace

class ProcessProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void namesItsSeriesWithUnits();
    void readsEveryFieldOfAProcess();
    void measuresCpuOverTheTimeThatReallyPassed();
    void leavesOutWhatCannotBeRead();
    void saysOnceThatAProcessHasEnded();
    void takesAZombieForGone();
    void doesNotFollowAReusedNumber();
    void saysOnceThatThereIsNoSuchProcess();
    void waitsForThePracticeTarget();
    void followsARestartedPracticeTarget();
    void ignoresThePracticeTargetWhenItWatchesAnother();
    void findsTheListenerOfAPort();
    void saysThatNobodyListensAndRecovers();
    void saysThatAListenerCannotBeSeen();
    void watchesTheOldestOfThoseThatShareAPort();
    void followsARestartWithoutAGap();
    void followsARestartAfterAGap();
    void addsUpWhatItHasStarted();
    void countsWhatEndedChildrenTook();
    void findsAProcessByItsName();
    void saysThatNoneHasTheName();
    void addsUpAUnit();
    void saysThatAUnitHasNoProcess();
    void readsTheProportionalSizeWhenAsked();
    void tellsWhatHoldsTheMemory();
    void agreesWithTheKernelAndPs();
    void watchesARealChild();
    void findsItselfBehindARealPort();

private:
    double m_ticksPerSecond = 0;
};

void ProcessProbeTest::initTestCase()
{
    m_ticksPerSecond = static_cast<double>(sysconf(_SC_CLK_TCK));
    QCOMPARE(m_ticksPerSecond, 100.0); // the arithmetic below; Linux has had no other value for user space since 2.6
}

void ProcessProbeTest::namesItsSeriesWithUnits()
{
    ManualClock clock;
    const ProcessProbe probe("api", byPid(12), clock);
    QStringList series;
    for (const RunFacts::Series &one : probe.series())
        series.append(one.name() + QLatin1Char(' ') + one.unit);
    QCOMPARE(series,
             (QStringList{"api.rss bytes", "api.cpu percent", "api.cpu_seconds seconds", "api.threads count",
                          "api.fds count", "api.read_bytes bytes", "api.write_bytes bytes", "api.cpu_share percent",
                          "api.switches count"}));
}

void ProcessProbeTest::readsEveryFieldOfAProcess()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    // 10,240 KiB; 250 ticks of 10 ms; no interval yet, so no share of a core.
    QCOMPARE(heard.values, (ProbeValues{10485760.0, std::nullopt, 2.5, 4.0, 3.0, 4096.0, 8192.0, std::nullopt, 11.0}));
    QCOMPARE(heard.said, QStringList{});
}

void ProcessProbeTest::measuresCpuOverTheTimeThatReallyPassed()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    clock.advance(2s);
    proc.put(12, 550);
    probe.read();
    QCOMPARE(heard.values[Cpu], 150.0); // 3 s of processor in 2 s: one and a half cores
    QCOMPARE(heard.values[CpuShare], 150.0 / double(sysconf(_SC_NPROCESSORS_ONLN))); // of all there are
    clock.advance(500ms);
    probe.read();
    QCOMPARE(heard.values[Cpu], 0.0);
    probe.read();
    QCOMPARE(heard.values[Cpu], std::nullopt); // no time has passed: no share
}

void ProcessProbeTest::leavesOutWhatCannotBeRead()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.removeFile("12/io");
    proc.removeFile("12/status");
    proc.removeFile("12/task/12/status");
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values,
             (ProbeValues{std::nullopt, std::nullopt, 2.5, std::nullopt, 3.0, std::nullopt, std::nullopt, std::nullopt,
                          std::nullopt}));
    QCOMPARE(heard.said, QStringList{});
}

void ProcessProbeTest::saysOnceThatAProcessHasEnded()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.remove(12);
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    probe.read();
    QCOMPARE(heard.readings, 3);
    QCOMPARE(heard.said, QStringList{"failed: process 12 has ended; its values are missing from here on"});
}

void ProcessProbeTest::takesAZombieForGone()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.put(12, 250, 500, 7, 'Z');
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said.size(), 1);
}

void ProcessProbeTest::doesNotFollowAReusedNumber()
{
    FakeProc proc;
    proc.put(12, 250, 500);
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.put(12, 3, 900); // started later: another process
    probe.read();
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said, QStringList{"failed: process 12 has ended; its values are missing from here on"});
}

void ProcessProbeTest::saysOnceThatThereIsNoSuchProcess()
{
    FakeProc proc;
    ManualClock clock;
    ProcessProbe probe("api", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.put(12, 250); // whoever gets the number now is not meant
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said, QStringList{"failed: there is no process 12; give the pid of a running process, or its port"});
}

void ProcessProbeTest::waitsForThePracticeTarget()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", {}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    probe.setPracticePid(12);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
    QCOMPARE(heard.said, QStringList{});
}

void ProcessProbeTest::followsARestartedPracticeTarget()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", {}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.setPracticePid(12);
    probe.read();
    proc.remove(12);
    probe.read();
    proc.put(34, 100, 900);
    probe.setPracticePid(34);
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 1.0);
    QCOMPARE(heard.values[Cpu], std::nullopt); // nothing to compare with across two processes
    QCOMPARE(heard.said,
             (QStringList{"failed: process 12 has ended; its values are missing from here on",
                          "recovered: delivers values now"}));
}

void ProcessProbeTest::ignoresThePracticeTargetWhenItWatchesAnother()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.put(34, 100);
    ManualClock clock;
    ProcessProbe probe("db", byPid(12), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.setPracticePid(34);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
}

void ProcessProbeTest::findsTheListenerOfAPort()
{
    FakeProc proc;
    proc.put(12, 250, 500, 7);
    proc.put(34, 100, 400, 8);
    proc.listen(true, 7);
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
    QCOMPARE(heard.said, QStringList{});
}

void ProcessProbeTest::saysThatNobodyListensAndRecovers()
{
    FakeProc proc;
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said,
             QStringList{"failed: nothing listens on loopback port 80; start the service, or correct the port"});
    proc.put(12, 250);
    proc.listen(true);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
    QCOMPARE(heard.said.value(1), "recovered: delivers values now");
}

void ProcessProbeTest::saysThatAListenerCannotBeSeen()
{
    FakeProc proc;
    proc.put(12, 250, 500, 8);
    proc.listen(true, 7); // nobody whose descriptors we can read has this one
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(
        heard.said,
        QStringList{"failed: the process that listens on port 80 cannot be seen; run as its user, or give its pid"});
}

void ProcessProbeTest::watchesTheOldestOfThoseThatShareAPort()
{
    FakeProc proc;
    proc.put(12, 250, 600);
    proc.put(13, 300, 600); // forked in the same tick as 12
    proc.put(34, 100, 500); // their parent
    proc.listen(true);
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 1.0);
    QCOMPARE(
        heard.said,
        QStringList{"noted: 3 processes share port 80; watching only the oldest, 34; give a pid to choose another, or "
                         "children: true for all that it has started"});
}

void ProcessProbeTest::followsARestartWithoutAGap()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.listen(true);
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.remove(12);
    proc.put(34, 300, 900); // more than 12 had: only the process tells that this is not its progress
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 3.0);
    QCOMPARE(heard.values[Cpu], std::nullopt);
    clock.advance(1s);
    proc.put(34, 350, 900);
    probe.read();
    QCOMPARE(heard.values[Cpu], 50.0); // 0.5 s in 1 s
    QCOMPARE(heard.said,
             QStringList{"noted: process 12 on port 80 has ended; watching process 34, which listens there now"});
}

void ProcessProbeTest::followsARestartAfterAGap()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.listen(true);
    ManualClock clock;
    ProcessProbe probe("api", byPort(80), clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    proc.remove(12);
    proc.listen(false);
    probe.read();
    proc.put(34, 100, 900, 9);
    proc.listen(true, 9);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 1.0);
    QCOMPARE(heard.said,
             (QStringList{"failed: process 12 has ended, and nothing listens on loopback port 80; start the service, "
                          "or correct the port",
                          "recovered: process 12 on port 80 has ended; watching process 34, which listens there now"}));
}

void ProcessProbeTest::addsUpWhatItHasStarted()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.put(34, 100, 600);
    proc.put(56, 50, 700);
    proc.put(78, 900);
    proc.setChildren(12, "34 ");
    proc.setChildren(34, "56 ");
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = 12, .hasChildren = true}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    // Three times as much as one; 250 + 100 + 50 ticks.
    QCOMPARE(heard.values,
             (ProbeValues{3 * 10485760.0, std::nullopt, 4.0, 12.0, 9.0, 3 * 4096.0, 3 * 8192.0, std::nullopt, 33.0}));
    proc.put(34, 200, 600);
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[Cpu], 100.0); // 1 s in 1 s, by the child
    QCOMPARE(heard.said, QStringList{});
}

void ProcessProbeTest::countsWhatEndedChildrenTook()
{
    FakeProc proc;
    proc.put(12, 100);
    proc.put(34, 100, 600);
    proc.setChildren(12, "34 ");
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = 12, .hasChildren = true}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.0);
    proc.remove(34);
    proc.setChildren(12, "");
    proc.setEndedTicks(12, 150); // it had half a second more
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
    QCOMPARE(heard.values[Cpu], 50.0);
}

void ProcessProbeTest::findsAProcessByItsName()
{
    FakeProc proc;
    proc.put(12, 250, 600);
    proc.put(34, 100, 500);
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = {}, .name = "my (app)"}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 1.0);
    proc.remove(34);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 2.5);
    QCOMPARE(heard.said,
             (QStringList{"noted: 2 processes are called 'my (app)'; watching only the oldest, 34; give a pid to choose "
                          "another, or children: true for all that it has started",
                          "noted: process 34 of name 'my (app)' has ended; watching process 12, which is called so"}));
}

void ProcessProbeTest::saysThatNoneHasTheName()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = {}, .name = "app"}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said, QStringList{"failed: no process is called 'app'; start it, or correct the name"});
}

void ProcessProbeTest::addsUpAUnit()
{
    FakeProc proc;
    proc.put(12, 250);
    proc.put(34, 100, 600);
    proc.setUnit("12\n34\n", 7'000'000);
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = {}, .unit = "app"}, clock, proc.tree(), proc.groups());
    const ProbeListener heard(probe);
    probe.read();
    // The kernel's own count of the group: what has ended is in it.
    QCOMPARE(heard.values,
             (ProbeValues{2 * 10485760.0, std::nullopt, 7.0, 8.0, 6.0, 2 * 4096.0, 2 * 8192.0, std::nullopt, 22.0}));
    proc.setUnit("12\n", 7'500'000);
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[Cpu], 50.0);
    proc.remove(12);
    proc.put(56, 3, 900);
    proc.setUnit("56\n", 30'000);
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[CpuSeconds], 0.03);
    QCOMPARE(heard.said,
             QStringList{"noted: process 12 of unit 'app' has ended; watching process 56, the oldest of it now"});
}

void ProcessProbeTest::saysThatAUnitHasNoProcess()
{
    FakeProc proc;
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = {}, .unit = "app.service"}, clock, proc.tree(), proc.groups());
    const ProbeListener heard(probe);
    probe.read();
    probe.read();
    QCOMPARE(heard.said, QStringList{"failed: unit 'app.service' has no process; start it, or correct its name"});
}

void ProcessProbeTest::readsTheProportionalSizeWhenAsked()
{
    FakeProc proc;
    proc.put(12, 250);
    ManualClock clock;
    ProcessProbe probe("api", {.port = {}, .pid = 12, .hasPss = true}, clock, proc.tree());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values.size(), 10u);
    QCOMPARE(heard.values[Pss], 2.0 * 1024 * 1024);
    QCOMPARE(probe.series()[Pss].name(), "api.pss");
}

void ProcessProbeTest::tellsWhatHoldsTheMemory()
{
    FakeProc proc;
    proc.put(12, 100);
    proc.put(13, 100);
    proc.setChildren(12, "13 ");
    for (const int pid : {12, 13})
        proc.setMappings(pid, "10-20 rw-p 0 00:00 0 [heap]\nRss: 8 kB\n");
    ManualClock clock;
    ProcessProbe alone("api", byPid(12), clock, proc.tree()); // before its first reading, too
    QCOMPARE(alone.mappings()->totalBytes, 8u * 1024);
    ProcessProbe both("api", {.port = {}, .pid = 12, .hasChildren = true}, clock, proc.tree());
    both.read();
    QCOMPARE(both.mappings()->totalBytes, 16u * 1024);
    QCOMPARE(both.mappings()->processes, 2);
    ProcessProbe without("api", {.port = {}, .pid = 12, .hasMappings = false}, clock, proc.tree());
    QCOMPARE(without.mappings(), std::nullopt);
    proc.remove(12);
    both.read();
    QCOMPARE(both.mappings(), std::nullopt);
    ProcessProbe practice("api", {}, clock, proc.tree());
    QCOMPARE(practice.mappings(), std::nullopt);
}

void ProcessProbeTest::agreesWithTheKernelAndPs()
{
    // Ticks are rounded down, user and system each: 20 ms of 1.5 s are 1.3 %.
    QProcess child;
    child.start("python3",
                {"-c",
                 "import sys, time\n"
                 "kept = b'x' * (32 << 20)\n"
                 "print('begun', flush=True)\n"
                 "sys.stdin.readline()\n"
                 "while time.process_time() < 1.6: pass\n"
                 "print('burnt', flush=True)\n"
                 "sys.stdin.read()\n"});
    QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 30000);
    child.readLine();
    const QString pid = QString::number(child.processId());
    const auto exact = [&pid] { // the kernel's own sum, in ns
        QFile file(QStringLiteral("/proc/%1/schedstat").arg(pid));
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').front().toDouble() / 1e9 : -1.0;
    };
    const auto ofPs = [&pid](const char *column) {
        QProcess ps;
        ps.start("ps", {"-o", QString::fromLatin1(column) + "=", "-p", pid});
        return ps.waitForFinished() ? ps.readAll().trimmed().toDouble() : -1.0;
    };
    ManualClock clock;
    ProcessProbe probe("api", byPid(int(child.processId())), clock);
    const ProbeListener heard(probe);
    probe.read();
    const double before = exact();
    child.write("\n");
    QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 30000);
    const double burnt = exact() - before;
    clock.advance(2s);
    probe.read();
    QVERIFY(burnt > 1.0);
    const double cpuRatio = *heard.values[Cpu] / (100.0 * burnt / 2.0);
    QVERIFY2(std::abs(cpuRatio - 1.0) < 0.02, qPrintable(QString::number(cpuRatio)));
    const double rssRatio = *heard.values[Rss] / (1024.0 * ofPs("rss"));
    QVERIFY2(std::abs(rssRatio - 1.0) < 0.02, qPrintable(QString::number(rssRatio)));
    QCOMPARE(ofPs("cputimes"), std::floor(*heard.values[CpuSeconds]));
    const auto mappings = probe.mappings();
    QVERIFY(mappings && mappings->isWhole);
    const double mappedRatio = double(mappings->totalBytes) / *heard.values[Rss];
    QVERIFY2(std::abs(mappedRatio - 1.0) < 0.02, qPrintable(QString::number(mappedRatio)));
    QCOMPARE(mappings->holders.front().name, "anonymous"); // where the 32 MiB are
    QVERIFY(mappings->holders.front().bytes > 32u * 1024 * 1024);
    child.closeWriteChannel();
    QVERIFY(child.waitForFinished());
}

void ProcessProbeTest::watchesARealChild()
{
    // It takes 64 MiB, burns a second of processor, opens a pipe, and waits until its input is closed.
    QProcess child;
    child.start("python3",
                {"-c",
                 "import os, sys, time\n"
                 "kept = b'x' * (64 << 20)\n"
                 "while time.process_time() < 1: pass\n"
                 "pipe = os.pipe()\n"
                 "print('ready', flush=True)\n"
                 "sys.stdin.read()\n"});
    QVERIFY2(child.waitForStarted(), qPrintable(child.errorString()));
    QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 30000);

    ManualClock clock;
    ProcessProbe probe("api", byPid(static_cast<int>(child.processId())), clock);
    const ProbeListener heard(probe);
    probe.read();
    QVERIFY(heard.values[Rss] > 64.0 * 1024 * 1024);
    QVERIFY(heard.values[Rss] < 128.0 * 1024 * 1024);
    QVERIFY(heard.values[CpuSeconds] >= 0.98); // ticks are rounded down, user and system each
    QVERIFY(heard.values[CpuSeconds] < 3.0);
    QCOMPARE(heard.values[Threads], 1.0);
    QVERIFY(heard.values[Fds] >= 5.0); // standard three and both ends of the pipe
    QVERIFY(heard.values[ReadBytes]);
    QVERIFY(heard.values[Switches].value_or(0.0) >= 1.0);

    clock.advance(1s);
    probe.read();
    QVERIFY(heard.values[Cpu] < 5.0); // asleep

    child.closeWriteChannel();
    QVERIFY(child.waitForFinished());
    probe.read();
    QCOMPARE(heard.values, ProbeValues(9));
    QCOMPARE(heard.said.size(), 1);
}

void ProcessProbeTest::findsItselfBehindARealPort()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QCOMPARE(ProcTree().listenersOn(server.serverPort()).pids, std::vector<int>{getpid()});
    const int port = server.serverPort();
    server.close();
    QVERIFY(!ProcTree().listenersOn(port).isAnyListening);
}

QTEST_GUILESS_MAIN(ProcessProbeTest)
#include "tst_processprobe.moc"
