// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Headroom;

/// Ctrl-C once finishes and writes all, twice cuts.
class InterruptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onceFinishesAndWritesAll_data();
    void onceFinishesAndWritesAll();
    void twiceCutsWhatIsUnderWay();

private:
    QJsonObject report() const;
    bool startRun(QProcess &process, const QUrl &url);
    QTemporaryDir m_folder;
};

QJsonObject InterruptTest::report() const
{
    QFile file(m_folder.filePath(QStringLiteral("r.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// A minute of load; returns once its first second was reported.
bool InterruptTest::startRun(QProcess &process, const QUrl &url)
{
    for (const char *name : {"s.headroom", "r.json"})
        QFile::remove(m_folder.filePath(QLatin1String(name)));
    process.setWorkingDirectory(m_folder.path());
    process.setReadChannel(QProcess::StandardError);
    process.start(headroomProgram(), {QStringLiteral("run"), url.toString() + QStringLiteral("/documents/1"), QStringLiteral("--rate"),
                                      QStringLiteral("50/s"), QStringLiteral("--duration"), QStringLiteral("60s"), QStringLiteral("--out"),
                                      QStringLiteral("s.headroom"), QStringLiteral("--report"), QStringLiteral("json=r.json")});
    QByteArray said;
    while (!said.contains("0:01") && process.waitForReadyRead(10'000))
        said += process.readAllStandardError();
    return said.contains("0:01");
}

void InterruptTest::onceFinishesAndWritesAll_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void InterruptTest::onceFinishesAndWritesAll()
{
    QFETCH(int, signal);
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=100ms")}));
    QProcess run;
    QVERIFY(startRun(run, target.url()));
    ::kill(pid_t(run.processId()), signal);
    QVERIFY(run.waitForFinished(10'000));
    QCOMPARE(run.exitCode(), 130);
    const QJsonObject written = report();
    QCOMPARE(written[QStringLiteral("verdict")][QStringLiteral("exit_code")].toInt(), 130);
    QCOMPARE(written[QStringLiteral("session")][QStringLiteral("ending")].toString(), QStringLiteral("interrupted"));
    QCOMPARE(written[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0); // nothing was cut
    const qsizetype rows = target.stopAndReadLog(QStringLiteral("headroom")).size();
    QCOMPARE(written[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), int(rows));
}

void InterruptTest::twiceCutsWhatIsUnderWay()
{
    // Answers take 20 s; with the second signal the run ends all the same.
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=20s"), QStringLiteral("--workers"), QStringLiteral("1000")}));
    QProcess run;
    QVERIFY(startRun(run, target.url()));
    ::kill(pid_t(run.processId()), SIGINT);
    QByteArray said;
    while (!said.contains("again to cut") && run.waitForReadyRead(5'000))
        said += run.readAllStandardError();
    ::kill(pid_t(run.processId()), SIGINT);
    QVERIFY(run.waitForFinished(10'000));
    QCOMPARE(run.exitCode(), 130);
    QVERIFY(report()[QStringLiteral("session")][QStringLiteral("unfinished")].toInt() > 0);
    target.process().kill();
    target.process().waitForFinished();
}

QTEST_GUILESS_MAIN(InterruptTest)
#include "tst_interrupt.moc"
