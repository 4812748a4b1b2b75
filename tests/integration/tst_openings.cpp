// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/tlsserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

QString words(const char *text) { return QString::fromUtf8(text); }

QByteArray scenarioAgainst(const QByteArray &target, const QByteArray &path)
{
    return "headroom: 1\nname: openings\ntarget: { " + target
        + ", transport: direct }\nflows: [ { steps: [ { get: " + path + " } ] } ]\nload: { users: 1, iterations: 3 }\n";
}

} // namespace

/// Connections and first bytes of whole runs.
class OpeningsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void countsWhatWasOpened_data();
    void countsWhatWasOpened();
    void tellsWhichHandshakesWentOn_data();
    void tellsWhichHandshakesWentOn();
    void saysThatQnamCannotTell();
    void judgesThem();

private:
    QJsonObject run(const QStringList &arguments, const QByteArray &scenario)
    {
        m_result =
            runHeadroom(QStringList{words("run"), words("-"), words("--report"), words("json=r.json")} + arguments,
                        m_folder->path(), scenario);
        QFile file(m_folder->filePath(words("r.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    ProcessResult m_result;
};

void OpeningsTest::countsWhatWasOpened_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("opened");
    QTest::newRow("kept") << QStringList() << 1;
    QTest::newRow("a new one each") << QStringList{words("--set"), words("target.connection.reuse=false")} << 3;
}

void OpeningsTest::countsWhatWasOpened()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, opened);
    const QJsonObject report = run(arguments, scenarioAgainst("practice: {}", "/health/live"));
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err + m_result.out));
    const QJsonObject connections = report[words("connections")].toObject();
    QCOMPARE(connections[words("opened")].toInt(), opened);
    QCOMPARE(connections[words("resumed")].toInt(), 0);
    QCOMPARE(connections[words("connect_ms")][words("count")].toInt(), opened);
    QCOMPARE(connections[words("tls_ms")][words("count")].toInt(), 0);
    QCOMPARE(connections[words("resolve_ms")][words("count")].toInt(), 0); // an address
    const QJsonObject totals = report[words("totals")].toObject();
    QCOMPARE(totals[words("first_byte_ms")][words("count")].toInt(), 3);
    QCOMPARE_LE(totals[words("first_byte_ms")][words("max")].toDouble(),
                totals[words("service_ms")][words("max")].toDouble());
    QVERIFY2(m_result.out.contains(words("Connections: %1 opened").arg(opened)), qPrintable(m_result.out));
}

void OpeningsTest::tellsWhichHandshakesWentOn_data()
{
    QTest::addColumn<QByteArray>("option");
    QTest::addColumn<int>("resumed");
    QTest::newRow("they do") << QByteArray() << 2; // the server closes after each answer
    QTest::newRow("they must not") << QByteArray(", resume: false") << 0;
}

void OpeningsTest::tellsWhichHandshakesWentOn()
{
    QFETCH(QByteArray, option);
    QFETCH(int, resumed);
    TlsServer server;
    QVERIFY(server.start({}, {words("-www")}));
    QVERIFY(QFile::copy(server.authority(), m_folder->filePath(words("ca.pem"))));
    const QJsonObject report = run(
        {},
        scenarioAgainst("url: '" + server.url().toEncoded() + "', tls: { authorities: ca.pem" + option + " }", "/"));
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err + m_result.out));
    const QJsonObject connections = report[words("connections")].toObject();
    QCOMPARE(connections[words("opened")].toInt(), 3);
    QCOMPARE(connections[words("resumed")].toInt(), resumed);
    QCOMPARE(connections[words("tls_ms")][words("count")].toInt(), 3);
    QCOMPARE_GT(connections[words("tls_ms")][words("min")].toDouble(), 0.0);
}

void OpeningsTest::saysThatQnamCannotTell()
{
    const QJsonObject report =
        run({words("--transport"), words("qnam")}, scenarioAgainst("practice: {}", "/health/live"));
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err + m_result.out));
    QVERIFY(report.contains(words("connections")));
    QVERIFY(report[words("connections")].isNull());
    QCOMPARE(report[words("totals")][words("first_byte_ms")][words("count")].toInt(), 3);
}

void OpeningsTest::judgesThem()
{
    const QByteArray scenario = scenarioAgainst("practice: {}", "/health/live")
        + "rules: [ opened == 1, connect(max) < 1 min, first_byte(p95) < 1 min ]\n";
    const QJsonObject report = run({}, scenario);
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err + m_result.out));
    for (const QJsonValue &rule : report[words("rules")].toArray())
        QCOMPARE(rule[words("result")].toString(), words("met"));
    run({words("--transport"), words("qnam")}, scenario);
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(words("'opened' needs the direct transport")), qPrintable(m_result.err));
}

QTEST_GUILESS_MAIN(OpeningsTest)
#include "tst_openings.moc"
