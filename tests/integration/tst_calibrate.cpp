// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

const QByteArray kScenario = "headroom: 1\nname: two steps\ntarget: { url: 'http://127.0.0.1:9' }\n"
                             "flows: [ { steps: [ { get: /a, think: 1 s }, { post: /b, text: hello } ] } ]\n"
                             "load: { users: 20, stages: [ { rate: 10/s, for: 5 s } ] }\n";

} // namespace

/// headroom calibrate, and what a run makes of what it has found.
class CalibrateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void findsAndKeepsTheCeilingOfAScenariosShape();
    void aPlanBeyondTheCeilingIsFlaggedBeforeItsStart();
    void badUsageIsTwo_data();
    void badUsageIsTwo();
    void onlyHttp11CanBeCalibrated();
    void aCacheThatCannotBeWrittenIsOne();

private:
    ProcessResult headroom(const QStringList &arguments, const QByteArray &input = {})
    {
        return runHeadroom(arguments, m_folder->path(), input);
    }
    QString cachePath() const { return m_folder->filePath(QStringLiteral("cache/headroom/ceilings.json")); }
    QJsonObject entry() const
    {
        QFile file(cachePath());
        return file.open(QIODevice::ReadOnly)
            ? QJsonDocument::fromJson(file.readAll())[QLatin1String("ceilings")].toArray().at(0).toObject()
            : QJsonObject();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CalibrateTest::findsAndKeepsTheCeilingOfAScenariosShape()
{
    const auto result = headroom({QStringLiteral("calibrate"), QStringLiteral("-")}, kScenario);
    QCOMPARE(result.exitCode, 0);
    for (const char *line : {"Shape:         qnam, plain, 2 steps, bodies up to 4 KiB, ", "Closed loop:   ",
                             "CPU a request: ", "Ceiling:       ", "Open model:    ", "Kept: plans of this shape"})
        QVERIFY2(result.out.contains(QLatin1String(line)), qPrintable(result.out));
    QVERIFY(entry()[QLatin1String("rate_per_s")].toDouble() > 100.0); // any machine of today does many times that
    QVERIFY(entry()[QLatin1String("calibrated")].toBool());
    QVERIFY(entry()[QLatin1String("shape")].toString().startsWith(
        QStringLiteral("qnam, plain, 2 steps, bodies up to 4 KiB")));
    QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom*")}, QDir::Files).isEmpty());
}

void CalibrateTest::aPlanBeyondTheCeilingIsFlaggedBeforeItsStart()
{
    // What the run itself finds first tells the machine's name and the shape; then the ceiling is put at 25/s.
    const QByteArray scenario =
        "headroom: 1\nname: small\ntarget: { practice: {} }\nflows: [ { steps: [ { get: /documents/1 } ] } ]\n"
        "load: { stages: [ { RATE, for: 2 s } ] }\n";
    QVERIFY(
        headroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"), QStringLiteral("a.headroom")},
                 QByteArray(scenario).replace("RATE", "users: 50"))
            .exitCode
        >= 0);
    QJsonObject known = entry();
    QVERIFY(known[QLatin1String("rate_per_s")].toDouble() > 100.0);
    QVERIFY(!known[QLatin1String("calibrated")].toBool());
    known[QLatin1String("rate_per_s")] = 25.0;
    known[QLatin1String("calibrated")] = true;
    QFile file(cachePath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("ceilings"), QJsonArray{known}}})
            .toJson());
    file.close();
    const auto result =
        headroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"), QStringLiteral("b.headroom"),
                  QStringLiteral("--report"), QStringLiteral("json=b.json")},
                 QByteArray(scenario).replace("RATE", "rate: 20/s"));
    const QString sentence =
        QStringLiteral("the plan asks for up to 20/s requests, 80 % of the 25/s that this generator can do");
    QVERIFY2(result.err.contains(sentence), qPrintable(result.err));
    QFile report(m_folder->filePath(QStringLiteral("b.json")));
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains(sentence.toUtf8())); // among its events
}

void CalibrateTest::badUsageIsTwo_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("said");
    QTest::newRow("no such file") << QStringLiteral("nothing.yaml")
                                  << QStringLiteral("nothing.yaml: there is no such file");
    QTest::newRow("two scenarios") << QStringLiteral("a.yaml b.yaml")
                                   << QStringLiteral("headroom calibrate [SCENARIO]");
    QTest::newRow("no workers") << QStringLiteral("--workers 0")
                                << QStringLiteral("--workers: '0' is not a whole number from 1 to 256");
    QTest::newRow("unknown option") << QStringLiteral("--worker 1") << QStringLiteral("did you mean 'workers'?");
    QTest::newRow("a scenario with problems") << QStringLiteral("-") << QStringLiteral("field 'target' is missing");
}

void CalibrateTest::badUsageIsTwo()
{
    QFETCH(QString, arguments);
    QFETCH(QString, said);
    const auto result =
        headroom(QStringLiteral("calibrate %1").arg(arguments).split(QLatin1Char(' ')), "headroom: 1\nnme: x\n");
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(said), qPrintable(result.err));
    QVERIFY(!QFile::exists(cachePath()));
}

void CalibrateTest::onlyHttp11CanBeCalibrated()
{
    const auto result = headroom({QStringLiteral("calibrate"), QStringLiteral("-")},
                                 QByteArray(kScenario).replace("9' }", "9', transport: direct, connection: { http: 2 } }"));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QLatin1String("only HTTP/1.1 can be calibrated")), qPrintable(result.err));
}

void CalibrateTest::aCacheThatCannotBeWrittenIsOne()
{
    QFile file(m_folder->filePath(QStringLiteral("cache")));
    QVERIFY(file.open(QIODevice::WriteOnly)); // where a folder should be
    const auto result = headroom({QStringLiteral("calibrate"), QStringLiteral("--workers"), QStringLiteral("1")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.err.contains(QStringLiteral("ceilings.json")), qPrintable(result.err));
    QVERIFY(result.out.contains(QStringLiteral("Ceiling:"))); // and is told all the same
}

QTEST_GUILESS_MAIN(CalibrateTest)
#include "tst_calibrate.moc"
