// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/cgroupprobe.h"
#include "core/probes/hostprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// Files of the kernel, to be changed at will.
class FakeKernel
{
public:
    QString path() const { return m_folder.path(); }
    void write(const QString &name, const QByteArray &text)
    {
        const QString whole = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(whole).path());
        QFile file(whole);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    void removeFolder(const QString &name) { QDir(m_folder.filePath(name)).removeRecursively(); }

private:
    QTemporaryDir m_folder;
};

QByteArray pressure(int total)
{
    return "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + QByteArray::number(total) + '\n';
}

} // namespace

/// The machine, and control groups of it.
class HostProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheMachine();
    void leavesOutWhatTheKernelDoesNotCount();
    void failsWithoutAKernel();
    void readsThisMachine();
    void readsAGroup();
    void findsTheGroupOfAUnit_data();
    void findsTheGroupOfAUnit();
    void saysThatThereIsNoGroup();
    void saysThatAGroupTellsNothing();
    void notesAGroupThatWasMadeAnew();
};

void HostProbeTest::readsTheMachine()
{
    FakeKernel kernel;
    kernel.write("stat", "cpu  100 0 0 900 0 0 0 0 0 0\n");
    kernel.write("meminfo", "MemTotal: 16000 kB\nMemAvailable: 4000 kB\n");
    kernel.write("pressure/cpu", pressure(1'000'000));
    kernel.write("pressure/memory", pressure(0));
    kernel.write("pressure/io", pressure(500'000));
    ManualClock clock;
    HostProbe probe("host", clock, kernel.path());
    const ProbeListener heard(probe);
    probe.read();
    const double used = 12000.0 * 1024;
    QCOMPARE(heard.values, (ProbeValues{std::nullopt, used, 75.0, std::nullopt, std::nullopt, std::nullopt}));

    kernel.write("stat", "cpu  150 0 0 1050 0 0 0 0 0 0\n"); // 50 of 200 ticks
    kernel.write("pressure/cpu", pressure(1'500'000)); // half a second of two
    kernel.write("pressure/io", pressure(2'500'000)); // all of them
    clock.advance(2s);
    probe.read();
    QCOMPARE(heard.values, (ProbeValues{25.0, used, 75.0, 25.0, 0.0, 100.0}));
    QCOMPARE(heard.said, QStringList{});
}

void HostProbeTest::leavesOutWhatTheKernelDoesNotCount()
{
    FakeKernel kernel;
    kernel.write("meminfo", "MemTotal: 16000 kB\nMemAvailable: 4000 kB\n");
    ManualClock clock;
    HostProbe probe("host", clock, kernel.path());
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values[2], 75.0);
    QCOMPARE(heard.said, QStringList{});
}

void HostProbeTest::failsWithoutAKernel()
{
    ManualClock clock;
    HostProbe probe("host", clock, "/nowhere");
    const ProbeListener heard(probe);
    probe.read();
    probe.read();
    QCOMPARE(heard.values, ProbeValues(6));
    QCOMPARE(heard.said, QStringList{"failed: /nowhere cannot be read; it tells of the machine on Linux alone"});
}

void HostProbeTest::readsThisMachine()
{
    ManualClock clock;
    HostProbe probe("host", clock);
    const ProbeListener heard(probe);
    probe.read();
    QVERIFY(heard.values[1].value_or(0.0) > 1e6);
    QVERIFY(heard.values[2].value_or(-1.0) > 0.0 && heard.values[2].value_or(101.0) < 100.0);
}

void HostProbeTest::readsAGroup()
{
    FakeKernel kernel;
    kernel.write("a/b/memory.current", "4096\n");
    kernel.write("a/b/cpu.stat", "usage_usec 1000000\nthrottled_usec 0\n");
    kernel.write("a/b/memory.pressure", pressure(0));
    ManualClock clock;
    CgroupProbe probe("box", {.unit = {}, .group = "/a/b"}, clock, CgroupTree(kernel.path()));
    const ProbeListener heard(probe);
    probe.read();
    QCOMPARE(heard.values,
             (ProbeValues{4096.0, std::nullopt, 1.0, std::nullopt, std::nullopt, std::nullopt, std::nullopt}));
    kernel.write("a/b/cpu.stat", "usage_usec 4000000\nthrottled_usec 500000\n");
    kernel.write("a/b/memory.pressure", pressure(200'000));
    clock.advance(2s);
    probe.read();
    // 3 s of processor in 2 s; held back for half a second, and 0.2 s of waiting for memory. No pressure of the others.
    QCOMPARE(heard.values, (ProbeValues{4096.0, 150.0, 4.0, 25.0, std::nullopt, 10.0, std::nullopt}));
    QCOMPARE(heard.said, QStringList{});
}

void HostProbeTest::findsTheGroupOfAUnit_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("group");
    QTest::newRow("of the system") << "web.service" << "/system.slice/web.service";
    QTest::newRow("short") << "web" << "/system.slice/web.service";
    QTest::newRow("of a user") << "app.service" << "/user.slice/user-1.slice/app.service";
    QTest::newRow("another kind") << "user-1.slice" << "/user.slice/user-1.slice";
    QTest::newRow("none") << "we" << "";
    QTest::newRow("a path") << "../system.slice/web.service" << "";
}

void HostProbeTest::findsTheGroupOfAUnit()
{
    FakeKernel kernel;
    kernel.write("system.slice/web.service/cgroup.procs", "12\n");
    kernel.write("system.slice/web.service/worker/cgroup.procs", "34\n56\n");
    kernel.write("user.slice/user-1.slice/app.service/cgroup.procs", "78\n");
    const CgroupTree groups(kernel.path());
    QFETCH(QString, unit);
    QTEST(groups.groupOfUnit(unit), "group");
    QCOMPARE(groups.pids("/system.slice/web.service"), (std::vector<int>{12, 34, 56}));
}

void HostProbeTest::saysThatThereIsNoGroup()
{
    FakeKernel kernel;
    ManualClock clock;
    CgroupProbe byUnit("box", {.unit = "web", .group = {}}, clock, CgroupTree(kernel.path()));
    CgroupProbe byPath("box", {.unit = {}, .group = "/web"}, clock, CgroupTree(kernel.path()));
    const ProbeListener heardUnit(byUnit);
    const ProbeListener heardPath(byPath);
    byUnit.read();
    byPath.read();
    QCOMPARE(heardUnit.said,
             QStringList{"failed: there is no control group of unit 'web'; start it, or correct its name"});
    QCOMPARE(heardPath.said,
             QStringList{"failed: there is no control group '/web'; start what makes it, or correct its path"});
    kernel.write("web/memory.current", "1\n");
    byPath.read();
    QCOMPARE(heardPath.values.front(), 1.0);
    QCOMPARE(heardPath.said.size(), 2);
}

void HostProbeTest::saysThatAGroupTellsNothing()
{
    // The root group has no memory.current, and one whose controllers are off has next to nothing.
    FakeKernel kernel;
    kernel.write("cgroup.procs", "1\n");
    ManualClock clock;
    CgroupProbe probe("box", {.unit = {}, .group = "/"}, clock, CgroupTree(kernel.path()));
    const ProbeListener heard(probe);
    for (int look = 0; look < 2; ++look) {
        probe.read();
        QCOMPARE(heard.values, ProbeValues(7));
        clock.advance(1s);
    }
    QCOMPARE(heard.said,
             QStringList{"failed: control group '/' has no memory.current, cpu.stat or pressure file that can be read; "
                         "enable memory and cpu in cgroup.subtree_control of the group above it, or name a group below "
                         "it"});
    kernel.write("io.pressure", pressure(0)); // the first look at a share has no value, and is none that failed
    probe.read();
    QCOMPARE(heard.values, ProbeValues(7));
    QCOMPARE(heard.said.size(), 2);
    QVERIFY2(heard.said[1].startsWith("recovered: "), qPrintable(heard.said[1]));
}

void HostProbeTest::notesAGroupThatWasMadeAnew()
{
    FakeKernel kernel;
    kernel.write("web/cpu.stat", "usage_usec 5000000\n");
    ManualClock clock;
    CgroupProbe probe("box", {.unit = {}, .group = "/web"}, clock, CgroupTree(kernel.path()));
    const ProbeListener heard(probe);
    probe.read();
    kernel.write("web/cpu.stat", "usage_usec 1000\n");
    clock.advance(1s);
    probe.read();
    QCOMPARE(heard.values[1], std::nullopt);
    QCOMPARE(heard.said, QStringList{"noted: control group '/web' was made anew"});
}

QTEST_GUILESS_MAIN(HostProbeTest)
#include "tst_hostprobe.moc"
