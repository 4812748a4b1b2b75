// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

/// The bundled scenario that looks into answers, against a target that keeps users apart and one that does not.
class AnswersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void passesATargetThatKeepsUsersApart();
    void findsATargetThatMixesThemUp();

private:
    static int run(const QStringList &targetOptions, QJsonObject &report);
};

int AnswersTest::run(const QStringList &targetOptions, QJsonObject &report)
{
    QTemporaryDir folder;
    TargetProcess target;
    if (!target.start(QStringList{QStringLiteral("--service-time"), QStringLiteral("*=1ms")} + targetOptions))
        return -1;
    const auto result = runHeadroom({QStringLiteral("run"),
                                     QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios/agents-apart.yaml"),
                                     QStringLiteral("--target"), target.url().toString(), QStringLiteral("--report"),
                                     QStringLiteral("json=r.json")},
                                    folder.path());
    QFile file(folder.filePath(QStringLiteral("r.json")));
    if (file.open(QIODevice::ReadOnly))
        report = QJsonDocument::fromJson(file.readAll()).object();
    if (report.isEmpty())
        qWarning().noquote() << result.exitCode << result.err;
    return result.exitCode;
}

void AnswersTest::passesATargetThatKeepsUsersApart()
{
    QJsonObject report;
    QCOMPARE(run({}, report), 0);
    QCOMPARE(report[QStringLiteral("failures")].toArray().size(), 0);
    // 10 agents, 20 iterations of 3 requests.
    QCOMPARE(report[QStringLiteral("totals")].toObject()[QStringLiteral("requests")].toInt(), 600);
}

void AnswersTest::findsATargetThatMixesThemUp()
{
    QJsonObject report;
    QCOMPARE(run({QStringLiteral("--leaks"), QStringLiteral("30%")}, report), 4); // a rule is not met
    int leaks = 0;
    QStringList details;
    for (const QJsonValue &row : report[QStringLiteral("failures")].toArray()) {
        if (row[QStringLiteral("kind")] != QStringLiteral("identity"))
            continue;
        leaks += row[QStringLiteral("count")].toInt();
        QCOMPARE(row[QStringLiteral("message")].toString(),
                 QStringLiteral("the answer was meant for another user: header X-Agent-Id is not agent-${user}"));
        details.append(row[QStringLiteral("example")][QStringLiteral("detail")].toString());
    }
    QVERIFY2(leaks > 50, qPrintable(QString::number(leaks))); // of some 400: 30 %, what begins with an error goes on
    QVERIFY2(details.value(0).startsWith(QLatin1String("found 'agent-")), qPrintable(details.join(u'\n')));
}

QTEST_GUILESS_MAIN(AnswersTest)
#include "tst_answers.moc"
