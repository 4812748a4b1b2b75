// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/freeport.h"
#include "tests/support/headroomprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Headroom;

/// Several scenarios in one call, against the practice target, with a real Redis as the service that they need.
class SuiteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void runsItsMembersInOrderAndReportsThemTogether();
    void leavesOutWhatNeedsAMemberThatFailed();
    void runsOneMemberAloneWhenAsked();
    void looksForServicesBeforeTheFirstRun();
    void findsServicesThatAreThere();
    void checksAllMembersBeforeTheFirstRun();
    void saysNoSecretWhereAServiceIsMissing();
    void refusesMembersThatWouldShareASessionFile();
    void takesOptionsOfMembersBehindALoneDash();
    void endsWithAReportWhenInterruptedAmongItsServices();
    void endsWithAReportWhenInterruptedInAMember();
    void twoRunsWithinASecondBothKeepTheirSession();
    void validatesASuite();

private:
    void write(const char *name, const QByteArray &text);
    QJsonObject run(const QByteArray &suite, const QStringList &options = {});
    int interrupted(const QByteArray &suite, const std::function<bool(const QByteArray &said)> &isTime);
    QByteArray bytesOf(const QString &name) const;
    std::unique_ptr<QTemporaryDir> m_folder;
    ProcessResult m_result;
};

namespace {

QByteArray scenario(const char *name, const QByteArray &rest)
{
    return QByteArray("headroom: 1\nname: ") + name
        + "\ntarget: { practice: { service_time: '*=1 ms' } }\nflows: [ { steps: [ { get: /documents/17 } ] } ]\n"
          "load: { users: 1, iterations: 5 }\n"
        + rest;
}

} // namespace

void SuiteTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("good.yaml", scenario("Good", "rules: [ count == 5 ]\n"));
    write("bad.yaml", scenario("Bad", "rules: [ count > 100 ]\n"));
}

void SuiteTest::write(const char *name, const QByteArray &text)
{
    QFile file(m_folder->filePath(QString::fromUtf8(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray SuiteTest::bytesOf(const QString &name) const
{
    QFile file(m_folder->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject SuiteTest::run(const QByteArray &suite, const QStringList &options)
{
    write("suite.yaml", "headroom: 1\nname: Nightly\n" + suite);
    m_result = runHeadroom(QStringList{QStringLiteral("run"), QStringLiteral("suite.yaml"), QStringLiteral("--report"),
                                       QStringLiteral("json=suite.json"), QStringLiteral("--report"),
                                       QStringLiteral("html=suite.html")}
                               + options,
                           m_folder->path());
    return QJsonDocument::fromJson(bytesOf(QStringLiteral("suite.json"))).object();
}

void SuiteTest::runsItsMembersInOrderAndReportsThemTogether()
{
    const QJsonObject suite = run("suite:\n  - { name: smoke, scenario: good.yaml }\n"
                                  "  - { name: more, scenario: good.yaml, needs: [smoke], set: { load.iterations: 7 } }\n"
                                  "objectives: { smoke: { errors: 1 % }, more: { errors: 1 %, count: '>= 5' } }\n");
    // The second breaks the rule of its own scenario, count == 5, and keeps both objectives.
    QCOMPARE(m_result.exitCode, 4);
    QCOMPARE(suite[QStringLiteral("schema")].toString(), QStringLiteral("headroom-suite/1"));
    QCOMPARE(suite[QStringLiteral("met")].toInt(), 1);
    const QJsonArray members = suite[QStringLiteral("members")].toArray();
    QCOMPARE(members.size(), 2);
    QCOMPARE(members[0][QStringLiteral("name")].toString(), QStringLiteral("smoke"));
    QCOMPARE(members[0][QStringLiteral("requests")].toInt(), 5);
    QCOMPARE(members[0][QStringLiteral("exit_code")].toInt(), 0);
    QCOMPARE(members[1][QStringLiteral("requests")].toInt(), 7);
    QCOMPARE(members[1][QStringLiteral("exit_code")].toInt(), 4);
    const QJsonArray cells = suite[QStringLiteral("objectives")].toArray();
    QCOMPARE(cells.size(), 3);
    for (const QJsonValue &cell : cells)
        QCOMPARE(cell[QStringLiteral("rule")][QStringLiteral("result")].toString(), QStringLiteral("met"));
    QVERIFY2(m_result.err.contains(QStringLiteral("2 of 2: more")), qPrintable(m_result.err));
    QVERIFY2(m_result.out.contains(QStringLiteral("1 of 2 members met")), qPrintable(m_result.out));
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).size(), 2);
    const QByteArray page = bytesOf(QStringLiteral("suite.html"));
    QVERIFY(page.contains("objectives-table") && page.contains("smoke") && page.contains("rules NOT MET"));
}

void SuiteTest::leavesOutWhatNeedsAMemberThatFailed()
{
    const QJsonObject suite = run("suite:\n  - { name: first, scenario: bad.yaml }\n"
                                  "  - { name: second, scenario: good.yaml, needs: [first] }\n"
                                  "  - { name: third, scenario: good.yaml, needs: [second] }\n"
                                  "  - { name: fourth, scenario: good.yaml }\n");
    QCOMPARE(m_result.exitCode, 4);
    const QJsonArray members = suite[QStringLiteral("members")].toArray();
    QCOMPARE(members.size(), 4);
    QVERIFY(members[0][QStringLiteral("skipped")].isNull());
    QVERIFY(members[1][QStringLiteral("skipped")].toString().contains(QStringLiteral("'first'")));
    QVERIFY(members[2][QStringLiteral("skipped")].toString().contains(QStringLiteral("'second'")));
    QCOMPARE(members[3][QStringLiteral("exit_code")].toInt(), 0);
    QVERIFY2(m_result.out.contains(QStringLiteral("1 of 4 members met, 2 did not run")), qPrintable(m_result.out));
}

void SuiteTest::runsOneMemberAloneWhenAsked()
{
    const QByteArray two = "suite:\n  - { name: first, scenario: bad.yaml }\n"
                           "  - { name: second, scenario: good.yaml, needs: [first] }\n";
    const QJsonObject suite = run(two, {QStringLiteral("--only"), QStringLiteral("second")});
    QCOMPARE(m_result.exitCode, 0);
    QCOMPARE(suite[QStringLiteral("members")].toArray().size(), 1);
    run(two, {QStringLiteral("--only"), QStringLiteral("secnd")});
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("did you mean 'second'")), qPrintable(m_result.err));
}

void SuiteTest::looksForServicesBeforeTheFirstRun()
{
    write("needy.yaml", scenario("Needy", "services: { redis: { tcp: '127.0.0.1:" + QByteArray::number(freePort())
                                     + "', within: 300 ms } }\n"));
    run("suite:\n  - { name: first, scenario: good.yaml }\n  - { name: second, scenario: needy.yaml }\n");
    QCOMPARE(m_result.exitCode, 3);
    QVERIFY2(m_result.err.contains(QStringLiteral("service 'redis'")), qPrintable(m_result.err));
    QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).isEmpty());
}

void SuiteTest::findsServicesThatAreThere()
{
    const QByteArray port = QByteArray::number(freePort());
    QProcess redis;
    redis.start(QStringLiteral("redis-server"),
                {QStringLiteral("--port"), QString::fromLatin1(port), QStringLiteral("--bind"), QStringLiteral("127.0.0.1"),
                 QStringLiteral("--save"), QString(), QStringLiteral("--dir"), m_folder->path()});
    QVERIFY2(redis.waitForStarted(), qPrintable(redis.errorString()));
    write("needy.yaml", scenario("Needy", "services: { redis: { tcp: '127.0.0.1:" + port + "', within: 20 s } }\n"));
    run("suite:\n  - { name: only, scenario: needy.yaml }\n");
    redis.terminate();
    QVERIFY(redis.waitForFinished(20'000));
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err));
}

void SuiteTest::checksAllMembersBeforeTheFirstRun()
{
    write("wrong.yaml", "headroom: 1\nflows: []\n");
    run("suite:\n  - { name: first, scenario: good.yaml }\n  - { name: second, scenario: wrong.yaml }\n");
    QCOMPARE(m_result.exitCode, 2);
    run("suite:\n  - { name: first, scenario: good.yaml }\n  - { name: second, scenario: ../wrong.yaml }\n");
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("member 'second'")), qPrintable(m_result.err));
    QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).isEmpty());
}

void SuiteTest::saysNoSecretWhereAServiceIsMissing()
{
    write("key", "s3cret-of-a-file\n");
    write("needy.yaml", scenario("Needy", "secrets: { KEY: file key }\n"
                                          "services: { db: { command: 'sh -c \"echo bad s3cret-of-a-file; exit 3\"', "
                                          "within: 300 ms } }\n"));
    run("suite:\n  - { name: only, scenario: needy.yaml }\n", {QStringLiteral("--allow-commands")});
    QCOMPARE(m_result.exitCode, 3);
    QVERIFY2(m_result.err.contains(QStringLiteral("bad ***KEY***")), qPrintable(m_result.err));
    QVERIFY2(!m_result.err.contains(QStringLiteral("s3cret")), qPrintable(m_result.err));
}

void SuiteTest::refusesMembersThatWouldShareASessionFile()
{
    const QByteArray two = "suite:\n  - { name: a/b, scenario: good.yaml }\n  - { name: 'a:b', scenario: good.yaml }\n";
    run(two, {QStringLiteral("--out"), QStringLiteral("s.headroom")});
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("'a/b' and 'a:b'")), qPrintable(m_result.err));
    QVERIFY(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).isEmpty());
    run(two); // names of their own
    QCOMPARE(m_result.exitCode, 0);
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).size(), 2);
}

void SuiteTest::takesOptionsOfMembersBehindALoneDash()
{
    write("suite.yaml", "headroom: 1\nsuite:\n  - { name: more, scenario: good.yaml, set: { load.iterations: 7 } }\n");
    m_result = runHeadroom({QStringLiteral("run"), QStringLiteral("--report"), QStringLiteral("json=suite.json"),
                            QStringLiteral("--"), QStringLiteral("suite.yaml")},
                           m_folder->path());
    QVERIFY2(m_result.exitCode == 4, qPrintable(m_result.err)); // 7 are not 5
    const QJsonObject suite = QJsonDocument::fromJson(bytesOf(QStringLiteral("suite.json"))).object();
    QCOMPARE(suite[QStringLiteral("members")][0][QStringLiteral("requests")].toInt(), 7);
    m_result = runHeadroom({QStringLiteral("run"), QStringLiteral("--sweep"), QStringLiteral("users=1,2"),
                            QStringLiteral("--"), QStringLiteral("good.yaml")},
                           m_folder->path());
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err));
}

/// Runs a suite until something has happened, and interrupts it; gives its exit code.
int SuiteTest::interrupted(const QByteArray &suite, const std::function<bool(const QByteArray &said)> &isTime)
{
    write("suite.yaml", "headroom: 1\nname: Nightly\n" + suite);
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(headroomProgram(), {QStringLiteral("run"), QStringLiteral("suite.yaml"), QStringLiteral("--report"),
                                      QStringLiteral("json=suite.json")});
    QByteArray said;
    const auto hear = [&] {
        said += process.readAll();
        return isTime(said);
    };
    if (!QTest::qWaitFor(hear, 20'000))
        qWarning("%s", said.constData());
    ::kill(pid_t(process.processId()), SIGINT);
    const bool isEnded = process.waitForFinished(20'000);
    return isEnded && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void SuiteTest::endsWithAReportWhenInterruptedAmongItsServices()
{
    QTcpServer silent; // takes connections and never answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    write("needy.yaml", scenario("Needy", "services: { api: { http: 'http://127.0.0.1:"
                                     + QByteArray::number(silent.serverPort()) + "/', within: 60 s } }\n"));
    const int code = interrupted("suite:\n  - { name: first, scenario: good.yaml }\n  - { name: second, scenario: needy.yaml }\n",
                                 [&silent](const QByteArray &) { return silent.hasPendingConnections(); });
    QCOMPARE(code, 130);
    const QJsonObject suite = QJsonDocument::fromJson(bytesOf(QStringLiteral("suite.json"))).object();
    QCOMPARE(suite[QStringLiteral("exit_code")].toInt(), 130);
    QCOMPARE(suite[QStringLiteral("members")].toArray().size(), 0);
}

void SuiteTest::endsWithAReportWhenInterruptedInAMember()
{
    write("long.yaml", QByteArray(scenario("Long", "")).replace("{ users: 1, iterations: 5 }", "{ rate: 20/s, for: 60 s }"));
    const int code = interrupted("suite:\n  - { name: first, scenario: long.yaml }\n  - { name: second, scenario: good.yaml }\n",
                                 [](const QByteArray &said) { return said.contains("0:01"); });
    QCOMPARE(code, 130);
    const QJsonObject suite = QJsonDocument::fromJson(bytesOf(QStringLiteral("suite.json"))).object();
    QCOMPARE(suite[QStringLiteral("members")].toArray().size(), 1);
}

void SuiteTest::twoRunsWithinASecondBothKeepTheirSession()
{
    // Of three that follow each other within two seconds, two are named by the same one.
    write("quick.yaml", scenario("Quick", ""));
    for (int i = 0; i < 3; ++i) {
        m_result = runHeadroom({QStringLiteral("run"), QStringLiteral("quick.yaml"), QStringLiteral("--progress"), QStringLiteral("none")},
                               m_folder->path());
        QVERIFY2(m_result.exitCode == 0 || m_result.exitCode == 5, qPrintable(m_result.err));
    }
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("*.headroom")}).size(), 3);
}

void SuiteTest::validatesASuite()
{
    write("suite.yaml", "headroom: 1\nsuite:\n  - { name: first, scenario: good.yaml }\n");
    m_result = runHeadroom({QStringLiteral("validate"), QStringLiteral("suite.yaml")}, m_folder->path());
    QVERIFY2(m_result.exitCode == 0, qPrintable(m_result.err));
    QVERIFY2(m_result.out.contains(QStringLiteral("a suite of 1 members")), qPrintable(m_result.out));
    m_result = runHeadroom({QStringLiteral("validate"), QStringLiteral("--profile"), QStringLiteral("x"),
                            QStringLiteral("suite.yaml")},
                           m_folder->path());
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("leave --profile")), qPrintable(m_result.err));
    write("suite.yaml", "headroom: 1\nsuite:\n  - { name: first, scenario: good.yaml, set: { load.iteration: 3 } }\n");
    m_result = runHeadroom({QStringLiteral("validate"), QStringLiteral("suite.yaml")}, m_folder->path());
    QCOMPARE(m_result.exitCode, 2);
    QVERIFY2(m_result.err.contains(QStringLiteral("did you mean 'iterations'")), qPrintable(m_result.err));
}

QTEST_GUILESS_MAIN(SuiteTest)
#include "tst_suite.moc"
