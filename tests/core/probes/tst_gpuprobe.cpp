// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/gpuprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;
const QString kNone = QStringLiteral("/nowhere/at/all");
const QString kFakeNvml = QStringLiteral(HEADROOM_BIN_DIR "/libtests-fakenvml.so");

/// A program in the place of nvidia-smi.
QString program(const QTemporaryDir &folder, const QByteArray &script)
{
    QFile file(folder.filePath("nvidia-smi"));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("#!/bin/sh\n" + script);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    return file.fileName();
}

struct Bench
{
    explicit Bench(const GpuTools &tools, int index = 0)
        : probe("gpu", index, clock, tools)
    {
    }
    ProbeValues read()
    {
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; }, 30'000) ? listener.values : ProbeValues();
    }

    ManualClock clock;
    GpuProbe probe;
    ProbeListener listener{probe};
};

} // namespace

class GpuProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { qunsetenv("FAKE_NVML"); }
    void namesItsSeriesWithUnits();
    void asksTheLibrary();
    void leavesOutWhatTheDeviceCannotTell();
    void saysThatThereIsNoSuchDevice();
    void saysThatTheDriverIsNotLoadedAndRecovers();
    void asksTheProgramWithoutALibrary();
    void saysWhatTheProgramComplainsOf();
    void saysOnceThatThereIsNeither();
    void givesUpAtTheTimeout();
    void readsALine_data();
    void readsALine();
};

void GpuProbeTest::namesItsSeriesWithUnits()
{
    Bench bench({kNone, kNone});
    QStringList names;
    for (const RunFacts::Series &series : bench.probe.series())
        names.append(series.name() + u' ' + series.unit);
    QCOMPARE(names,
             (QStringList{"gpu.use percent", "gpu.memory bytes", "gpu.memory_total bytes", "gpu.power_watts ",
                          "gpu.temperature_celsius "}));
}

void GpuProbeTest::asksTheLibrary()
{
    qputenv("FAKE_NVML", "37 1073741824 8589934592 123456 61");
    Bench bench({kFakeNvml, kNone});
    QCOMPARE(bench.read(), (ProbeValues{37.0, 1073741824.0, 8589934592.0, 123.456, 61.0}));
    qputenv("FAKE_NVML", "38 0 8589934592 0 60");
    QCOMPARE(bench.read(), (ProbeValues{38.0, 0.0, 8589934592.0, 0.0, 60.0}));
    QCOMPARE(bench.listener.said, QStringList());
}

void GpuProbeTest::leavesOutWhatTheDeviceCannotTell()
{
    qputenv("FAKE_NVML", "37 - - - 61");
    Bench bench({kFakeNvml, kNone});
    QCOMPARE(bench.read(), (ProbeValues{37.0, std::nullopt, std::nullopt, std::nullopt, 61.0}));
    QCOMPARE(bench.listener.said, QStringList());
}

void GpuProbeTest::saysThatThereIsNoSuchDevice()
{
    qputenv("FAKE_NVML", "37 1 2 3 61");
    Bench bench({kFakeNvml, kNone}, 1);
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.listener.said, QStringList("failed: graphics processor 1 cannot be read: Invalid Argument"));
}

void GpuProbeTest::saysThatTheDriverIsNotLoadedAndRecovers()
{
    Bench bench({kFakeNvml, kNone});
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.listener.said, QStringList("failed: NVML cannot be used: Driver Not Loaded"));
    qputenv("FAKE_NVML", "37 1 2 3000 61");
    QCOMPARE(bench.read(), (ProbeValues{37.0, 1.0, 2.0, 3.0, 61.0}));
    QCOMPARE(bench.listener.said.last(), "recovered: delivers values now");
}

void GpuProbeTest::asksTheProgramWithoutALibrary()
{
    QTemporaryDir folder;
    // Says what it was asked, too: that is what the real one understands.
    const QString script = program(folder, "echo \"$@\" > \"$0.asked\"\necho '37, 1024, 8192, 123.45, 61'\n");
    Bench bench({kNone, script}, 2);
    QCOMPARE(bench.read(), (ProbeValues{37.0, 1024 * kMebibyte, 8192 * kMebibyte, 123.45, 61.0}));
    QFile asked(script + ".asked");
    QVERIFY(asked.open(QIODevice::ReadOnly));
    QCOMPARE(asked.readAll(),
             "--query-gpu=utilization.gpu,memory.used,memory.total,power.draw,temperature.gpu "
             "--format=csv,noheader,nounits --id=2\n");
}

void GpuProbeTest::saysWhatTheProgramComplainsOf()
{
    QTemporaryDir folder;
    Bench bench({kNone, program(folder, "echo 'No devices were found' >&2\nexit 6\n")});
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.listener.said, QStringList("failed: nvidia-smi failed: No devices were found"));
}

void GpuProbeTest::saysOnceThatThereIsNeither()
{
    Bench bench({kNone, kNone});
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.read(), ProbeValues(5));
    QCOMPARE(bench.listener.said,
             QStringList("failed: there is neither NVIDIA's NVML library nor nvidia-smi; install NVIDIA's driver, or "
                         "take the probe out"));
}

void GpuProbeTest::givesUpAtTheTimeout()
{
    QTemporaryDir folder;
    const QString script = program(folder, "echo > \"$0.begun\"\nwhile [ ! -e \"$0.go\" ]; do sleep 0.01; done\n");
    Bench bench({kNone, script});
    bench.probe.read();
    QTRY_VERIFY(QFile::exists(script + ".begun"));
    bench.probe.read();
    QCOMPARE(bench.listener.readings, 1); // one at a time: at once, without a value and without a failure
    QCOMPARE(bench.listener.said, QStringList());
    bench.clock.advance(2s);
    QCOMPARE(bench.listener.values, ProbeValues(5));
    QCOMPARE(bench.listener.said, QStringList("failed: has not answered within 2.00 s"));
    QFile go(script + ".go");
    QVERIFY(go.open(QIODevice::WriteOnly));
}

void GpuProbeTest::readsALine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isGood");
    QTest::addColumn<double>("watts");
    QTest::newRow("all") << QByteArray("0, 3, 8192, 9.77, 33\n") << true << 9.77;
    QTest::newRow("several devices") << QByteArray("0, 3, 8192, 9.77, 33\n1, 4, 8192, 8, 30\n") << true << 9.77;
    QTest::newRow("not supported") << QByteArray("0, 3, 8192, [Not Supported], 33\n") << true << -1.0;
    QTest::newRow("unknown") << QByteArray("[N/A], [N/A], [N/A], [N/A], [N/A]\n") << true << -1.0;
    QTest::newRow("no number") << QByteArray("0, 3, 8192, nan, 33\n") << true << -1.0;
    QTest::newRow("too few") << QByteArray("0, 3\n") << false << -1.0;
    QTest::newRow("too many") << QByteArray("0, 3, 4, 5, 6, 7\n") << false << -1.0;
    QTest::newRow("nothing") << QByteArray() << false << -1.0;
}

void GpuProbeTest::readsALine()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isGood);
    QFETCH(double, watts);
    const auto figures = readGpuLine(line);
    QCOMPARE(figures.has_value(), isGood);
    QCOMPARE(figures ? figures->powerWatts.value_or(-1.0) : -1.0, watts);
}

QTEST_GUILESS_MAIN(GpuProbeTest)
#include "tst_gpuprobe.moc"
