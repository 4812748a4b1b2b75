// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// The bundled scenario of ten agents against a target that logs who asked: as many requests as planned, from each as
/// many as from the others, and none twice.
class IdentityTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tenAgentsAskFiftyTimesEach_data();
    void tenAgentsAskFiftyTimesEach();
    void aVarFromTheCommandLineGoesIntoEveryRequest();

private:
    /// Identities in the target's log, as "research-3-17", and the report.
    static QStringList runAgents(const QStringList &options, QJsonObject &report);
};

QStringList IdentityTest::runAgents(const QStringList &options, QJsonObject &report)
{
    QTemporaryDir folder;
    TargetProcess target;
    if (!target.start({QStringLiteral("--service-time"), QStringLiteral("*=1ms")}))
        return {};
    const auto result = runHeadroom(
        QStringList{QStringLiteral("run"), QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios/ten-agents.yaml"),
                    QStringLiteral("--target"), target.url().toString(), QStringLiteral("--report"),
                    QStringLiteral("json=r.json")}
            + options,
        folder.path());
    if (result.exitCode != 0)
        qWarning().noquote() << result.exitCode << result.err;
    QFile file(folder.filePath(QStringLiteral("r.json")));
    if (file.open(QIODevice::ReadOnly))
        report = QJsonDocument::fromJson(file.readAll()).object();
    QStringList ids;
    for (const QString &row : target.stopAndReadLog(QStringLiteral("headroom")))
        ids.append(row.section(u',', 0, 0));
    return ids;
}

void IdentityTest::tenAgentsAskFiftyTimesEach_data()
{
    QTest::addColumn<QString>("workers");
    QTest::newRow("one worker") << QStringLiteral("1");
    QTest::newRow("three workers") << QStringLiteral("3");
}

void IdentityTest::tenAgentsAskFiftyTimesEach()
{
    QFETCH(QString, workers);
    QJsonObject report;
    QStringList ids = runAgents({QStringLiteral("--workers"), workers}, report);
    QStringList expected;
    for (int agent = 0; agent < 10; ++agent) {
        for (int request = 0; request < 50; ++request)
            expected.append(QStringLiteral("research-%1-%2").arg(agent).arg(request));
    }
    ids.sort();
    expected.sort();
    QCOMPARE(ids.size(), 500);
    QCOMPARE(ids, expected);
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 500);
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("iterations")].toInt(), 500);
    QCOMPARE(report[QStringLiteral("load")][QStringLiteral("iterations_each")].toInt(), 50);
    QCOMPARE(report[QStringLiteral("steps")][0][QStringLiteral("path")].toString(), QStringLiteral("/retrieve"));
}

void IdentityTest::aVarFromTheCommandLineGoesIntoEveryRequest()
{
    QJsonObject report;
    const QStringList ids = runAgents({QStringLiteral("--set"), QStringLiteral("vars.team=a b"),
                                       QStringLiteral("--set"), QStringLiteral("load.iterations_each=2")},
                                      report);
    QCOMPARE(ids.size(), 20);
    QCOMPARE(ids.filter(QRegularExpression(QStringLiteral("^a b-[0-9]-[01]$"))).size(), 20);
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "tst_identity.moc"
