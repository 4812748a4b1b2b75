// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/processwatch.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace Headroom;

class ProcessWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUpWhatThreadsUsedSinceTheLastLook();
    void sharesTheProcessorsAmongManyThreads();
    void aThreadMayComeAndGo();
    void countsConnectionsAndDescriptors();
    void seesItsOwnThreads();
};

namespace {

/// A folder laid out as /proc/self.
class Process
{
public:
    void set(int thread, const QByteArray &name, const QByteArray &schedStat)
    {
        const QString folder = QStringLiteral("%1/task/%2").arg(path()).arg(thread);
        QVERIFY(QDir().mkpath(folder));
        write(folder + QStringLiteral("/comm"), name + '\n');
        write(folder + QStringLiteral("/schedstat"), schedStat + '\n');
    }
    void end(int thread) { QDir(QStringLiteral("%1/task/%2").arg(path()).arg(thread)).removeRecursively(); }
    QString path() const { return m_folder.path(); }

private:
    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    QTemporaryDir m_folder;
};

} // namespace

void ProcessWatchTest::addsUpWhatThreadsUsedSinceTheLastLook()
{
    Process process;
    process.set(10, "headroom", "9000000000 1000000000 5");
    process.set(11, "worker 0", "1000000000 100000000 5");
    process.set(12, "QNetworkAccessM", "2000000000 200000000 5");
    ProcessWatch watch(process.path(), 2);
    process.set(10, "headroom", "9900000000 1030000000 9"); // no load passes here: 0.9 s of CPU, 0.03 s of waiting
    process.set(11, "worker 0", "1250000000 110000000 9"); // 0.25 s and 0.01 s
    process.set(12, "QNetworkAccessM", "2375000000 220000000 9"); // 0.375 s and 0.02 s
    const ProcessUse use = watch.take();
    QCOMPARE(use.busySeconds, 0.375); // the busiest; both by two processors are less: 0.3125
    QCOMPARE(use.loadWaitSeconds, 0.03);
    QCOMPARE(use.waitSeconds, 0.06);
    const ProcessUse nothing = watch.take();
    QCOMPARE(nothing.busySeconds, 0.0);
    QCOMPARE(nothing.waitSeconds, 0.0);
}

void ProcessWatchTest::sharesTheProcessorsAmongManyThreads()
{
    Process process;
    for (const int thread : {1, 2, 3})
        process.set(thread, "worker " + QByteArray::number(thread), "0 0 1");
    ProcessWatch watch(process.path(), 2);
    for (const int thread : {1, 2, 3})
        process.set(thread, "worker " + QByteArray::number(thread), "500000000 0 1");
    QCOMPARE(watch.take().busySeconds, 0.75); // 3 x 0.5 s on two processors
}

void ProcessWatchTest::aThreadMayComeAndGo()
{
    Process process;
    process.set(1, "worker 0", "1000000000 0 1");
    ProcessWatch watch(process.path(), 4);
    process.set(2, "headroom", "0 0 1"); // it has not got its name yet
    QCOMPARE(watch.take().busySeconds, 0.0);
    process.set(2, "QNetworkAccessM", "250000000 0 1");
    QCOMPARE(watch.take().busySeconds, 0.25);
    process.end(1);
    QCOMPARE(watch.take().busySeconds, 0.0);
    process.set(2, "QNetworkAccessM", "125000000 0 1"); // another thread with the same id
    QCOMPARE(watch.take().busySeconds, 0.125);
    process.set(2, "QNetworkAccessM", "not told");
    QCOMPARE(watch.take().busySeconds, 0.0);
}

void ProcessWatchTest::countsConnectionsAndDescriptors()
{
    Process process;
    ProcessWatch watch(process.path(), 1);
    const ProcessUse before = watch.take();
    QVERIFY(before.descriptors > 0 && before.descriptors < before.descriptorLimit);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QVERIFY(client.waitForConnected(5000));
    QVERIFY(server.waitForNewConnection(5000));
    QUdpSocket other; // connected, and yet no connection
    other.connectToHost(server.serverAddress(), server.serverPort());
    QVERIFY(other.waitForConnected(5000));
    const ProcessUse after = watch.take();
    QCOMPARE(after.connections, before.connections + 2); // both ends are ours
    QVERIFY(after.descriptors >= before.descriptors + 4);
}

void ProcessWatchTest::seesItsOwnThreads()
{
    ProcessWatch watch(QStringLiteral("/proc/self"), usableProcessors());
    const ProcessUse use = watch.take();
    QCOMPARE(use.busySeconds, 0.0); // a test has no load threads
    QVERIFY(use.waitSeconds >= 0.0);
}

QTEST_GUILESS_MAIN(ProcessWatchTest)
#include "tst_processwatch.moc"
