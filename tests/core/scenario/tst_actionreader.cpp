// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timelink.h"
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

using When = Scenario::Action::When;

ScenarioReading readActionsOf(const QByteArray &actions)
{
    return readScenario("headroom: 1\ntarget: { url: 'http://127.0.0.1:1' }\nflows: [ { steps: [ { get: / } ] } ]\n"
                        "load: { rate: 10/s, for: 60 s }\nactions:\n"
                        + actions);
}

QString firstError(const ScenarioReading &reading)
{
    for (const Diagnostic &diagnostic : reading.diagnostics) {
        if (diagnostic.severity == Diagnostic::Severity::Error)
            return diagnostic.message;
    }
    return {};
}

} // namespace

class ActionReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhenAndWhat();
    void hasDefaults();
    void readsALadder();
    void readsProfiles();
    void readsDashboards();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void ActionReaderTest::readsWhenAndWhat()
{
    const auto reading = readActionsOf(
        "  - { name: degrade, at: 1 min, post: /admin, headers: { X-A: b }, json: { n: 1 }, expect: 204, within: 5 s,\n"
        "      expect_effect: p95 falls by 20 ms, settle: 2 s, window: 10 s }\n"
        "  - { name: drain, at: end of stage 1, command: ./drain.sh now }\n"
        "  - { name: relieve, when: p95 > 900 ms for 5 s, get: /relief }\n"
        "  - { name: profile, by_hand: true, command: perf record }\n");
    QVERIFY2(firstError(reading).isEmpty(), qPrintable(firstError(reading)));
    const auto &actions = reading.scenario.actions;
    QCOMPARE(actions.size(), 4u);
    QCOMPARE(actions[0].when, When::AtTime);
    QCOMPARE(actions[0].at, 60s);
    QCOMPARE(actions[0].call->method, QByteArray("POST"));
    QCOMPARE(actions[0].call->headers.size(), 1u);
    QCOMPARE(actions[0].call->body->text.constant(), QStringLiteral(R"({"n":1})"));
    QCOMPARE(actions[0].call->expect.front().low, 204);
    QCOMPARE(actions[0].within, 5s);
    QCOMPARE(actions[0].expectEffect, QStringLiteral("p95 falls by 20 ms"));
    QCOMPARE(actions[0].settle, 2s);
    QCOMPARE(actions[0].window, 10s);
    QCOMPARE(actions[1].when, When::StageEnd);
    QCOMPARE(actions[1].stage, QStringLiteral("stage 1"));
    QCOMPARE(actions[1].command, QStringLiteral("./drain.sh now"));
    QVERIFY(!actions[1].call);
    QCOMPARE(actions[2].when, When::Rule);
    QCOMPARE(actions[2].rule, QStringLiteral("p95 > 900 ms for 5 s"));
    QCOMPARE(actions[3].when, When::ByHand);
}

void ActionReaderTest::hasDefaults()
{
    const auto reading = readActionsOf("  - { at: start of x, get: / }\n");
    const auto &action = reading.scenario.actions.at(0);
    QCOMPARE(action.name, QStringLiteral("action 1"));
    QCOMPARE(action.when, When::StageStart);
    QCOMPARE(action.settle, 5s);
    QCOMPARE(action.window, 30s);
    QCOMPARE(action.within, 60s);
    QVERIFY(!action.stopsTarget);
    const auto stop = readActionsOf("  - { at: 5 s, stop: target }\n").scenario.actions.at(0);
    QVERIFY(stop.stopsTarget && !stop.call && stop.command.isEmpty());
}

void ActionReaderTest::readsALadder()
{
    const auto reading = readActionsOf("  - name: back-pressure\n    when: p95 > 900 ms\n    ladder:\n"
                                       "      - { name: no reranker, post: /a, settle: 1 s }\n"
                                       "      - { name: top 10, command: ./b, expect_effect: p95 falls }\n");
    QVERIFY2(firstError(reading).isEmpty(), qPrintable(firstError(reading)));
    const auto &ladder = reading.scenario.actions.at(0);
    QVERIFY(!ladder.call && ladder.command.isEmpty());
    QCOMPARE(ladder.ladder.size(), 2u);
    QCOMPARE(ladder.ladder[0].rule, ladder.rule);
    QCOMPARE(ladder.ladder[0].settle, 1s);
    QCOMPARE(ladder.ladder[1].command, QStringLiteral("./b"));
    QCOMPARE(ladder.ladder[1].expectEffect, QStringLiteral("p95 falls"));
}

void ActionReaderTest::readsProfiles()
{
    using Kind = Scenario::Capture::Kind;
    const auto reading = readActionsOf(
        "  - { name: a, at: 1 s, profile: { perf: { port: 8080 }, call_graph: dwarf, for: 2 s } }\n"
        "  - { name: b, at: 1 s, profile: { py_spy: { name: gunicorn } } }\n"
        "  - { name: c, at: 1 s, profile: { url: '/debug/pprof/profile?seconds=3' }, headers: { X-A: b } }\n"
        "  - { name: d, by_hand: true, profile: { command: './capture.sh ${file} -x' } }\n");
    QVERIFY2(firstError(reading).isEmpty(), qPrintable(firstError(reading)));
    const auto &actions = reading.scenario.actions;
    QCOMPARE(actions[0].capture->kind, Kind::Perf);
    QCOMPARE(actions[0].capture->port, std::optional(8080));
    QCOMPARE(actions[0].capture->length, 2s);
    QVERIFY(actions[0].capture->isUnwound && !actions[0].call);
    QCOMPARE(actions[1].capture->kind, Kind::PySpy);
    QCOMPARE(actions[1].capture->processName, QStringLiteral("gunicorn"));
    QCOMPARE(actions[1].capture->length, 10s);
    QCOMPARE(actions[2].capture->kind, Kind::Url);
    QCOMPARE(actions[2].call->method, QByteArray("GET"));
    QCOMPARE(actions[2].call->headers.size(), 1u);
    QCOMPARE(actions[3].capture->kind, Kind::Command);
    QCOMPARE(actions[3].command, QStringLiteral("./capture.sh ${file} -x"));
}

void ActionReaderTest::readsDashboards()
{
    const QByteArray around = "  - { at: 1 s, get: / }\nvars: { id: abc }\ndashboards:\n";
    const auto reading = readActionsOf(around + "  latency: https://g.example/d/${id}/x\n  logs: 'http://l:3000/?r={from}-{to}'\n");
    QVERIFY2(firstError(reading).isEmpty(), qPrintable(firstError(reading)));
    QCOMPARE(reading.scenario.dashboards.size(), 2u);
    QCOMPARE(reading.scenario.dashboards[0], std::pair(QStringLiteral("latency"), QStringLiteral("https://g.example/d/abc/x")));
    for (const char *wrong : {"javascript:alert(1)", "https://user:word@g.example/", "/d/x", "https://", "file:///etc/passwd"}) {
        const auto refused = readActionsOf(around + "  x: 'https://g/${id}'\n  y: \"" + wrong + "\"\n");
        QVERIFY2(firstError(refused).startsWith(QLatin1String("the address ")), wrong);
    }
    QVERIFY(!firstError(readActionsOf(around + "  x: https://g/${id}${secret.S}\n")).isEmpty());
    // Grafana's parameters are set, or what is written is filled in; nothing else is touched.
    QCOMPARE(timeLink(QStringLiteral("https://g.example/d/a?orgId=1&from=now-1h&to=now#x"), 1000, 2000).toString(),
             QStringLiteral("https://g.example/d/a?orgId=1&from=1000&to=2000#x"));
    QCOMPARE(timeLink(QStringLiteral("https://g.example/?range={from}-{to}"), 1000, 2000).toString(),
             QStringLiteral("https://g.example/?range=1000-2000"));
    QVERIFY(timeLink(QStringLiteral("ftp://g.example/"), 1, 2).isEmpty());
}

void ActionReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("actions");
    QTest::addColumn<QString>("words");
    QTest::newRow("no time") << QByteArray("  - { get: / }\n") << "nothing says when";
    QTest::newRow("two times") << QByteArray("  - { at: 5 s, by_hand: true, get: / }\n") << "exclude each other";
    QTest::newRow("odd time") << QByteArray("  - { at: noon, get: / }\n") << "border of a stage";
    QTest::newRow("nothing to do") << QByteArray("  - { at: 5 s }\n") << "needs one of";
    QTest::newRow("two things") << QByteArray("  - { at: 5 s, get: /, command: ls }\n") << "exclude each other";
    QTest::newRow("body of a command") << QByteArray("  - { at: 5 s, command: ls, json: {} }\n")
                                       << "belongs to a request";
    QTest::newRow("same name") << QByteArray("  - { name: a, at: 5 s, get: / }\n  - { name: a, at: 6 s, get: / }\n")
                               << "used twice";
    QTest::newRow("ladder at a time") << QByteArray("  - { at: 5 s, ladder: [ { get: / } ] }\n") << "without 'when'";
    QTest::newRow("rung with a time") << QByteArray("  - { when: p95 > 1 s, ladder: [ { at: 5 s, get: / } ] }\n")
                                      << "beside the ladder";
    QTest::newRow("ladder of ladders") << QByteArray(
        "  - { when: p95 > 1 s, ladder: [ { ladder: [ { get: / } ] } ] }\n")
                                       << "makes no sense";
    QTest::newRow("settling of a ladder")
        << QByteArray("  - { when: p95 > 1 s, settle: 1 s, ladder: [ { get: / } ] }\n") << "belongs to the rungs";
    QTest::newRow("stop of nobody") << QByteArray("  - { at: 5 s, stop: all }\n") << "cannot be 'all'";
    QTest::newRow("stop of a body") << QByteArray("  - { at: 5 s, stop: target, json: {} }\n") << "belongs to a request";
    QTest::newRow("effect of a stop") << QByteArray("  - { at: 5 s, stop: target, expect_effect: p95 falls }\n")
                                      << "needs load behind";
    QTest::newRow("short window") << QByteArray("  - { at: 5 s, get: /, window: 5 s }\n") << "window";
}

void ActionReaderTest::saysWhatIsWrong()
{
    QFETCH(const QByteArray, actions);
    QFETCH(const QString, words);
    QStringList all;
    for (const Diagnostic &diagnostic : readActionsOf(actions).diagnostics)
        all << diagnostic.message;
    QVERIFY2(!all.filter(words).isEmpty(), qPrintable(all.join(u'\n')));
}

QTEST_GUILESS_MAIN(ActionReaderTest)
#include "tst_actionreader.moc"
