// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/probetrial.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Headroom;

/// One look of a probe without a run.
class ProbeTrialTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAProbeOnce();
    void looksTwiceForWhatNeedsTwoLooks();
    void saysWhyThereIsNoValue();
    void saysWhatIsWrongWithTheProbe_data();
    void saysWhatIsWrongWithTheProbe();
    void triesAScenarioThatIsNotWholeYet();
    void saysThatTheRunStartsItsTarget();
    void asksTheTargetOfTheRunThatIsOn();
    void listsMetrics();
    void startsNothingBeforeItIsAllowed();
    void saysNothingOnceItWasCancelled();
    void takesTheNewestOfTwo();

private:
    ProbeTrialOutcome tried(const ProbeTrialRequest &request);
};

namespace {

QByteArray scenario(const QByteArray &target, const QByteArray &probe)
{
    return "headroom: 1\ntarget: " + target
        + "\nflows: [{ steps: [{ get: / }] }]\nload: { rate: 1/s, for: 1 s }\nprobes:\n  it: " + probe + "\n";
}

ProbeTrialRequest requestFor(const QByteArray &target, const QByteArray &probe)
{
    ProbeTrialRequest request;
    request.scenarioText = scenario(target, probe);
    request.probe = QStringLiteral("it");
    return request;
}

QByteArray targetAt(const ScriptedServer &server) { return "{ url: '" + server.url().toEncoded() + "' }"; }

} // namespace

ProbeTrialOutcome ProbeTrialTest::tried(const ProbeTrialRequest &request)
{
    ProbeTrial trial;
    QSignalSpy finished(&trial, &ProbeTrial::finished);
    connect(&trial, &ProbeTrial::needsTrust, &trial, [] { QFAIL("nothing had to be allowed"); });
    trial.start(request);
    if (finished.isEmpty() && !finished.wait(10'000))
        return {.sentences = {QStringLiteral("no end")}};
    return finished.first().first().value<ProbeTrialOutcome>();
}

void ProbeTrialTest::readsAProbeOnce()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("{\"depth\": 7, \"busy\": 3}"));
    const ProbeTrialOutcome outcome =
        tried(requestFor(targetAt(server), "{ json: /stats, values: { depth: $.depth, busy: $.busy } }"));
    QCOMPARE(outcome.values, (ProbeValues{7.0, 3.0}));
    QCOMPARE(outcome.series.at(1).name(), QStringLiteral("it.busy"));
    QVERIFY(outcome.sentences.isEmpty());
    QCOMPARE(server.requests().size(), 1);
}

void ProbeTrialTest::looksTwiceForWhatNeedsTwoLooks()
{
    const ProbeTrialOutcome outcome = tried(
        requestFor("{ url: http://127.0.0.1:1 }", "{ process: { pid: " + QByteArray::number(::getpid()) + " } }"));
    QCOMPARE(outcome.series.at(1).field, QStringLiteral("cpu"));
    QVERIFY(outcome.values.at(1)); // of the time between both
    QVERIFY(outcome.values.at(0).value_or(0.0) > 1e6);
}

void ProbeTrialTest::saysWhyThereIsNoValue()
{
    ScriptedServer server;
    server.answerWith(ServerScript::answer("503 Service Unavailable"));
    const ProbeTrialOutcome outcome = tried(requestFor(targetAt(server), "{ json: /stats, value: $.depth }"));
    QVERIFY(outcome.hasFailed());
    QCOMPARE(outcome.sentences.size(), 1);
    QVERIFY2(outcome.sentences.first().startsWith(QStringLiteral("GET http://127.0.0.1:")),
             qPrintable(outcome.sentences.first()));
    QVERIFY(outcome.sentences.first().contains(QStringLiteral("503")));
}

void ProbeTrialTest::saysWhatIsWrongWithTheProbe_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("its path") << scenario("{ url: http://h }", "{ json: /stats, value: depth }")
                              << QStringLiteral("is not a JSONPath");
    QTest::newRow("its kind") << scenario("{ url: http://h }", "{ jsn: /stats }")
                              << QStringLiteral("probes.it needs one of");
    QTest::newRow("it is not there") << QByteArray("headroom: 1\n") << QStringLiteral("line 1");
    QTest::newRow("no YAML") << QByteArray("a: [\n") << QStringLiteral("line 2");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("the scenario is empty");
}

void ProbeTrialTest::saysWhatIsWrongWithTheProbe()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    ProbeTrialRequest request;
    request.scenarioText = text;
    request.probe = QStringLiteral("it");
    const ProbeTrialOutcome outcome = tried(request);
    QCOMPARE(outcome.sentences.size(), 1);
    QVERIFY2(outcome.sentences.first().contains(sentence), qPrintable(outcome.sentences.first()));
}

void ProbeTrialTest::triesAScenarioThatIsNotWholeYet()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("{\"a\": 5}"));
    ProbeTrialRequest request; // neither target nor load
    request.scenarioText = "headroom: 1\nprobes:\n  it: { json: '" + server.url().toEncoded() + "', value: $.a }\n";
    request.probe = QStringLiteral("it");
    QCOMPARE(tried(request).values, ProbeValues{5.0});
}

void ProbeTrialTest::saysThatTheRunStartsItsTarget()
{
    for (const char *probe : {"{ json: /stats, value: $.a }", "{ process: { practice: true } }"}) {
        const ProbeTrialOutcome outcome = tried(requestFor("{ practice: {} }", probe));
        QCOMPARE(outcome.sentences,
                 QStringList{QStringLiteral("the run starts what it looks at; try it again while a run is on")});
    }
}

void ProbeTrialTest::asksTheTargetOfTheRunThatIsOn()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("{\"a\": 5}"));
    ProbeTrialRequest request = requestFor("{ practice: {} }", "{ json: /stats, value: $.a }");
    request.runningTarget = server.url();
    QCOMPARE(tried(request).values, ProbeValues{5.0});
    request = requestFor("{ practice: {} }", "{ process: { practice: true } }");
    request.runningTarget = server.url(); // we listen there ourselves
    QVERIFY(!tried(request).hasFailed());
}

void ProbeTrialTest::listsMetrics()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("# TYPE hits counter\nhits{code=\"200\"} 1\nup 1\n"));
    ProbeTrialRequest request = requestFor(targetAt(server), "{ host: true }");
    request.metricsOf = QStringLiteral("/metrics");
    const ProbeTrialOutcome outcome = tried(request);
    QCOMPARE(outcome.metrics.size(), 2u);
    QCOMPARE(outcome.metrics.front().name, QStringLiteral("hits"));
    QVERIFY(server.requests().first().startsWith("GET /metrics "));
    server.answerWith(ServerScript::ok("<html>"));
    QVERIFY(tried(request).hasFailed());
    request.metricsOf = QStringLiteral("ftp://x");
    QVERIFY2(tried(request).sentences.value(0).contains(QStringLiteral("is not a URL")), "a scheme that is none");
}

void ProbeTrialTest::startsNothingBeforeItIsAllowed()
{
    const QTemporaryDir folder;
    ProbeTrial trial;
    QSignalSpy needs(&trial, &ProbeTrial::needsTrust);
    QSignalSpy finished(&trial, &ProbeTrial::finished);
    const QByteArray command = "touch " + folder.filePath("made").toUtf8();
    trial.start(requestFor("{ url: http://127.0.0.1:1 }", "{ command: '" + command + "', pattern: '(\\d+)' }"));
    QVERIFY(needs.wait());
    QCOMPARE(needs.first().first().value<ProbeTrialNeeds>().commands, QStringList{QString::fromUtf8(command)});
    QVERIFY(finished.isEmpty());
    QVERIFY(!QFile::exists(folder.filePath("made")));
    trial.proceed();
    QVERIFY(finished.wait());
    QVERIFY(QFile::exists(folder.filePath("made")));
    QVERIFY(finished.first().first().value<ProbeTrialOutcome>().hasFailed()); // it says no number
    trial.start(requestFor("{ url: http://127.0.0.1:1 }", "{ json: 'http://example.com/', value: $.a }"));
    QVERIFY(needs.wait());
    QCOMPARE(needs.last().first().value<ProbeTrialNeeds>().hosts, QStringList{QStringLiteral("example.com")});
    trial.cancel(); // nobody was asked
}

void ProbeTrialTest::saysNothingOnceItWasCancelled()
{
    ScriptedServer server;
    server.answerWith(ServerScript()); // silence
    ProbeTrial trial;
    QSignalSpy finished(&trial, &ProbeTrial::finished);
    trial.start(requestFor(targetAt(server), "{ json: /stats, value: $.a }"));
    QTRY_COMPARE(server.requests().size(), 1);
    trial.cancel();
    QVERIFY(!trial.isOn());
    server.answerWith(ServerScript::ok("{\"a\": 5}"));
    trial.start(requestFor(targetAt(server), "{ json: /again, value: $.a }"));
    QVERIFY(finished.wait());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<ProbeTrialOutcome>().values, ProbeValues{5.0});
}

void ProbeTrialTest::takesTheNewestOfTwo()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok("{\"a\": 1}"));
    ProbeTrial trial;
    QSignalSpy finished(&trial, &ProbeTrial::finished);
    trial.start(requestFor(targetAt(server), "{ json: /old, value: $.a }"));
    trial.start(requestFor(targetAt(server), "{ json: /new, value: $.a }"));
    QVERIFY(finished.wait());
    QTest::qWait(0); // what comes late
    QCOMPARE(finished.size(), 1);
    QVERIFY(server.requests().last().startsWith("GET /new "));
}

QTEST_GUILESS_MAIN(ProbeTrialTest)
#include "tst_probetrial.moc"
