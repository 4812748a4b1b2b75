// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/logprobe.h"
#include "tests/core/probes/probelistener.h"
#include "tests/support/manualclock.h"
#include "tests/support/nginxserver.h"

#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

/// A log of our own and a probe of the lines with an x, a look each second.
struct Bench
{
    explicit Bench(const QByteArray &before = "x\n")
    {
        append(before);
        probe.read();
    }
    void append(const QByteArray &text) const
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(text);
    }
    std::optional<double> read()
    {
        clock.advance(1s);
        probe.read();
        return listener.values.front();
    }

    QTemporaryDir folder;
    QString path = folder.filePath("access.log");
    ManualClock clock;
    LogProbe probe{"hits", path, *LogMeasure::make("x", As::Rate), clock};
    ProbeListener listener{probe};
};

} // namespace

class LogProbeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatComesAfterItsBeginning();
    void followsARotatedLog();
    void followsALogThatWasCut();
    void waitsForALogThatIsNotThere();
    void readsOnlyFiles_data();
    void readsOnlyFiles();
    void leavesOutTooMuch();
    void tellsOnceWhatIsNoNumber();
    void followsTheLogOfARealServer();
};

void LogProbeTest::countsWhatComesAfterItsBeginning()
{
    Bench bench("x\nx\nhalf a line ");
    QCOMPARE(bench.listener.values, ProbeValues(1)); // nothing before it to compare with
    QCOMPARE(bench.read(), 0.0);
    bench.append("x\nx\nother\nx");
    QCOMPARE(bench.read(), 2.0); // the rest of the half line is one of them
    bench.append("\n");
    bench.clock.advance(1s);
    QCOMPARE(bench.read(), 0.5); // one in 2 s
    QCOMPARE(bench.listener.said, QStringList());
}

void LogProbeTest::followsARotatedLog()
{
    Bench bench;
    bench.append("x\n");
    QVERIFY(QFile::rename(bench.path, bench.path + ".1"));
    {
        QFile old(bench.path + ".1");
        QVERIFY(old.open(QIODevice::Append));
        old.write("x\nx"); // as a server does until it hears of it
    }
    bench.append("x\nx\nx\n");
    QCOMPARE(bench.read(), 5.0); // two whole lines of the old one, three of the new one
    QCOMPARE(bench.listener.said,
             QStringList{"noted: log " + bench.path + " was replaced; the new one is followed from its beginning"});
    bench.append("x\n");
    QCOMPARE(bench.read(), 1.0);
}

void LogProbeTest::followsALogThatWasCut()
{
    Bench bench("x\nx\nx\nx\n");
    QVERIFY(QFile::resize(bench.path, 0));
    bench.append("x\nx\n");
    QCOMPARE(bench.read(), 2.0);
    QCOMPARE(bench.listener.said,
             QStringList{"noted: log " + bench.path + " was cut; it is followed from its beginning"});
}

void LogProbeTest::waitsForALogThatIsNotThere()
{
    Bench bench;
    QVERIFY(QFile::remove(bench.path));
    QCOMPARE(bench.read(), std::nullopt);
    QCOMPARE(bench.read(), std::nullopt);
    bench.append("x\nx\n");
    QCOMPARE(bench.read(), 2.0); // it is new: all of it came since
    QCOMPARE(bench.listener.said,
             (QStringList{"failed: log " + bench.path + " cannot be read: No such file or directory",
                          "recovered: delivers values now"}));
}

void LogProbeTest::readsOnlyFiles_data()
{
    QTest::addColumn<bool>("isPipe");
    QTest::newRow("pipe") << true;
    QTest::newRow("folder") << false;
}

void LogProbeTest::readsOnlyFiles()
{
    QFETCH(bool, isPipe);
    QTemporaryDir folder;
    const QString path = isPipe ? folder.filePath("pipe") : folder.path();
    if (isPipe)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    ManualClock clock;
    LogProbe probe("hits", path, *LogMeasure::make("x", As::Rate), clock);
    const ProbeListener listener(probe);
    probe.read(); // and does not wait for somebody to write
    QCOMPARE(listener.said, QStringList{"failed: log " + path + " cannot be read: it is no file"});
}

void LogProbeTest::leavesOutTooMuch()
{
    Bench bench;
    bench.append(QByteArray("x\n").repeated(LogFollower::kMostBytes / 2) + "x\n");
    QCOMPARE(bench.read(), std::nullopt);
    QVERIFY(bench.listener.said.value(0).contains(" has grown by more than 4.0 MiB since the look before; "));
    bench.append("x\n");
    QCOMPARE(bench.read(), 1.0);
}

void LogProbeTest::tellsOnceWhatIsNoNumber()
{
    QTemporaryDir folder;
    QFile file(folder.filePath("log"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    ManualClock clock;
    LogProbe probe("took", file.fileName(), *LogMeasure::make("took (\\S+)", As::Last), clock);
    const ProbeListener listener(probe);
    probe.read();
    for (int i = 0; i < 3; ++i) {
        file.write("took 5\ntook -\n");
        clock.advance(1s);
        probe.read();
        QCOMPARE(listener.values.front(), 5.0);
    }
    QCOMPARE(listener.said,
             QStringList{"noted: the pattern has caught '-' in log " + file.fileName()
                         + ", which is no number and is left out"});
}

void LogProbeTest::followsTheLogOfARealServer()
{
    NginxServer server;
    const auto started = server.start("location /no { return 503; }");
    QVERIFY2(started, qPrintable(started ? QString() : started.error().text()));
    ManualClock clock;
    LogProbe failures("failures", server.accessLogPath(), *LogMeasure::make(" 5\\d\\d \\d+ ", As::Rate), clock);
    LogProbe bytes("bytes", server.accessLogPath(), *LogMeasure::make(" 200 (\\d+) ", As::Sum), clock);
    const ProbeListener heardFailures(failures);
    const ProbeListener heardBytes(bytes);
    failures.read();
    bytes.read();
    const auto ask = [&server](const QByteArray &path) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(server.url().port()));
        socket.write("GET " + path + " HTTP/1.0\r\n\r\n");
        return socket.waitForDisconnected(10'000);
    };
    const qsizetype before = server.accessLog().size();
    for (const char *path : {"/", "/no", "/", "/no", "/no"})
        QVERIFY(ask(path));
    QTRY_COMPARE(server.accessLog().size(), before + 5);
    clock.advance(1s);
    failures.read();
    bytes.read();
    QCOMPARE(heardFailures.values, ProbeValues{3.0});
    QCOMPARE(heardBytes.values, ProbeValues{22.0}); // twice {"ok":true}
    QCOMPARE(heardFailures.said + heardBytes.said, QStringList());
}

QTEST_GUILESS_MAIN(LogProbeTest)
#include "tst_logprobe.moc"
