// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/commandprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

using namespace Headroom;

namespace {

/// A probe of what a line of shell says.
struct Bench
{
    explicit Bench(const QString &line, const QString &pattern = "(\\d+) MiB")
        : probe("gpu", {"/bin/sh", {"-c", line}, folder.path(), QRegularExpression(pattern)}, clock)
    {
    }
    ProbeValues read()
    {
        const int before = listener.readings;
        probe.read();
        return QTest::qWaitFor([&] { return listener.readings > before; }, 20'000) ? listener.values : ProbeValues();
    }
    QString said() const { return listener.said.join(QLatin1String(" | ")); }

    QTemporaryDir folder;
    ManualClock clock;
    CommandProbe probe;
    ProbeListener listener{probe};
};

} // namespace

class CommandProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesANumberOutOfWhatItSays();
    void startsItAtEveryReading();
    void isAGapWithoutANumber_data();
    void isAGapWithoutANumber();
    void saysThatThereIsNoSuchProgram();
    void endsWhatTakesTooLong();
    void endsWhatSaysTooMuch();
    void hasOneReadingUnderWay();
    void endsItWhenCancelled();
};

void CommandProbeTest::takesANumberOutOfWhatItSays()
{
    Bench bench("echo 'used 512 MiB of 2048 MiB'; echo careful >&2");
    QCOMPARE(bench.read(), ProbeValues{512.0});
    QCOMPARE(bench.said(), "");
    QCOMPARE(bench.probe.series().front().name(), "gpu");
}

void CommandProbeTest::startsItAtEveryReading()
{
    Bench bench("echo x >> lines; wc -l < lines; echo ' MiB'", "(\\d+)\\s+MiB"); // in its folder
    for (const double count : {1.0, 2.0, 3.0})
        QCOMPARE(bench.read(), ProbeValues{count});
}

void CommandProbeTest::isAGapWithoutANumber_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("saying");
    QTest::newRow("nothing") << "true" << "command 'sh' said nothing that the pattern matches; correct the pattern";
    QTest::newRow("no number") << "echo took - ms"
                               << "the pattern has caught '-' in what command 'sh' said, which is no number";
    QTest::newRow("exit code") << "echo took 5 ms; echo no such GPU >&2; exit 3"
                               << "command 'sh' ended with exit code 3; it said: no such GPU";
    QTest::newRow("killed") << "kill -9 $$" << "command 'sh' was killed";
}

void CommandProbeTest::isAGapWithoutANumber()
{
    QFETCH(QString, line);
    QFETCH(QString, saying);
    Bench bench(line, "took (\\S+) ms");
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.said(), "failed: " + saying); // once
}

void CommandProbeTest::saysThatThereIsNoSuchProgram()
{
    ManualClock clock;
    CommandProbe probe("gpu", {"/nowhere/gpu", {}, {}, QRegularExpression("(x)")}, clock);
    const ProbeListener listener(probe);
    probe.read();
    QTRY_COMPARE(listener.readings, 1);
    QVERIFY2(listener.said.value(0).startsWith("failed: command 'gpu' could not be started: "),
             qPrintable(listener.said.value(0)));
}

void CommandProbeTest::endsWhatTakesTooLong()
{
    Bench bench("sleep 600 & echo $! > child; wait");
    bench.probe.read();
    QFile file(bench.folder.filePath("child"));
    QTRY_VERIFY_WITH_TIMEOUT(file.exists() && file.size() > 1, 20'000);
    bench.clock.advance(2s);
    QCOMPARE(bench.said(), "failed: command 'sh' took longer than 2.00 s and was ended");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const pid_t child = file.readAll().trimmed().toInt();
    QVERIFY(child > 1);
    // With all that it has started; who inherits the dead one may take a moment to notice.
    const auto isAlive = [child] {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(child));
        return stat.open(QIODevice::ReadOnly) && !stat.readAll().contains(") Z ");
    };
    QTRY_VERIFY(!isAlive());
}

void CommandProbeTest::endsWhatSaysTooMuch()
{
    Bench bench("while :; do echo 1 MiB; done");
    QCOMPARE(bench.read(), ProbeValues(1));
    QCOMPARE(bench.said(), "failed: command 'sh' said more than 32.0 KiB and was ended; let it say less");
}

void CommandProbeTest::hasOneReadingUnderWay()
{
    Bench bench("sleep 600");
    bench.probe.read();
    QVERIFY(bench.probe.isReading());
    bench.probe.read();
    QCOMPARE(bench.listener.readings, 1);
    QCOMPARE(bench.said(), "");
}

void CommandProbeTest::endsItWhenCancelled()
{
    Bench bench("sleep 600");
    bench.probe.read();
    bench.probe.cancel();
    QVERIFY(!bench.probe.isReading());
    bench.clock.advance(10s);
    QCoreApplication::processEvents();
    QCOMPARE(bench.listener.readings, 0);
    QCOMPARE(bench.said(), "");
}

QTEST_GUILESS_MAIN(CommandProbeTest)
#include "tst_commandprobe.moc"
