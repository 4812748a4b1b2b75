// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Headroom;

namespace {

const QByteArray kScenario = R"(headroom: 1
name: small
target: { practice: { workers: 4, service_time: "*=1ms" } }
flows: [ { steps: [ { get: /documents/1 } ] } ]
load: { stages: [ { rate: 20/s, for: 2 s } ] }
rules: [ RULE ]
)";

QByteArray scenarioWith(const QByteArray &rule)
{
    return QByteArray(kScenario).replace("RULE", rule);
}

} // namespace

/// Every exit code that is documented, from the real program, with its one clear sentence.
class ExitCodesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void metRulesAreZero();
    void undecidedIsZeroAndFourWhenStrict();
    void unwritableOutputIsOne_data();
    void unwritableOutputIsOne();
    void anExistingSessionIsNeverOverwritten();
    void badUsageIsTwo_data();
    void badUsageIsTwo();
    void badScenariosAreTwoWithAPlace_data();
    void badScenariosAreTwoWithAPlace();
    void aDamagedSessionIsTwo();
    void foreignHostsNeedLeave();
    void anUnreachableTargetIsThree();
    void aTargetThatIsNotReadyIsThree();
    void unmetRulesAreFour();
    void aStopRuleIsFourAndEndsEarly();
    void aLostTargetIsFour();
    void aGeneratorThatCannotKeepUpIsFive();

private:
    ProcessResult headroom(const QStringList &arguments, const QByteArray &input = {})
    {
        return runHeadroom(arguments, m_folder->path(), input);
    }
    QStringList files() const { return QDir(m_folder->path()).entryList({QStringLiteral("*.headroom*"), QStringLiteral("*.json*")}, QDir::Files); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ExitCodesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void ExitCodesTest::metRulesAreZero()
{
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--report"), QStringLiteral("json=r.json")},
                                 scenarioWith("count >= 40"));
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    QVERIFY(result.out.contains(QStringLiteral("Session: small-")));
    QVERIFY(result.out.contains(QStringLiteral("Report:  r.json")));
    QCOMPARE(files().size(), 2); // nothing half written, no side files
}

void ExitCodesTest::undecidedIsZeroAndFourWhenStrict()
{
    // 40 samples bound no p99: it needs 368.
    const QByteArray scenario = scenarioWith("p99 < 10 s surely");
    const QStringList run{QStringLiteral("run"), QStringLiteral("-")};
    const int plain = headroom(run, scenario).exitCode;
    QCOMPARE(plain, 0);
    QThread::sleep(std::chrono::seconds(1)); // the session's name holds the second
    const int strict = headroom(run + QStringList{QStringLiteral("--strict")}, scenario).exitCode;
    QCOMPARE(strict, 4);
}

void ExitCodesTest::unwritableOutputIsOne_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("session in a folder that is not there") << QStringList{QStringLiteral("--out"), QStringLiteral("no/such/s.headroom")};
    QTest::newRow("report in a folder that is not there") << QStringList{QStringLiteral("--report"), QStringLiteral("json=no/such/r.json")};
}

void ExitCodesTest::unwritableOutputIsOne()
{
    QFETCH(QStringList, options);
    const auto result = headroom(QStringList{QStringLiteral("run"), QStringLiteral("-")} + options, scenarioWith("count >= 1"));
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.err.contains(QStringLiteral("no/such/")), qPrintable(result.err));
}

void ExitCodesTest::anExistingSessionIsNeverOverwritten()
{
    QFile file(m_folder->filePath(QStringLiteral("s.headroom")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") == 8);
    file.close();
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"), QStringLiteral("s.headroom")}, scenarioWith("count >= 1"));
    QCOMPARE(result.exitCode, 1);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "precious");
    QCOMPARE(files(), QStringList{QStringLiteral("s.headroom")});
}

void ExitCodesTest::badUsageIsTwo_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("unknown command") << QStringLiteral("rn x") << QStringLiteral("did you mean 'run'?");
    QTest::newRow("unknown option") << QStringLiteral("run x --ratee 5/s") << QStringLiteral("did you mean 'rate'?");
    QTest::newRow("no scenario") << QStringLiteral("run") << QStringLiteral("headroom run SCENARIO|URL");
    QTest::newRow("no such file") << QStringLiteral("run nothing.yaml") << QStringLiteral("nothing.yaml: there is no such file");
    QTest::newRow("rate without unit") << QStringLiteral("run http://127.0.0.1:1/ --rate 50") << QStringLiteral("--rate: '50' is not a rate");
    QTest::newRow("duration of nothing") << QStringLiteral("run http://127.0.0.1:1/ --duration 0s") << QStringLiteral("--duration");
    QTest::newRow("no users") << QStringLiteral("run http://127.0.0.1:1/ --users 0") << QStringLiteral("--users");
    QTest::newRow("unknown transport") << QStringLiteral("run http://127.0.0.1:1/ --transport curl") << QStringLiteral("--transport: 'curl' is not qnam or direct");
    QTest::newRow("unknown HTTP") << QStringLiteral("run http://127.0.0.1:1/ --http 3") << QStringLiteral("--http: '3' is not 1.1 or 2");
    QTest::newRow("unknown samples") << QStringLiteral("run http://127.0.0.1:1/ --samples error")
                                     << QStringLiteral("--samples: 'error' is not all, errors, sample or off (did you mean 'errors'?)");
    QTest::newRow("bad URL") << QStringLiteral("run ftp://127.0.0.1/") << QStringLiteral("ftp");
    QTest::newRow("report format") << QStringLiteral("run http://127.0.0.1:1/ --report pdf=x") << QStringLiteral("--report json=FILE");
    QTest::newRow("progress style") << QStringLiteral("run http://127.0.0.1:1/ --progress fancy") << QStringLiteral("fancy");
    QTest::newRow("schema") << QStringLiteral("schema nothing") << QStringLiteral("headroom schema scenario");
    QTest::newRow("validate nothing") << QStringLiteral("validate") << QStringLiteral("headroom validate FILE");
    QTest::newRow("report of nothing") << QStringLiteral("report nothing.headroom") << QStringLiteral("nothing.headroom");
}

void ExitCodesTest::badUsageIsTwo()
{
    QFETCH(QString, arguments);
    QFETCH(QString, said);
    const auto result = headroom(arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(said), qPrintable(result.err));
    QVERIFY(files().isEmpty());
}

void ExitCodesTest::badScenariosAreTwoWithAPlace_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("place");
    QTest::newRow("unknown field") << QByteArray("name: small") << QByteArray("nome: small") << QStringLiteral("-:2:1: ");
    QTest::newRow("wrong type") << QByteArray("workers: 4") << QByteArray("workers: four") << QStringLiteral("-:3:32: ");
    QTest::newRow("bad unit") << QByteArray("for: 2 s") << QByteArray("for: 2 x") << QStringLiteral("-:5:38: ");
    QTest::newRow("duplicate key") << QByteArray("name: small") << QByteArray("name: small\nname: other") << QStringLiteral("-:3:1: ");
    QTest::newRow("no YAML") << QByteArray("flows: [") << QByteArray("flows: ]") << QStringLiteral("-:4:8: ");
    QTest::newRow("unknown step in a rule") << QByteArray("RULE") << QByteArray("p95(nothing) < 1 s") << QStringLiteral("-:6:14: ");
    QTest::newRow("no rule") << QByteArray("RULE") << QByteArray("p95 << 1 s") << QStringLiteral("-:6:");
}

void ExitCodesTest::badScenariosAreTwoWithAPlace()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, place);
    QByteArray scenario = QByteArray(kScenario).replace(from, to);
    scenario.replace("RULE", "count >= 1");
    for (const char *command : {"run", "validate"}) {
        const auto result = headroom({QLatin1String(command), QStringLiteral("-")}, scenario);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.startsWith(place), qPrintable(result.err));
    }
    QVERIFY(files().isEmpty());
}

void ExitCodesTest::aDamagedSessionIsTwo()
{
    QFile file(m_folder->filePath(QStringLiteral("s.headroom")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(5000, 'x')) == 5000);
    file.close();
    const auto result = headroom({QStringLiteral("report"), QStringLiteral("s.headroom")});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QStringLiteral("s.headroom")), qPrintable(result.err));
}

void ExitCodesTest::foreignHostsNeedLeave()
{
    // 192.0.2.1 is reserved for documentation; without leave nothing is sent, not even a connection.
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("http://192.0.2.1/")});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QStringLiteral("--allow-host 192.0.2.1")), qPrintable(result.err));
}

void ExitCodesTest::anUnreachableTargetIsThree()
{
    QTcpServer reserved; // a port that nobody listens on any more
    QVERIFY(reserved.listen(QHostAddress::LocalHost));
    const quint16 port = reserved.serverPort();
    reserved.close();
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("http://127.0.0.1:%1/").arg(port)});
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.err.contains(QStringLiteral("127.0.0.1:%1").arg(port)), qPrintable(result.err));
    QVERIFY(files().isEmpty());
}

void ExitCodesTest::aTargetThatIsNotReadyIsThree()
{
    TargetProcess target;
    QVERIFY(target.start());
    const QByteArray scenario = "headroom: 1\ntarget: { url: '" + target.url().toEncoded()
        + "', ready: { url: /nothing/here, within: 1 s } }\nflows: [ { steps: [ { get: / } ] } ]\n"
          "load: { stages: [ { rate: 1/s, for: 1 s } ] }\n";
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("-")}, scenario);
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.err.contains(QStringLiteral("it answers 404")), qPrintable(result.err));
    QVERIFY(files().isEmpty());
}

void ExitCodesTest::unmetRulesAreFour()
{
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("-")}, scenarioWith("count >= 41"));
    QVERIFY2(result.exitCode == 4, qPrintable(result.err));
    QVERIFY(result.out.contains(QStringLiteral("count >= 41")));
}

void ExitCodesTest::aStopRuleIsFourAndEndsEarly()
{
    QByteArray scenario = scenarioWith("share(2xx) < 1 % stop");
    scenario.replace("for: 2 s", "for: 50 s");
    QElapsedTimer timer;
    timer.start();
    const auto result = headroom({QStringLiteral("run"), QStringLiteral("-")}, scenario);
    QVERIFY2(result.exitCode == 4, qPrintable(result.err));
    QVERIFY(timer.elapsed() < 20'000); // not the whole 50 s
    QVERIFY2(result.out.contains(QStringLiteral("stop")), qPrintable(result.out));
}

void ExitCodesTest::aLostTargetIsFour()
{
    // Its own practice target dies in the middle; found among the children of the process and killed.
    QProcess run;
    run.setWorkingDirectory(m_folder->path());
    run.setReadChannel(QProcess::StandardError);
    run.start(headroomProgram(), {QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"), QStringLiteral("s.headroom")});
    run.write(QByteArray(scenarioWith("count >= 1")).replace("for: 2 s", "for: 50 s"));
    run.closeWriteChannel();
    QByteArray said;
    while (!said.contains("0:01") && run.waitForReadyRead(10'000))
        said += run.readAllStandardError();
    QFile children(QStringLiteral("/proc/%1/task/%1/children").arg(run.processId()));
    QByteArray pids = children.open(QIODevice::ReadOnly) ? children.readAll() : QByteArray();
    for (const QString &task : QDir(QStringLiteral("/proc/%1/task").arg(run.processId())).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile more(QStringLiteral("/proc/%1/task/%2/children").arg(run.processId()).arg(task));
        if (more.open(QIODevice::ReadOnly))
            pids += ' ' + more.readAll();
    }
    QVERIFY2(!pids.trimmed().isEmpty(), "the practice target is no child of the run");
    for (const QByteArray &pid : pids.simplified().split(' '))
        ::kill(pid.toInt(), SIGKILL);
    QVERIFY(run.waitForFinished(20'000));
    QVERIFY2(run.exitCode() == 4, run.readAllStandardError().constData());
    QCOMPARE(files(), QStringList{QStringLiteral("s.headroom")}); // what was measured is kept
}

void ExitCodesTest::aGeneratorThatCannotKeepUpIsFive()
{
    // Fifty thousand a second is several times what this transport can send from any machine of today; with fewer users
    // the plan would hold it back.
    TargetProcess target;
    QVERIFY(target.start({QStringLiteral("--service-time"), QStringLiteral("*=0ms"), QStringLiteral("--workers"), QStringLiteral("1000")}));
    const auto result = headroom({QStringLiteral("run"), target.url().toString() + QStringLiteral("/documents/1"), QStringLiteral("--rate"),
                                  QStringLiteral("50000/s"), QStringLiteral("--users"), QStringLiteral("5000"), QStringLiteral("--duration"), QStringLiteral("4s")});
    QCOMPARE(result.exitCode, 5);
    QVERIFY(result.out.contains(QStringLiteral("NOT VALID")));
}

QTEST_GUILESS_MAIN(ExitCodesTest)
#include "tst_exitcodes.moc"
