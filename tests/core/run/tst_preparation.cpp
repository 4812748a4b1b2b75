// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"

#include <QTest>

using namespace Headroom;

namespace {

QByteArray scenario(const char *rest)
{
    return QByteArray("headroom: 1\nname: small\ntarget: { url: 'http://127.0.0.1:8080' }\n"
                      "flows: [ { steps: [ { name: read, get: /documents/1 } ] } ]\n") + rest;
}

} // namespace

class PreparationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void warnsOfARateThatIsMuchForQnam();
    void addsTheAchievedRuleToOpenLoadOnly();
    void namesEveryProblemAtItsPlace();
    void placesProblemsInsideQuotedRules();
    void refusesAPracticeProbeWithoutPracticeTarget();
    void leavesOutPracticeProbesOfAnotherTarget();
    void leavesOutActionsOnThePracticeTarget();
    void refusesABadJsonPath();
    void knowsTheSeriesThatRulesName();
    void letsARuleNameAStepByItsTemplate();
    void keepsFactsOfThePlan();
    void plansAnewForThePracticeTargetsAddress();
    void looksForTheProgramsOfCommands();
    void refusesALongSocketPath();
};

void PreparationTest::addsTheAchievedRuleToOpenLoadOnly()
{
    const auto open = prepare(scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\n"));
    QVERIFY(open);
    QCOMPARE(open->rules.size(), 1u);
    QVERIFY(open->rules[0].isImplicit);
    const auto closed = prepare(scenario("load: { stages: [ { users: 1, for: 1 s } ] }\n"));
    QVERIFY(closed);
    QVERIFY(closed->rules.empty());
    const auto off = prepare(scenario("achieved_rule: false\nload: { stages: [ { rate: 1/s, for: 1 s } ] }\n"));
    QVERIFY(off);
    QVERIFY(off->rules.empty());
}

void PreparationTest::namesEveryProblemAtItsPlace()
{
    const auto bad = prepare(scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\nrules:\n  - p95(reed) < 1 s\n  - p95 < 5 apples\n"));
    QVERIFY(!bad);
    QCOMPARE(bad.error().size(), 2u);
    // "  - p95(reed) < 1 s": the step begins in column 9; "apples" or its bound lies further right.
    QCOMPARE(bad.error()[0].range.start.line, 7);
    QCOMPARE(bad.error()[0].range.start.column, 9);
    QVERIFY(bad.error()[0].message.contains(QStringLiteral("'read'"))); // did you mean
    QCOMPARE(bad.error()[1].range.start.line, 8);
}

void PreparationTest::placesProblemsInsideQuotedRules()
{
    const auto bad = prepare(scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\nrules: [ \"p95(reed) < 1 s\" ]\n"));
    QVERIFY(!bad);
    // rules: [ "p95(reed): the quote stands in column 10, reed in 15.
    QCOMPARE(bad.error()[0].range.start.column, 15);
}

void PreparationTest::refusesAPracticeProbeWithoutPracticeTarget()
{
    const auto bad = prepare(scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\nprobes: { api: { process: { practice: true } } }\n"));
    QVERIFY(!bad);
    QVERIFY(bad.error()[0].message.contains(QStringLiteral("practice target")));
}

void PreparationTest::leavesOutPracticeProbesOfAnotherTarget()
{
    const QByteArray text = "headroom: 1\nname: small\ntarget: { practice: {} }\n"
                            "flows: [ { steps: [ { name: read, get: /documents/1 } ] } ]\n"
                            "load: { stages: [ { rate: 1/s, for: 1 s } ] }\n"
                            "probes: { api: { process: { practice: true } }, q: { json: /stats, value: $.a } }\n"
                            "rules:\n  - max(api.rss) < 1 GiB\n  - max(q) < 5\n  - cost(cpu) < 1 ms\n";
    const LoadChange elsewhere{.target = QUrl(QStringLiteral("http://127.0.0.1:8081"))};
    const auto made = prepare(text, {}, elsewhere);
    QVERIFY2(made, made ? "" : qPrintable(made.error()[0].message));
    QCOMPARE(made->scenario.probes.size(), 1u);
    QCOMPARE(made->rules.size(), 4u); // the two on the probe stay, and say in the report that they were not run
    QStringList warnings;
    for (const Diagnostic &warning : made->warnings)
        warnings << QStringLiteral("%1 %2").arg(warning.range.start.line).arg(warning.message);
    QCOMPARE(warnings.filter(QStringLiteral("this rule is not run, as what it judges is left out")).size(), 2);
    QCOMPARE(warnings.filter(QStringLiteral("6 the probe 'api' watches the target that the scenario starts")).size(), 1);
    QCOMPARE(made->leftOut.size(), 1);
    QVERIFY(prepare(text)->leftOut.isEmpty());

    // A name that no probe has is a mistake all the same.
    QVERIFY(!prepare(text + "  - max(api.sss) < 1 GiB\n", {}, elsewhere));
}

void PreparationTest::leavesOutActionsOnThePracticeTarget()
{
    const QByteArray text = "headroom: 1\nname: small\ntarget: { practice: {} }\n"
                            "flows: [ { steps: [ { name: read, get: /documents/1 } ] } ]\n"
                            "load: { stages: [ { rate: 1/s, for: 60 s } ] }\n"
                            "probes: { api: { process: { practice: true } }, q: { json: /stats, value: $.a } }\n"
                            "rules: [ drained ]\n"
                            "actions:\n"
                            "  - { name: relieve, when: max(api.rss) > 1 GiB, get: /relief }\n"
                            "  - { name: shed, when: max(q) > 5, get: /shed }\n"
                            "  - { name: climb, when: mean(api.cpu) > 50 %, ladder: [ { name: a, get: /a }, { name: b, get: /b } ] }\n"
                            "  - { name: end, stop: target, at: 30 s }\n";
    QCOMPARE(prepare(text)->plan->actions.size(), 5u); // two rungs
    const LoadChange elsewhere{.target = QUrl(QStringLiteral("http://127.0.0.1:8081"))};
    const auto made = prepare(text, {}, elsewhere);
    QVERIFY2(made, made ? "" : qPrintable(made.error()[0].message));
    QCOMPARE(made->plan->actions.size(), 1u);
    QCOMPARE(made->plan->actions[0].name, QStringLiteral("shed"));
    QCOMPARE(made->scenario.actions.size(), 1u); // for who plans again
    QCOMPARE(made->leftOut.filter(QStringLiteral("the action 'relieve' waits for what a probe that is left out would tell")).size(), 1);
    QCOMPARE(made->leftOut.filter(QStringLiteral("the action 'climb' waits for what a probe that is left out would tell")).size(), 1);
    QCOMPARE(made->leftOut.filter(QStringLiteral("the action 'end' ends the target that the scenario starts")).size(), 1);
    QCOMPARE(made->leftOut.size(), 4); // the probe
    QCOMPARE(made->rules[0].metric, Rule::Metric::Drained); // stays, and is not run

    // What no probe of the scenario measures is a mistake all the same.
    QVERIFY(!prepare(text + "  - { name: odd, when: max(api.sss) > 1 GiB, get: /odd }\n", {}, elsewhere));
}

void PreparationTest::refusesABadJsonPath()
{
    const auto bad = prepare(scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\nprobes: { q: { json: /stats, value: '$.[[' } }\n"));
    QVERIFY(!bad);
    QCOMPARE(bad.error()[0].range.start.line, 6);
}

void PreparationTest::knowsTheSeriesThatRulesName()
{
    const char *probes = "load: { stages: [ { rate: 1/s, for: 1 s } ] }\n"
                         "probes: { q: { json: /stats, values: { depth: $.a } } }\n";
    QVERIFY(prepare(scenario(probes) + "rules: [ max(q.depth) < 5 ]\n"));
    QVERIFY(!prepare(scenario(probes) + "rules: [ max(q.width) < 5 ]\n"));
}

void PreparationTest::letsARuleNameAStepByItsTemplate()
{
    const QByteArray text = "headroom: 1\nvars: { t: demo }\ntarget: { url: 'http://127.0.0.1:8080' }\n"
                            "flows: [ { steps: [ { get: \"/${t}/documents/${user}?x=1\" } ] } ]\n"
                            "load: { users: 2, iterations_each: 3 }\n"
                            "rules:\n  - p95(/${t}/documents/${user}) < 1 s\n  - p95(/*/documents/*) < 1 s\n";
    const auto preparation = prepare(text);
    if (!preparation)
        qWarning().noquote() << preparation.error().front().message;
    QVERIFY(preparation);
    const RunFacts facts = factsOf(*preparation->plan, preparation->rules, {}, 1);
    QCOMPARE(facts.steps[0].name, QStringLiteral("/${t}/documents/${user}"));
    QCOMPARE(facts.steps[0].path, QStringLiteral("/${t}/documents/${user}"));
    QCOMPARE(facts.iterationsEach, std::optional<std::uint64_t>(3));
    QCOMPARE(facts.plannedLength, 0ns);
    QCOMPARE(preparation->plan->steps[0].request.url, QUrl(QStringLiteral("http://127.0.0.1:8080/demo/documents/0?x=1")));
}

void PreparationTest::keepsFactsOfThePlan()
{
    const auto made = prepare(scenario("load: { users: 7, late: drop, stages: [ { rate: 2/s to 4/s, for: 10 s, warm_up: true }, { rate: 4/s, for: 5 s } ] }\n"));
    QVERIFY(made);
    const RunFacts facts = factsOf(*made->plan, made->rules, {}, 2);
    QVERIFY(facts.isOpenModel);
    QCOMPARE(facts.userCap, 7u);
    QCOMPARE(facts.latePolicy, QStringLiteral("drop"));
    QCOMPARE(facts.workers, 2);
    QCOMPARE(facts.plannedLength, 15s);
    QCOMPARE(facts.stages.size(), 2u);
    QVERIFY(facts.stages[0].isWarmUp);
    QCOMPARE(facts.stages[1].start, 10s);
    QCOMPARE(facts.steps[0].name, QStringLiteral("read"));
    QCOMPARE(facts.steps[0].method, QStringLiteral("GET"));
    QCOMPARE(facts.rules, QStringList{QStringLiteral("achieved >= 99 %")});
}

void PreparationTest::plansAnewForThePracticeTargetsAddress()
{
    const auto made = prepare(scenario("load: { stages: [ { rate: 2/s, for: 1 s } ] }\n"));
    QVERIFY(made);
    const auto plan = replan(*made, QUrl(QStringLiteral("http://127.0.0.1:4711")), 1);
    QVERIFY(plan);
    QCOMPARE((*plan)->steps[0].request.url, QUrl(QStringLiteral("http://127.0.0.1:4711/documents/1")));
    const auto nowhere = replan(*made, QUrl(), 1);
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().code, Error::Code::InvalidInput);
    QVERIFY(nowhere.error().text().contains(QStringLiteral("/documents/1")));
}

void PreparationTest::looksForTheProgramsOfCommands()
{
    const auto withCommand = [](const char *command) {
        return scenario("load: { stages: [ { rate: 1/s, for: 1 s } ] }\n")
            .replace("8080' }", "8080', start: { command: " + QByteArray(command) + " } }");
    };
    const auto missing = prepare(withCommand("./nothing -x"), {}, {}, 1, QStringLiteral("/tmp"));
    QVERIFY(!missing);
    QCOMPARE(missing.error()[0].range.start.line, 3);
    QVERIFY(missing.error()[0].message.contains(QStringLiteral("'./nothing'")));
    QVERIFY(prepare(withCommand("./nothing -x"))); // nobody knows from where
    QVERIFY(!prepare(withCommand("no-such-program-here")));
    const auto found = prepare(withCommand("sh -c true"), {}, {}, 1, QStringLiteral("/tmp"));
    QVERIFY(found);
    QCOMPARE(found->scenario.target.folder, QStringLiteral("/tmp"));
}

void PreparationTest::refusesALongSocketPath()
{
    // 107 bytes are the most: "/" + 98 + "/" + 8 are 108.
    const QByteArray text = "headroom: 1\ntarget: { lines: { socket: longsock } }\nflows: [ { steps: [ { line: x } ] } ]\n"
                            "load: { users: 1, for: 1 s }\n";
    QVERIFY(prepare(text, {}, {}, 1, QLatin1Char('/') + QString(97, u'd')));
    const auto bad = prepare(text, {}, {}, 1, QLatin1Char('/') + QString(98, u'd'));
    QVERIFY(!bad);
    QVERIFY(bad.error()[0].message.contains(QStringLiteral("107 bytes")));
    const QByteArray fed = QByteArray(text).replace("socket: longsock", "command: sh -c true");
    QVERIFY(prepare(fed, {}, {}, 1, QLatin1Char('/') + QString(200, u'd'))); // it has no socket
}

void PreparationTest::warnsOfARateThatIsMuchForQnam()
{
    // Two requests an iteration: 2,500/s are 5,000 requests/s, and 2,600/s are 5,200.
    const auto prepared = [](const QByteArray &transport, const QByteArray &rate) {
        return prepare("headroom: 1\ntarget: { url: 'http://127.0.0.1:9', transport: " + transport
                       + " }\nflows: [ { steps: [ { get: /a }, { get: /b } ] } ]\nload: { rate: " + rate + "/s, for: 1 s }\n");
    };
    QVERIFY(prepared("qnam", "2500")->warnings.empty());
    QVERIFY(prepared("direct", "2600")->warnings.empty());
    const auto much = prepared("qnam", "2600");
    QCOMPARE(much->warnings.size(), 1u);
    QCOMPARE(much->warnings[0].message,
             QStringLiteral("the load asks for up to 5200/s requests, which is much for the transport qnam; transport: direct "
                            "makes many times as many in a second of CPU"));
}

QTEST_GUILESS_MAIN(PreparationTest)
#include "tst_preparation.moc"
