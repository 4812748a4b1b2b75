// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/processgroup.h"
#include "tests/support/freeport.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Headroom;

namespace {

const QString kServer = QStringLiteral(HEADROOM_BIN_DIR "/tests-wilfulserver");
const QString kPipeline = QStringLiteral(HEADROOM_BIN_DIR "/tests-lineworker");

QByteArray supervised(int port, const QString &command, const char *more = "",
                      const char *load = "{ rate: 20/s, for: 2 s }")
{
    return QStringLiteral("headroom: 1\nname: supervised\n"
                          "target: { url: 'http://127.0.0.1:%1', start: { command: '%2', stop_within: 1 s%3 } }\n"
                          "flows: [ { steps: [ { get: / } ] } ]\nload: { stages: [ %4 ] }\n")
        .arg(port)
        .arg(command, QLatin1String(more), QLatin1String(load))
        .toUtf8();
}

QByteArray lines(const QString &target, const char *load = "{ users: 2, iterations: 50 }")
{
    return QStringLiteral("headroom: 1\nname: lines\ntarget: { lines: { %1 } }\n"
                          "flows: [ { steps: [ { line: { id: 7, text: hello } } ] } ]\nload: %2\n")
        .arg(target, QLatin1String(load))
        .toUtf8();
}

const QStringList kRun{QStringLiteral("run"),        QStringLiteral("s.yaml"),   QStringLiteral("--out"),
                       QStringLiteral("s.headroom"), QStringLiteral("--report"), QStringLiteral("json=r.json")};

} // namespace

/// Targets that the run starts itself, and those that are no HTTP service, through the real program.
class TargetsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void runsNoCommandWithoutLeave();
    void namesAProgramThatIsNotThere();
    void startsItsTargetAndStopsIt();
    void aTargetThatDiesDuringTheRunIsFour();
    void aTargetThatDiesBeforeTheLoadIsThree();
    void aTakenPortIsThree();
    void startsItsTargetAnewBetweenBatches();
    void drainsATargetThatEndsAsItShould_data();
    void drainsATargetThatEndsAsItShould();
    void tellsOfATargetThatDoesNotEnd();
    void tellsOfATargetThatDropsItsWork();
    void followsTheTiersOfHealth();
    void leavesNothingBehindWhenItIsKilled_data();
    void leavesNothingBehindWhenItIsKilled();
    void keepsATargetBetweenTwoRuns();
    void tellsWhenAForeignTargetGoesAndComesBack();
    void feedsAPipelineOverItsInput();
    void aPipelineThatDiesIsFour();
    void feedsAPipelineOverALocalSocket();
    void aSocketThatIsNotThereIsThree();

private:
    ProcessResult headroom(const QByteArray &scenario,
                           QStringList arguments = kRun + QStringList{QStringLiteral("--allow-commands")})
    {
        write(scenario);
        return runHeadroom(arguments, m_folder->path());
    }
    void write(const QByteArray &scenario) const
    {
        QFile file(m_folder->filePath(QStringLiteral("s.yaml")));
        if (file.open(QIODevice::WriteOnly))
            file.write(scenario);
    }
    QJsonObject report() const
    {
        QFile file(m_folder->filePath(QStringLiteral("r.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    QStringList targetEvents() const
    {
        QStringList texts;
        for (const QJsonValue &event : report()[QStringLiteral("events")].toArray()) {
            if (event[QStringLiteral("kind")].toString() == QLatin1String("target"))
                texts.append(event[QStringLiteral("text")].toString());
        }
        return texts;
    }
    bool isListening(int port) const
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, quint16(port));
        return socket.waitForConnected(1000);
    }
    /// Of the one action that was done, once.
    QJsonObject drain() const
    {
        return report()[QStringLiteral("actions")][0][QStringLiteral("done")][0][QStringLiteral("drain")].toObject();
    }
    QStringList stored() const
    {
        return QDir(m_folder->path()).entryList({QStringLiteral("*.headroom*")}, QDir::Files);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TargetsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
}

void TargetsTest::runsNoCommandWithoutLeave()
{
    const QString mark = m_folder->filePath(QStringLiteral("mark"));
    const auto result = headroom(supervised(freePort(), QStringLiteral("touch %1").arg(mark)), kRun);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(QStringLiteral("add --allow-commands")), qPrintable(result.err));
    QVERIFY(!QFile::exists(mark));
    QVERIFY(stored().isEmpty());
    QCOMPARE(headroom(lines(QStringLiteral("command: 'touch %1'").arg(mark)), kRun).exitCode, 2);
    QVERIFY(!QFile::exists(mark));
}

void TargetsTest::namesAProgramThatIsNotThere()
{
    const QByteArray scenario = supervised(freePort(), QStringLiteral("./nothing --port 1"));
    for (const QStringList &arguments : {kRun, QStringList{QStringLiteral("validate"), QStringLiteral("s.yaml")}}) {
        const auto result = headroom(scenario, arguments);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.err.startsWith(QStringLiteral("s.yaml:3:")), qPrintable(result.err));
        QVERIFY2(result.err.contains(QStringLiteral("there is no program './nothing'")), qPrintable(result.err));
    }
}

void TargetsTest::startsItsTargetAndStopsIt()
{
    const int port = freePort();
    const auto result =
        headroom(supervised(port, QStringLiteral("%1 --port %2 --listen-after-ms 300").arg(kServer).arg(port)));
    QVERIFY2(result.exitCode == 0 || result.exitCode == 5, qPrintable(result.err));
    QVERIFY(!isListening(port));
    const QStringList events = targetEvents();
    QCOMPARE(events.size(), 2);
    QVERIFY2(events[0].contains(QStringLiteral("and listened after")), qPrintable(events[0]));
    QVERIFY2(events[1].contains(QStringLiteral("was stopped and ended in")), qPrintable(events[1]));
    const double ready = report()[QStringLiteral("target_health")][QStringLiteral("time_to_ready_s")].toDouble();
    QVERIFY2(ready >= 0.3 && ready < 30.0, qPrintable(QString::number(ready))); // it listens after 300 ms
    QCOMPARE(report()[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0);
}

void TargetsTest::aTargetThatDiesDuringTheRunIsFour()
{
    const int port = freePort();
    const auto result =
        headroom(supervised(port, QStringLiteral("%1 --port %2 --die-after-ms 1500").arg(kServer).arg(port), "",
                            "{ rate: 20/s, for: 50 s }"));
    QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(result.err));
    const QJsonObject session = report()[QStringLiteral("session")].toObject();
    QCOMPARE(session[QStringLiteral("ending")].toString(), QStringLiteral("target_lost"));
    QVERIFY2(result.err.contains(QStringLiteral("ended with exit code 7; it said: warming up | no such database")),
             qPrintable(result.err));
}

void TargetsTest::aTargetThatDiesBeforeTheLoadIsThree()
{
    const int port = freePort();
    const auto result = headroom(supervised(
        port, QStringLiteral("%1 --port %2 --listen-after-ms 99999 --die-after-ms 100").arg(kServer).arg(port)));
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.err.contains(QStringLiteral("no such database")), qPrintable(result.err));
    QVERIFY(stored().isEmpty());
}

void TargetsTest::aTakenPortIsThree()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto result =
        headroom(supervised(other.serverPort(), QStringLiteral("%1 --port %2").arg(kServer).arg(other.serverPort())));
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.err.contains(QStringLiteral("somebody listens there already")), qPrintable(result.err));
}

void TargetsTest::startsItsTargetAnewBetweenBatches()
{
    const int port = freePort();
    const QByteArray scenario = supervised(port, QStringLiteral("%1 --port %2").arg(kServer).arg(port))
                                    .replace("load: { stages: [ { rate: 20/s, for: 2 s } ] }",
                                             "load: { batches: 3 of 4, between: { restart: true } }");
    const auto result = headroom(scenario);
    QVERIFY2(result.exitCode == 0 || result.exitCode == 5, qPrintable(result.err));
    QCOMPARE(report()[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 12);
    QCOMPARE(report()[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0);
    QCOMPARE(targetEvents().filter(QStringLiteral("runs as process")).size(), 3);
    QCOMPARE(targetEvents().filter(QStringLiteral("was stopped")).size(), 3);
}

void TargetsTest::drainsATargetThatEndsAsItShould_data()
{
    QTest::addColumn<QString>("drain");
    QTest::newRow("connections are refused") << "close";
    QTest::newRow("503") << "answer";
}

void TargetsTest::drainsATargetThatEndsAsItShould()
{
    QFETCH(const QString, drain);
    // 400 ms of work at 40/s: 16 requests are under way at any time, and at the signal.
    const auto result = headroom(
        QStringLiteral("headroom: 1\ntarget: { practice: { workers: 64, service_time: '*=400ms', drain: %1 } }\n"
                       "flows: [ { steps: [ { get: /documents/1 } ] } ]\nload: { rate: 40/s, for: 50 s }\n"
                       "actions: [ { name: end, stop: target, at: 2 s, within: 10 s } ]\n"
                       "rules: [ drained, errors == 0 %, time_to_ready < 60 s ]\n")
            .arg(drain)
            .toUtf8());
    QVERIFY2(result.exitCode == 0 || result.exitCode == 5, qPrintable(result.out + result.err));
    const QJsonObject session = report()[QStringLiteral("session")].toObject();
    QCOMPARE(session[QStringLiteral("ending")].toString(), QStringLiteral("completed"));
    QVERIFY(session[QStringLiteral("duration_s")].toDouble() < 20.0);
    const QJsonObject found = this->drain();
    QVERIFY(found[QStringLiteral("drained")].toBool());
    QVERIFY(found[QStringLiteral("finished")].toInt() >= 8);
    QCOMPARE(found[QStringLiteral("unfinished")].toInt(), 0);
    QVERIFY(!found[QStringLiteral("killed")].toBool());
    QCOMPARE(found[QStringLiteral("exit_code")].toInt(-1), 0);
    // 16 requests come while it ends; some of them may still find their connection open.
    const int turned = found[QStringLiteral("turned_away")].toInt();
    const int refused = found[QStringLiteral("refused")].toInt() + found[QStringLiteral("broken")].toInt();
    QVERIFY2(turned + refused >= 4, qPrintable(result.out));
    QVERIFY(drain == QLatin1String("close") || turned > 0);
    QVERIFY2(result.out.simplified().contains(QStringLiteral("requests under way at the signal were finished")),
             qPrintable(result.out));
    QCOMPARE(std::ranges::count_if(targetEvents(), [](const QString &text) {
                 return text.startsWith(QStringLiteral("the target was told to end: "));
             }), 3);
    QVERIFY(!targetEvents().join(u' ').contains(QStringLiteral("is away")));
}

void TargetsTest::tellsOfATargetThatDoesNotEnd()
{
    const int port = freePort();
    const auto result =
        headroom(supervised(port, QStringLiteral("%1 --port %2 --ignore-term 1").arg(kServer).arg(port), "",
                            "{ rate: 40/s, for: 50 s }")
                 + "actions: [ { name: end, stop: target, at: 1 s, within: 700 ms } ]\nrules: [ drained ]\n");
    QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(result.out + result.err));
    const QJsonObject found = drain();
    QVERIFY(!found[QStringLiteral("drained")].toBool());
    QVERIFY(found[QStringLiteral("killed")].toBool());
    QVERIFY(found[QStringLiteral("accepted")].toInt() >= 10); // 28 come in 700 ms
    QVERIFY(found[QStringLiteral("last_accepted_s")].toDouble() > 0.3);
    QVERIFY(found[QStringLiteral("exit_code")].isNull());
    QCOMPARE(report()[QStringLiteral("rules")][0][QStringLiteral("result")].toString(), QStringLiteral("not_met"));
    QVERIFY2(result.out.simplified().contains(QStringLiteral("it was killed: it had not ended within 700 ms")), qPrintable(result.out));
    QVERIFY(!isListening(port));
}

/// SIGTERM ends it at once, with all that it was doing.
void TargetsTest::tellsOfATargetThatDropsItsWork()
{
    const int port = freePort();
    const auto result = headroom(
        supervised(port,
                   QStringLiteral("%1 --port %2 --service-time *=500ms --drain-within 1ms --workers 64")
                       .arg(targetProgram())
                       .arg(port),
                   "", "{ rate: 40/s, for: 50 s }")
            .replace("get: /", "get: /documents/1")
        + "actions: [ { name: end, stop: target, at: 2 s, within: 10 s } ]\nrules: [ drained ]\n");
    QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(result.out + result.err));
    const QJsonObject found = drain();
    QVERIFY(!found[QStringLiteral("drained")].toBool());
    QVERIFY(found[QStringLiteral("unfinished")].toInt() >= 8); // of 20 under way
    QVERIFY(!found[QStringLiteral("killed")].toBool());
}

void TargetsTest::followsTheTiersOfHealth()
{
    // Not ready for its first 2.5 s, and nobody waits for that.
    const auto result =
        headroom("headroom: 1\ntarget: { practice: { ready_after: 2500 ms } }\n"
                 "flows: [ { steps: [ { get: /documents/1 } ] } ]\nload: { rate: 10/s, for: 4 s }\n"
                 "probes:\n"
                 "  app: { tiers: { live: /health/live, ready: /health/ready }, every: 100 ms }\n"
                 "  other: { health: '/health/ready', expect: 503, every: 100 ms }\n"
                 "  nobody: { health: 'http://127.0.0.1:9/', every: 500 ms, within: 200 ms }\n"
                 "rules: [ min(app_live.up) == 1, max(nobody.up) == 0, time_to_ready < 60 s ]\n");
    const QJsonObject health = report()[QStringLiteral("target_health")].toObject();
    const QJsonArray tiers = health[QStringLiteral("tiers")].toArray();
    QCOMPARE(tiers.size(), 4);
    const auto up = [&](int tier) { return tiers[tier][QStringLiteral("up_share")].toDouble(); };
    const auto flips = [&](int tier) { return tiers[tier][QStringLiteral("flips")].toInt(); };
    QCOMPARE(tiers[1][QStringLiteral("name")].toString(), QStringLiteral("app_ready"));
    QCOMPARE(up(0), 1.0);
    QCOMPARE(flips(0), 0);
    QCOMPARE(flips(1), 1); // it came up; being down at first is no flip
    QVERIFY2(up(1) > 0.05 && up(1) < 0.95, qPrintable(QString::number(up(1))));
    QCOMPARE(flips(2), 1);
    QVERIFY(std::abs(up(1) + up(2) - 1.0) < 0.2); // each other's opposite
    QCOMPARE(up(3), 0.0);
    QVERIFY2(tiers[3][QStringLiteral("down")][0][QStringLiteral("text")].toString().startsWith(
                 QStringLiteral("nobody is down at the first look: ")),
             qPrintable(result.out));
    for (const QJsonValue &rule : report()[QStringLiteral("rules")].toArray()) {
        if (rule[QStringLiteral("text")].toString() != QLatin1String("achieved >= 99 %"))
            QCOMPARE(rule[QStringLiteral("result")].toString(), QStringLiteral("met"));
    }
    QVERIFY2(result.out.contains(QStringLiteral("app_live: up all the time")), qPrintable(result.out));
}

void TargetsTest::leavesNothingBehindWhenItIsKilled_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGKILL") << SIGKILL;
}

void TargetsTest::leavesNothingBehindWhenItIsKilled()
{
    // The worst of all: it ignores SIGTERM, and so does the process it has forked.
    QFETCH(int, signal);
    const int port = freePort();
    write(supervised(port, QStringLiteral("%1 --port %2 --ignore-term 1 --child 1").arg(kServer).arg(port), "",
                     "{ rate: 20/s, for: 50 s }"));
    QProcess run;
    run.setWorkingDirectory(m_folder->path());
    run.setReadChannel(QProcess::StandardError);
    run.start(headroomProgram(), kRun + QStringList{QStringLiteral("--allow-commands")});
    QByteArray said;
    while (!said.contains("0:01") && run.waitForReadyRead(10'000))
        said += run.readAllStandardError();
    const qsizetype at = said.indexOf("runs as process ");
    QVERIFY2(at > 0, said.constData());
    const ProcessGroup group(said.sliced(at + 16).split(' ').first().toInt());
    QVERIFY(group.isThere());
    ::kill(pid_t(run.processId()), signal);
    QVERIFY(run.waitForFinished(20'000));
    QTRY_VERIFY_WITH_TIMEOUT(!group.isThere(), 10'000);
}

void TargetsTest::keepsATargetBetweenTwoRuns()
{
    const int port = freePort();
    const QByteArray scenario = supervised(port, QStringLiteral("%1 --port %2").arg(kServer).arg(port), ", keep: true");
    const auto first = headroom(scenario);
    QVERIFY2(first.exitCode == 0 || first.exitCode == 5, qPrintable(first.err));
    QVERIFY(isListening(port));
    const QString kept = targetEvents().last();
    QVERIFY2(kept.contains(QStringLiteral("end it with: kill ")), qPrintable(kept));
    const QString pid = kept.section(QLatin1Char(' '), -1);
    QFile::remove(m_folder->filePath(QStringLiteral("s.headroom")));
    const auto second = headroom(scenario);
    QVERIFY2(second.exitCode == 0 || second.exitCode == 5, qPrintable(second.err));
    QVERIFY2(targetEvents().first().contains(QStringLiteral("as process %1; no other was started").arg(pid)),
             qPrintable(targetEvents().first()));
    ::kill(pid.toInt(), SIGTERM); // as the event says
    QTRY_VERIFY(!isListening(port));
}

void TargetsTest::tellsWhenAForeignTargetGoesAndComesBack()
{
    auto target = std::make_unique<TargetProcess>();
    QVERIFY(target->start());
    const QUrl url = target->url();
    QProcess run;
    run.setWorkingDirectory(m_folder->path());
    run.setReadChannel(QProcess::StandardError);
    run.start(headroomProgram(),
              {QStringLiteral("run"), url.toString() + QStringLiteral("/documents/1"), QStringLiteral("--rate"),
               QStringLiteral("50/s"), QStringLiteral("--duration"), QStringLiteral("60s"), QStringLiteral("--out"),
               QStringLiteral("s.headroom"), QStringLiteral("--report"), QStringLiteral("json=r.json")});
    QByteArray said;
    const auto hears = [&](const char *words) {
        while (!said.contains(words) && run.waitForReadyRead(10'000))
            said += run.readAllStandardError();
        return said.contains(words);
    };
    QVERIFY(hears("0:01"));
    target.reset(); // killed
    QVERIFY2(hears("the target is away"), said.constData());
    QTcpServer back; // accepts, and that is enough
    QVERIFY(back.listen(QHostAddress::LocalHost, quint16(url.port())));
    connect(&back, &QTcpServer::newConnection, this, [&] { back.nextPendingConnection()->close(); });
    QTRY_VERIFY2_WITH_TIMEOUT((said += run.readAllStandardError()).contains("the target is back"), said.constData(),
                              10'000);
    run.terminate();
    QVERIFY(run.waitForFinished(20'000));
    QCOMPARE(run.exitCode(), 130); // it was not ended for it
    QCOMPARE(targetEvents().size(), 2);
}

void TargetsTest::feedsAPipelineOverItsInput()
{
    // 50 items of 30 ms, one after the other: a second and a half, in which the process is watched.
    const auto result = headroom(lines(QStringLiteral("command: '%1 --delay-ms 30'").arg(kPipeline))
                                 + "probes: { pipeline: { process: { target: true }, every: 100 ms } }\n");
    QVERIFY2(result.exitCode == 0 || result.exitCode == 5, qPrintable(result.err));
    const QJsonObject written = report();
    QCOMPARE(written[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 50);
    QCOMPARE(written[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0);
    QVERIFY2(QJsonDocument(written).toJson().contains("\"transport\": \"lines\""), "the transport is not named");
    // {"id":7,"text":"hello"} has 23 bytes; "done: " is 6 more.
    QVERIFY(QJsonDocument(written).toJson().contains(QByteArray::number(50 * 29)));
    QVERIFY(targetEvents().last().contains(QStringLiteral("was stopped")));
    const QJsonObject probes = written[QStringLiteral("probes")].toObject();
    QVERIFY2(probes[QStringLiteral("pipeline.rss")][QStringLiteral("max")].toDouble() > 0.0,
             qPrintable(probes.keys().join(u' ')));
}

void TargetsTest::aPipelineThatDiesIsFour()
{
    const auto result =
        headroom(lines(QStringLiteral("command: '%1 --die-after 20'").arg(kPipeline), "{ users: 2, for: 50 s }"));
    QVERIFY2(result.exitCode == 4 || result.exitCode == 5, qPrintable(result.err));
    QCOMPARE(report()[QStringLiteral("session")][QStringLiteral("ending")].toString(), QStringLiteral("target_lost"));
    QVERIFY2(result.err.contains(QStringLiteral("exit code 3; it said: the model is lost")), qPrintable(result.err));
}

void TargetsTest::feedsAPipelineOverALocalSocket()
{
    QProcess pipeline;
    pipeline.start(kPipeline, {QStringLiteral("--socket"), m_folder->filePath(QStringLiteral("p.sock"))});
    QVERIFY(pipeline.waitForStarted());
    QTRY_VERIFY(QFile::exists(m_folder->filePath(QStringLiteral("p.sock"))));
    const auto result = headroom(lines(QStringLiteral("socket: p.sock")), kRun); // no command, no leave
    pipeline.kill();
    pipeline.waitForFinished();
    QVERIFY2(result.exitCode == 0 || result.exitCode == 5, qPrintable(result.err));
    QCOMPARE(report()[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 50);
    QCOMPARE(report()[QStringLiteral("totals")][QStringLiteral("errors")].toInt(), 0);
}

void TargetsTest::aSocketThatIsNotThereIsThree()
{
    const auto result = headroom(lines(QStringLiteral("socket: p.sock")), kRun);
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(result.err.contains(QStringLiteral("nobody listens on this socket")), qPrintable(result.err));
}

QTEST_GUILESS_MAIN(TargetsTest)
#include "tst_targets.moc"
