// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// One plan, run once for each value.
class SweepTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void runsThePlanOncePerValue();
    void keepsTheLengthOfTheScenario();
    void changesAnyPlaceOfTheScenario();
    void namesSessionsByTheOutOption();
    void givesTheWorstExitCode();
    void checksAllValuesBeforeTheFirstRun_data();
    void checksAllValuesBeforeTheFirstRun();
    void stopsOnAnInterrupt();

private:
    QByteArray bytesOf(const QString &name) const;
    QJsonObject sweepOf(const QByteArray &load, const QStringList &options, const QByteArray &rest = {});
    std::unique_ptr<QTemporaryDir> m_folder;
    ProcessResult m_result;
};

namespace {

QByteArray scenario(const QByteArray &load, const QByteArray &rest)
{
    return "headroom: 1\nname: Mix\ntarget: { practice: { service_time: '*=10 ms' } }\n"
           "flows: [ { steps: [ { get: /documents/17 } ] } ]\nload: "
        + load + '\n' + rest;
}

} // namespace

QByteArray SweepTest::bytesOf(const QString &name) const
{
    QFile file(m_folder->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject SweepTest::sweepOf(const QByteArray &load, const QStringList &options, const QByteArray &rest)
{
    m_result = runHeadroom(QStringList{QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--report"),
                                       QStringLiteral("json=sweep.json"), QStringLiteral("--report"),
                                       QStringLiteral("html=sweep.html")}
                               + options,
                           m_folder->path(), scenario(load, rest));
    return QJsonDocument::fromJson(bytesOf(QStringLiteral("sweep.json"))).object();
}

void SweepTest::runsThePlanOncePerValue()
{
    // Ten iterations of each user: 1 x 10, 2 x 10, 4 x 10.
    const QJsonObject sweep =
        sweepOf("{ users: 1, iterations_each: 10 }", {QStringLiteral("--sweep"), QStringLiteral("users=1,2,4")});
    QVERIFY2(m_result.exitCode == 0 || m_result.exitCode == 5, qPrintable(m_result.err));
    QCOMPARE(sweep[QStringLiteral("schema")].toString(), QStringLiteral("headroom-sweep/1"));
    const QJsonArray runs = sweep[QStringLiteral("runs")].toArray();
    QCOMPARE(runs.size(), 3);
    for (int run = 0; run < 3; ++run)
        QCOMPARE(runs[run][QStringLiteral("iterations")].toInt(), 10 << run);
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("Mix-users-*.headroom")}).size(), 3);
    QVERIFY(QFile::exists(m_folder->filePath(runs[2][QStringLiteral("session")].toString())));
    QVERIFY2(m_result.err.contains(QStringLiteral("2 of 3: users = 2")), qPrintable(m_result.err));
    QVERIFY2(m_result.out.contains(QStringLiteral("throughput")), qPrintable(m_result.out));
    QVERIFY(bytesOf(QStringLiteral("sweep.html")).contains("<svg"));
}

void SweepTest::keepsTheLengthOfTheScenario()
{
    // 20/s for 1 s are 20 iterations, 40/s are 40; the option --rate alone would have run for 30 s. On a slow machine the
    // last of them complete behind the measured second.
    const QJsonObject sweep =
        sweepOf("{ rate: 5/s, for: 1 s }", {QStringLiteral("--sweep"), QStringLiteral("rate=20/s,40/s")});
    const QJsonArray runs = sweep[QStringLiteral("runs")].toArray();
    QCOMPARE(runs[0][QStringLiteral("offered_per_s")].toDouble(), 20.0);
    QCOMPARE(runs[1][QStringLiteral("offered_per_s")].toDouble(), 40.0);
    QVERIFY(runs[0][QStringLiteral("iterations")].toInt() <= 20 && runs[1][QStringLiteral("iterations")].toInt() <= 40);
}

void SweepTest::changesAnyPlaceOfTheScenario()
{
    const QJsonObject sweep = sweepOf("{ stages: [ { rate: 5/s, for: 1 s } ] }",
                                      {QStringLiteral("--sweep"), QStringLiteral("load.stages[0].rate=20/s,40/s")});
    const QJsonArray runs = sweep[QStringLiteral("runs")].toArray();
    QCOMPARE(runs[0][QStringLiteral("offered_per_s")].toDouble(), 20.0);
    QCOMPARE(runs[1][QStringLiteral("offered_per_s")].toDouble(), 40.0);
    QCOMPARE(runs[1][QStringLiteral("value")].toString(), QStringLiteral("40/s"));
}

void SweepTest::namesSessionsByTheOutOption()
{
    sweepOf("{ batches: 1 of 1 }",
            {QStringLiteral("--sweep"), QStringLiteral("batches=1 of 2,2 of 2"), QStringLiteral("--out"),
             QStringLiteral("x.headroom")});
    QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("x-batches-1-of-2.headroom"))));
    QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("x-batches-2-of-2.headroom"))));
}

void SweepTest::givesTheWorstExitCode()
{
    // 20 iterations keep the rule, 40 break it.
    const QJsonObject sweep =
        sweepOf("{ rate: 5/s, for: 1 s }", {QStringLiteral("--sweep"), QStringLiteral("rate=20/s,40/s")},
                "rules: [ count < 30 ]\n");
    const QJsonArray runs = sweep[QStringLiteral("runs")].toArray();
    QCOMPARE(runs[0][QStringLiteral("result")].toString(), QStringLiteral("met"));
    QCOMPARE(runs[1][QStringLiteral("result")].toString(), QStringLiteral("not_met"));
    QCOMPARE(m_result.exitCode, 4);
    QCOMPARE(sweep[QStringLiteral("exit_code")].toInt(), 4);
}

void SweepTest::checksAllValuesBeforeTheFirstRun_data()
{
    QTest::addColumn<QString>("sweep");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("the last is wrong") << QStringLiteral("users=1,2,many")
                                       << QStringLiteral("'many' is not a number of users");
    QTest::newRow("an unknown name") << QStringLiteral("user=1,2") << QStringLiteral("did you mean 'users'");
    QTest::newRow("an unknown place") << QStringLiteral("load.user=1,2") << QStringLiteral("load.user");
    QTest::newRow("one value") << QStringLiteral("users=1") << QStringLiteral("at least two values");
    QTest::newRow("no value") << QStringLiteral("users=1,,2") << QStringLiteral("a value is missing");
    QTest::newRow("one twice") << QStringLiteral("users=1,2,1") << QStringLiteral("stands there twice");
    QTest::newRow("no parameter") << QStringLiteral("1,2") << QStringLiteral("names no parameter");
}

void SweepTest::checksAllValuesBeforeTheFirstRun()
{
    QFETCH(QString, sweep);
    QFETCH(QString, complaint);
    sweepOf("{ users: 1, for: 1 s }", {QStringLiteral("--sweep"), sweep});
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(complaint), qPrintable(m_result.err));
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
}

void SweepTest::stopsOnAnInterrupt()
{
    QFile file(m_folder->filePath(QStringLiteral("s.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(scenario("{ users: 1, for: 1 h }", {}));
    file.close();
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.start(headroomProgram(),
                  {QStringLiteral("run"), QStringLiteral("s.yaml"), QStringLiteral("--sweep"),
                   QStringLiteral("users=1,2,4"), QStringLiteral("--report"), QStringLiteral("json=sweep.json")});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("0:01 "), 20'000);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 130);
    const QJsonObject sweep = QJsonDocument::fromJson(bytesOf(QStringLiteral("sweep.json"))).object();
    QCOMPARE(sweep[QStringLiteral("complete")].toBool(true), false);
    QCOMPARE(sweep[QStringLiteral("runs")].toArray().size(), 1);
    QCOMPARE(sweep[QStringLiteral("exit_code")].toInt(), 130);
}

QTEST_GUILESS_MAIN(SweepTest)
#include "tst_sweep.moc"
