// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

// 20 iterations a second of one request each.
QByteArray scenarioWith(const QByteArray &seconds, const QByteArray &judgement)
{
    return "headroom: 1\nname: judged\ntarget: { practice: { workers: 8, service_time: documents=1ms } }\n"
           "flows: [{ steps: [{ name: read, get: /documents/1 }] }]\n"
           "load: { rate: 20/s, users: 20, for: "
        + seconds + " }\nachieved_rule: false\n" + judgement;
}

} // namespace

/// What a run is judged by, from the real program against the practice target.
class AcceptanceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void stopEndsARunWithinASecond();
    void acceptsWhatIsGoodEnough();
    void refusesWhatIsNot();
    void refusesRulesThatNoRunCanMeet();
    void warnsOfRulesThatSayNothing();

private:
    ProcessResult run(const QByteArray &scenario);
    QJsonObject report() const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void AcceptanceTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

ProcessResult AcceptanceTest::run(const QByteArray &scenario)
{
    return runHeadroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--report"), QStringLiteral("json=r.json")},
                       m_folder->path(), scenario);
}

QJsonObject AcceptanceTest::report() const
{
    QFile file(m_folder->filePath(QStringLiteral("r.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void AcceptanceTest::stopEndsARunWithinASecond()
{
    // 20 requests a second: more than 45 are finished within second 2, which is known when that second is over, at 3 s.
    // Arrivals end within a second of that, so second 3 may have some, and second 4 has none.
    const ProcessResult result = run(scenarioWith("60 s", "rules: [count <= 45 stop]\n"));
    QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(result.err)); // 5: the machine was busy
    const QJsonObject json = report();
    const QJsonObject rule = json[QStringLiteral("rules")][0].toObject();
    QCOMPARE(rule[QStringLiteral("result")].toString(), QStringLiteral("not_met"));
    const double requests = json[QStringLiteral("totals")][QStringLiteral("requests")].toDouble();
    QVERIFY2(requests >= 46 && requests <= 81, qPrintable(QString::number(requests)));
    const QJsonArray times = json[QStringLiteral("series")][QStringLiteral("t_s")].toArray();
    QVERIFY2(!times.isEmpty() && times.last().toDouble() <= 4.0, qPrintable(QString::number(times.last().toDouble())));
}

void AcceptanceTest::acceptsWhatIsGoodEnough()
{
    const ProcessResult result = run(scenarioWith("2 s",
                                                  "requirements: [{ id: R1, text: All is read, rule: count >= 30 }]\n"
                                                  "objectives: { read: { p95: 10 s, throughput: 100/s }, all: { errors: 1 % } }\n"
                                                  "acceptance: at least 3 of 4\n"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err + result.out));
    QVERIFY2(result.out.contains(QStringLiteral("Verdict: accepted")), qPrintable(result.out));
    QVERIFY2(result.out.contains(QStringLiteral("3 of 4 rules are met; at least 3 of 4 are asked for: accepted")),
             qPrintable(result.out));
    const QJsonObject json = report();
    QCOMPARE(json[QStringLiteral("verdict")][QStringLiteral("result")].toString(), QStringLiteral("met"));
    const QJsonObject acceptance = json[QStringLiteral("acceptance")].toObject();
    QCOMPARE(acceptance[QStringLiteral("accepted")].toBool(), true);
    QCOMPARE(acceptance[QStringLiteral("met")].toInt(), 3);
    QCOMPARE(acceptance[QStringLiteral("not_met")][0].toString(), QStringLiteral("throughput(read) >= 100/s"));
    QCOMPARE(json[QStringLiteral("objectives")].toArray().size(), 3);
    const QJsonObject cell = json[QStringLiteral("objectives")][1].toObject();
    QCOMPARE(cell[QStringLiteral("row")].toString(), QStringLiteral("read"));
    QCOMPARE(cell[QStringLiteral("column")].toString(), QStringLiteral("throughput"));
    QCOMPARE(cell[QStringLiteral("bound")].toDouble(), 100.0);
    QCOMPARE(cell[QStringLiteral("result")].toString(), QStringLiteral("not_met"));
    const QJsonObject requirement = json[QStringLiteral("requirements")][0].toObject();
    QCOMPARE(requirement[QStringLiteral("id")].toString(), QStringLiteral("R1"));
    QCOMPARE(requirement[QStringLiteral("result")].toString(), QStringLiteral("met"));
}

void AcceptanceTest::refusesWhatIsNot()
{
    const ProcessResult result =
        run(scenarioWith("2 s", "acceptance: at least 80 %\nrules: [p95 < 10 s, throughput > 100/s weight 3]\n"));
    QVERIFY2(result.exitCode == 4, qPrintable(result.err));
    QVERIFY2(result.out.contains(QStringLiteral("Verdict: NOT ACCEPTED")), qPrintable(result.out));
    QCOMPARE(report()[QStringLiteral("acceptance")][QStringLiteral("weight")].toDouble(), 4.0);
}

void AcceptanceTest::refusesRulesThatNoRunCanMeet()
{
    const ProcessResult result = run(scenarioWith("2 s", "rules:\n  - p95 < 100 ms\n  - p95 > 200 ms\n"));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QStringLiteral(
                 "no run can meet this rule and that of line 8 together: 'p95 < 100 ms'; remove one of them")),
             qPrintable(result.err));
    QVERIFY2(result.err.contains(QStringLiteral(":9:5")), qPrintable(result.err));
}

void AcceptanceTest::warnsOfRulesThatSayNothing()
{
    QFile file(m_folder->filePath(QStringLiteral("idle.yaml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(scenarioWith("2 s", "rules: [errors <= 100 %, p99 < 1 s, p95 < 2 s, count > 100]\n"));
    file.close();
    const ProcessResult result = runHeadroom({QStringLiteral("validate"), QStringLiteral("idle.yaml")}, m_folder->path());
    QCOMPARE(result.exitCode, 0);
    const QString said = result.out + result.err;
    for (const char *sentence :
         {"this rule can never fail", "this rule asks for nothing more than that of line 7: 'p99 < 1 s'",
          "no run can meet this rule: the plan brings at most 41"})
        QVERIFY2(said.contains(QLatin1String(sentence)), qPrintable(said));
}

QTEST_GUILESS_MAIN(AcceptanceTest)
#include "tst_acceptance.moc"
