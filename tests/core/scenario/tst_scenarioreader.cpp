// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>

using namespace Headroom;

class ScenarioReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsInDefaults();
    void readsEveryField();
    void readsHowConnectionsAreMade();
    void readsWhatThePracticeTargetIsTold();
    void namesFlowsAndStages();
    void readsProbes();
    void readsProbesOfEveryKind();
    void readsTiersOfHealth();
    void readsTwoThousandLinesQuickly();
};

void ScenarioReaderTest::fillsInDefaults()
{
    // The table's defaults and those of the struct are the same; this is where a difference shows.
    const Scenario scenario = scenarioOf(textOf({}));
    const Scenario::Target standard;
    QCOMPARE(scenario.name, QStringLiteral("scenario"));
    QVERIFY(!scenario.seed);
    QCOMPARE(scenario.target.url, QUrl(QStringLiteral("http://h:1")));
    QVERIFY(!scenario.target.practice);
    QCOMPARE(scenario.target.transport, standard.transport);
    QCOMPARE(scenario.target.timeout.connect, standard.timeout.connect);
    QCOMPARE(scenario.target.timeout.firstByte, standard.timeout.firstByte);
    QCOMPARE(scenario.target.timeout.total, standard.timeout.total);
    QVERIFY(!scenario.target.ready);
    QCOMPARE(scenario.flows.size(), 1u);
    QCOMPARE(scenario.flows[0].weight, 1.0);
    QVERIFY(!scenario.flows[0].rate);
    const Scenario::Step &step = scenario.flows[0].steps.at(0);
    QCOMPARE(step.name, QString());
    QCOMPARE(step.method, QByteArray("GET"));
    QCOMPARE(step.path, QStringLiteral("/"));
    QVERIFY(!step.body);
    QCOMPARE(step.expect.size(), 1u);
    QCOMPARE(step.expect[0].low, 200);
    QCOMPARE(step.expect[0].high, 399);
    QCOMPARE(step.think.high, 0ns);
    QVERIFY(!scenario.load.users);
    QVERIFY(!scenario.load.iterations);
    QVERIFY(scenario.load.late == Scenario::Late::Queue);
    QVERIFY(scenario.load.spacing == Scenario::Spacing::Even);
    QCOMPARE(scenario.load.grace, Scenario::Load().grace);
    QVERIFY(scenario.achievedRule);
    QVERIFY(scenario.record.samples == Scenario::Record::Samples::All);
    const Scenario practice = scenarioOf(withTarget("{practice: {}}"));
    QCOMPARE(practice.target.practice->workers, Scenario::Practice().workers);
    QCOMPARE(practice.target.practice->queue, Scenario::Practice().queue);
    QCOMPARE(practice.target.practice->serviceTime, QString());
    QVERIFY(practice.target.url.isEmpty());
    QCOMPARE(scenarioOf(withTarget("{url: http://h, ready: {url: /r}}")).target.ready->within,
             Scenario::Ready().within);
}

void ScenarioReaderTest::readsEveryField()
{
    const Scenario scenario = scenarioOf(R"(headroom: 1
name: Retrieval mix
seed: 18446744073709551615
target:
  practice: { workers: 4, queue: 16, service_time: "retrieve=20ms" }
  transport: qnam
  headers: { X-Mode: stub, X-Count: 3 }
  timeout: { connect: 2 s, first_byte: 10 s, total: 30 s }
  ready: { url: /health/ready, within: 5 s }
flows:
  - name: retrieve
    weight: 40
    steps:
      - name: ask
        post: /retrieve
        headers: { Accept: "*/*" }
        expect: [200, 429]
        think: 200 ms to 1 s
  - name: extract
    rate: 1200/min
    steps: [ { put: http://other:2/x } ]
load:
  users: 50
  late: drop
  iterations: 1000
  spacing: poisson
  grace: 3 s
  stages:
    - { name: warm up, rate: 10/s, for: 30 s, warm_up: true }
    - { name: down, rate: 50/s to 0/s, for: 2 min }
rules:
  - p95(retrieve) < 900 ms
  - " errors < 1 % "
achieved_rule: false
record: { samples: errors }
)");
    QCOMPARE(scenario.name, QStringLiteral("Retrieval mix"));
    QCOMPARE(*scenario.seed, 18'446'744'073'709'551'615u);
    QCOMPARE(scenario.target.practice->workers, 4);
    QCOMPARE(scenario.target.practice->queue, 16);
    QCOMPARE(scenario.target.practice->serviceTime, QStringLiteral("retrieve=20ms"));
    QCOMPARE(scenario.target.headers,
             (std::vector<Scenario::Header>{{QStringLiteral("X-Mode"), QStringLiteral("stub")},
                                            {QStringLiteral("X-Count"), QStringLiteral("3")}}));
    QCOMPARE(scenario.target.timeout.connect, 2s);
    QCOMPARE(scenario.target.timeout.firstByte, 10s);
    QCOMPARE(scenario.target.timeout.total, 30s);
    QCOMPARE(scenario.target.ready->url, QStringLiteral("/health/ready"));
    QCOMPARE(scenario.target.ready->within, 5s);
    QCOMPARE(scenario.target.range.start, (TextPosition{5, 3}));
    QCOMPARE(scenario.flows.size(), 2u);
    QCOMPARE(scenario.flows[0].weight, 40.0);
    const Scenario::Step &ask = scenario.flows[0].steps[0];
    QCOMPARE(ask.name, QStringLiteral("ask"));
    QCOMPARE(ask.method, QByteArray("POST"));
    QCOMPARE(ask.headers.at(0).second, QStringLiteral("*/*"));
    QCOMPARE(ask.expect.size(), 2u);
    QCOMPARE(ask.expect[1].low, 429);
    QCOMPARE(ask.think.low, 200ms);
    QCOMPARE(ask.think.high, 1s);
    QCOMPARE(ask.range.start, (TextPosition{14, 9}));
    QCOMPARE(scenario.flows[1].rate->perSecond(), 20.0); // 1200 / 60
    QCOMPARE(scenario.flows[1].steps[0].path, QStringLiteral("http://other:2/x"));
    QCOMPARE(*scenario.load.users, 50);
    QVERIFY(scenario.load.late == Scenario::Late::Drop);
    QVERIFY(scenario.load.spacing == Scenario::Spacing::Poisson);
    QCOMPARE(*scenario.load.iterations, 1000u);
    QCOMPARE(scenario.load.grace, 3s);
    QVERIFY(scenario.load.stages[0].isWarmUp);
    QCOMPARE(scenario.load.stages[0].length, 30s);
    QCOMPARE(scenario.load.stages[1].rate->first.perSecond(), 50.0);
    QCOMPARE(scenario.load.stages[1].rate->second.perSecond(), 0.0);
    QVERIFY(!scenario.load.stages[1].users);
    QCOMPARE(scenario.load.stages[1].range.start, (TextPosition{30, 7}));
    QCOMPARE(scenario.rules[1].text, QStringLiteral("errors < 1 %"));
    QCOMPARE(scenario.rules[1].range.start, (TextPosition{33, 5}));
    QVERIFY(!scenario.achievedRule);
    QVERIFY(scenario.record.samples == Scenario::Record::Samples::Errors);
}

void ScenarioReaderTest::readsHowConnectionsAreMade()
{
    const Scenario::Target standard;
    const Scenario::Target plain = scenarioOf(withTarget("{url: http://h, connection: {}, tls: {}}")).target;
    QCOMPARE(plain.connection.isReused, standard.connection.isReused);
    QCOMPARE(plain.connection.isHttp2, standard.connection.isHttp2);
    QCOMPARE(plain.connection.streams, standard.connection.streams);
    QCOMPARE(plain.connection.family, standard.connection.family);
    QCOMPARE(plain.connection.isResolvedEachTime, standard.connection.isResolvedEachTime);
    QCOMPARE(plain.tls.isVerified, standard.tls.isVerified);
    QCOMPARE(plain.tls.isResumed, standard.tls.isResumed);

    const Scenario::Target all =
        scenarioOf(withTarget("{url: https://h, transport: direct, connection: {reuse: false, http: 2, family: ipv6, "
                              "resolve: each, from: ['::1', '::2']}, tls: {authorities: a/ca.pem, certificate: a/c.pem, "
                              "key: a/c.key, server_name: api.h, verify: true, resume: false}}"))
            .target;
    QCOMPARE(all.transport, QStringLiteral("direct"));
    QVERIFY(!all.connection.isReused);
    QVERIFY(all.connection.isHttp2);
    QCOMPARE(all.connection.streams, 1);
    QCOMPARE(all.connection.family, QStringLiteral("ipv6"));
    QVERIFY(all.connection.isResolvedEachTime);
    QCOMPARE(all.connection.from.size(), 2u);
    QCOMPARE(all.connection.from[1].first, QStringLiteral("::2"));
    QCOMPARE(all.tls.authorities.path, QStringLiteral("a/ca.pem"));
    QCOMPARE(all.tls.certificate.path, QStringLiteral("a/c.pem"));
    QCOMPARE(all.tls.key.path, QStringLiteral("a/c.key"));
    QCOMPARE(all.tls.serverName, QStringLiteral("api.h"));
    QVERIFY(all.tls.isVerified);
    QVERIFY(!all.tls.isResumed);

    const Scenario::Target other =
        scenarioOf(withTarget("{url: http://h, transport: direct, connection: {http: 2, streams: 100, socket: \"${where}.sock\"}}")
                   + "vars: { where: here }\n")
            .target;
    QCOMPARE(other.connection.streams, 100);
    QCOMPARE(other.connection.socket, QStringLiteral("here.sock"));
    QVERIFY(!scenarioOf(withTarget("{url: https://h, tls: {verify: false}}")).target.tls.isVerified);
}

void ScenarioReaderTest::readsWhatThePracticeTargetIsTold()
{
    const Scenario::Practice practice =
        *scenarioOf(withTarget("{practice: {cache_entries: 5, cache_ttl: 30 s, cache_time: 1 ms, timing: all, "
                               "parts: {db: 60 %, render: 30%}, cpu_time: 2 ms, leak_bytes: 1000, "
                               "freeze: [{at: 3 s, for: 500 ms}, {for: 1 s, at: 1 min}], ready_after: 5 s, "
                               "until_ready: closed, drain: answer, drain_within: 30 s, degraded_time: 40 %}}"))
             .target.practice;
    const auto valueOf = [&practice](const char *option) {
        return practice.others.value(practice.others.indexOf(QLatin1String(option)) + 1);
    };
    QCOMPARE(practice.others.size(), 2 * 13);
    QCOMPARE(valueOf("--cache-entries"), QStringLiteral("5"));
    QCOMPARE(valueOf("--cache-ttl"), QStringLiteral("30 s"));
    QCOMPARE(valueOf("--timing"), QStringLiteral("all"));
    QCOMPARE(valueOf("--parts"), QStringLiteral("db=60 %,render=30%"));
    QCOMPARE(valueOf("--freeze"), QStringLiteral("500 ms@3 s,1 s@1 min"));
    QCOMPARE(valueOf("--degraded-time"), QStringLiteral("40 %"));
    QCOMPARE(practice.drainWithin, 30s);
    QCOMPARE(scenarioOf(withTarget("{practice: {}}")).target.practice->others, QStringList());
}

void ScenarioReaderTest::namesFlowsAndStages()
{
    const Scenario scenario =
        scenarioOf(textOf({.flows = "[{steps: [{get: /}]}, {name: b, steps: [{get: /}]}, {steps: [{get: /}]}]",
                           .load = "{stages: [{users: 1, for: 1 s}, {users: 2, for: 1 s}]}"}));
    QCOMPARE(scenario.flows[0].name, QStringLiteral("flow 1"));
    QCOMPARE(scenario.flows[1].name, QStringLiteral("b"));
    QCOMPARE(scenario.flows[2].name, QStringLiteral("flow 3"));
    QCOMPARE(scenario.load.stages[1].name, QStringLiteral("stage 2"));
}

void ScenarioReaderTest::readsProbes()
{
    const Scenario scenario = scenarioOf(textOf({.target = "{practice: {}}", .rest = R"(probes:
  api: { process: { port: 8080 } }
  own: { process: { practice: true }, every: 500 ms }
  one: { process: { pid: 4711 } }
  queue: { json: /stats, value: "$.x" }
  pool: { json: "http://h/s", values: { depth: $.a, busy: "$.b" } }
)"}));
    QCOMPARE(scenario.probes.size(), 5u);
    QCOMPARE(scenario.probes[0].name, QStringLiteral("api"));
    QVERIFY(scenario.probes[0].kind == Scenario::Probe::Kind::Process);
    QCOMPARE(*scenario.probes[0].port, 8080);
    QCOMPARE(scenario.probes[0].every, 1s);
    QCOMPARE(scenario.probes[0].range.start, (TextPosition{6, 3}));
    QVERIFY(scenario.probes[1].isPractice);
    QCOMPARE(scenario.probes[1].every, 500ms);
    QCOMPARE(*scenario.probes[2].pid, 4711);
    QVERIFY(scenario.probes[3].kind == Scenario::Probe::Kind::Json);
    QCOMPARE(scenario.probes[3].url, QStringLiteral("/stats"));
    QCOMPARE(scenario.probes[3].fields.at(0).name, QString());
    QCOMPARE(scenario.probes[3].fields.at(0).path, QStringLiteral("$.x"));
    QCOMPARE(scenario.probes[4].fields.size(), 2u);
    QCOMPARE(scenario.probes[4].fields.at(1).name, QStringLiteral("busy"));
}

void ScenarioReaderTest::readsProbesOfEveryKind()
{
    using Probe = Scenario::Probe;
    const Scenario scenario = scenarioOf(textOf({.rest = R"yaml(secrets: [R]
probes:
  named: { process: { name: nginx, children: true, pss: true } }
  unit: { process: { unit: web.service } }
  group: { cgroup: /a/b }
  service: { cgroup: web }
  host: { host: true }
  metric: { prometheus: /m, metric: n_total, labels: { s: 5.. }, as: rate }
  metrics: { prometheus: /m, metrics: { a: { metric: x }, b: { metric: y, as: p99.9 } } }
  query: { promql: "sum(x)", url: "http://127.0.0.1:9090", by: code, values: { ok: 200 } }
  redis: { redis: "127.0.0.1:6379", value: LLEN jobs, user: u, password: "${secret.R}", database: 3 }
  lines: { log: a.log, pattern: 'x' }
  times: { log: a.log, pattern: 'took (\d+)', as: max }
  command: { command: "a b", pattern: '(\d+)', within: 5 s }
  held: { process: { pid: 1, mappings: false }, heap: /heap }
  card: { gpu: 3 }
  bill: { csv: usage.csv, value: cost }
  bills: { csv: usage.csv, values: { usd: cost, tokens: total_tokens } }
  spent: { sqlite: usage.db, query: SELECT sum(cost) FROM usage }
)yaml"}));
    const auto &probes = scenario.probes;
    QCOMPARE(probes.size(), 17u);
    QCOMPARE(probes[0].processName, QStringLiteral("nginx"));
    QVERIFY(probes[0].hasChildren && probes[0].hasPss);
    QCOMPARE(probes[1].unit, QStringLiteral("web.service"));
    QVERIFY(probes[2].kind == Probe::Kind::Cgroup);
    QCOMPARE(probes[2].cgroup, QStringLiteral("/a/b"));
    QCOMPARE(probes[3].unit, QStringLiteral("web"));
    QVERIFY(probes[4].kind == Probe::Kind::Host);
    QVERIFY(probes[5].kind == Probe::Kind::Prometheus);
    QCOMPARE(probes[5].measures.at(0).metric, QStringLiteral("n_total"));
    QCOMPARE(probes[5].measures.at(0).labels.at(0).second, QStringLiteral("5.."));
    QVERIFY(probes[5].measures.at(0).as == Probe::As::Rate);
    QCOMPARE(probes[6].measures.at(0).name, QStringLiteral("a"));
    QVERIFY(probes[6].measures.at(0).as == Probe::As::Value);
    QVERIFY(std::abs(probes[6].measures.at(1).quantile - 0.999) < 1e-12);
    QCOMPARE(probes[7].query, QStringLiteral("sum(x)"));
    QCOMPARE(probes[7].by, QStringLiteral("code"));
    QCOMPARE(probes[7].fields.at(0).path, QStringLiteral("200"));
    QCOMPARE(probes[8].fields.at(0).path, QStringLiteral("LLEN jobs"));
    QCOMPARE(probes[8].password.written(), QStringLiteral("${secret.R}"));
    QCOMPARE(probes[8].database, 3);
    QVERIFY(probes[9].measures.at(0).as == Probe::As::Rate);
    QVERIFY(probes[10].measures.at(0).as == Probe::As::Max);
    QCOMPARE(probes[10].pattern, QStringLiteral("took (\\d+)"));
    QCOMPARE(probes[11].command, QStringLiteral("a b"));
    QCOMPARE(probes[11].within, 5s);
    QVERIFY(probes[0].hasMappings && !probes[12].hasMappings);
    QCOMPARE(probes[12].heap, QStringLiteral("/heap"));
    QVERIFY(probes[13].kind == Probe::Kind::Gpu);
    QCOMPARE(probes[13].gpu, 3);
    QVERIFY(probes[14].kind == Probe::Kind::Csv);
    QCOMPARE(probes[14].file, QStringLiteral("usage.csv"));
    QCOMPARE(probes[14].fields.at(0).path, QStringLiteral("cost"));
    QCOMPARE(probes[15].fields.at(1).name, QStringLiteral("tokens"));
    QVERIFY(probes[16].kind == Probe::Kind::Sqlite);
    QCOMPARE(probes[16].query, QStringLiteral("SELECT sum(cost) FROM usage"));
}

void ScenarioReaderTest::readsTiersOfHealth()
{
    const Scenario scenario = scenarioOf(textOf({.rest = R"yaml(probes:
  up: { health: "http://127.0.0.1:1/up", expect: [200, 503], every: 500 ms }
  api: { tiers: { live: /live, ready: "/${version}/ready" }, within: 300 ms }
vars: { version: v1 }
)yaml"}));
    const auto &probes = scenario.probes;
    QCOMPARE(probes.size(), 3u);
    QVERIFY(probes[0].kind == Scenario::Probe::Kind::Health);
    QCOMPARE(probes[0].url, QStringLiteral("http://127.0.0.1:1/up"));
    QCOMPARE(probes[0].expect.size(), 2u);
    QCOMPARE(probes[0].expect[1].low, 503);
    QCOMPARE(probes[0].within, 2s);
    QCOMPARE(probes[1].name, QStringLiteral("api_live"));
    QCOMPARE(probes[1].url, QStringLiteral("/live"));
    QCOMPARE(probes[2].name, QStringLiteral("api_ready"));
    QCOMPARE(probes[2].url, QStringLiteral("/v1/ready"));
    QCOMPARE(probes[2].expect.size(), 1u);
    QCOMPARE(probes[2].expect[0].high, 299);
    QCOMPARE(probes[2].within, 300ms);
}

void ScenarioReaderTest::readsTwoThousandLinesQuickly()
{
    QByteArray flows = "\n";
    for (int i = 0; i < 480; ++i) {
        flows += "  - name: flow" + QByteArray::number(i)
            + "\n    steps:\n      - post: /retrieve\n        json: {q: [1, 2, 3]}\n";
    }
    const QByteArray text = withFlows(flows); // 480 x 4 lines and the rest
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(scenarioOf(text).flows.size(), 480u);
    qInfo("read in %lld ms", timer.elapsed());
    QVERIFY2(timer.elapsed() < 1'000, "meant to take a few milliseconds; the rest is for loaded machines");
}

QTEST_GUILESS_MAIN(ScenarioReaderTest)
#include "tst_scenarioreader.moc"
