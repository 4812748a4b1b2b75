// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Headroom;

namespace {

/// A scenario in lines 1 to 4, with one part replaced.
struct Parts
{
    QByteArray target = "{url: http://h:1}";
    QByteArray flows = "[{steps: [{get: /}]}]";
    QByteArray load = "{rate: 5/s, for: 10 s}";
    QByteArray rest = {};
};

QByteArray textOf(const Parts &parts)
{
    return "headroom: 1\ntarget: " + parts.target + "\nflows: " + parts.flows + "\nload: " + parts.load + '\n'
        + parts.rest;
}

QByteArray withTarget(const QByteArray &target) { return textOf({.target = target}); }
QByteArray withStep(const QByteArray &step)
{
    return textOf({.flows = "[{steps: [{" + step + "}]}]"});
} // begins at 3:19
QByteArray withFlows(const QByteArray &flows) { return textOf({.flows = flows}); }
QByteArray withLoad(const QByteArray &load) { return textOf({.load = load}); }
QByteArray withRest(const QByteArray &rest) { return textOf({.rest = rest}); } // begins at 5:1

/// "line:column: message" of every diagnostic, joined by line feeds.
QString diagnosticsOf(const QByteArray &text, const std::vector<ScenarioOverride> &overrides = {})
{
    QStringList lines;
    for (const Diagnostic &diagnostic : readScenario(text, overrides).diagnostics)
        lines.append(formatDiagnostic({}, diagnostic).sliced(1));
    return lines.join(u'\n');
}

Scenario scenarioOf(const QByteArray &text, const std::vector<ScenarioOverride> &overrides = {})
{
    const ScenarioReading reading = readScenario(text, overrides);
    for (const Diagnostic &diagnostic : reading.diagnostics)
        qWarning().noquote() << formatDiagnostic(QStringLiteral("unexpected"), diagnostic);
    return reading.diagnostics.empty() ? reading.scenario : Scenario();
}

Scenario::Step stepOf(const QByteArray &step)
{
    const Scenario scenario = scenarioOf(withStep(step));
    return scenario.flows.empty() ? Scenario::Step() : scenario.flows[0].steps[0];
}

} // namespace

class ScenarioReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsInDefaults();
    void readsEveryField();
    void readsBodies_data();
    void readsBodies();
    void letsAHeaderNameTheContentType();
    void encodesTheQuery();
    void readsAnyMethod();
    void readsThePaceOfAFlow();
    void readsThinkTimes();
    void readsExpectations_data();
    void readsExpectations();
    void readsShortLoads();
    void readsASine();
    void readsUsersAsCapWithRates();
    void runsUntilTheIterationsAreDone();
    void namesFlowsAndStages();
    void readsProbes();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void acceptsAlso_data();
    void acceptsAlso();
    void saysWhatIsWrongWithAWholeText_data();
    void saysWhatIsWrongWithAWholeText();
    void findsAllProblemsAtOnceInTheirOrder();
    void stopsAfterManyProblems();
    void appliesOverrides();
    void saysWhatIsWrongWithAnOverride_data();
    void saysWhatIsWrongWithAnOverride();
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
}

void ScenarioReaderTest::readsBodies_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("contentType");
    const auto json = [](const char *name, const QByteArray &yaml, const QByteArray &bytes) {
        QTest::newRow(name) << "json: " + yaml << bytes << QByteArray("application/json");
    };
    json("object keeps its order", "{b: x, a: {}}", R"({"b":"x","a":{}})");
    json("list", "[1, [], [2]]", "[1,[],[2]]");
    json("words of the core schema", "[true, False, ~, null, no, yes, on]",
         R"([true,false,null,null,"no","yes","on"])");
    json("quotes make texts", R"(["1", 'true', "null", ""])", R"(["1","true","null",""])");
    json("digits stay as written", "[1.10, 12345678901234567890123, 1E400, -0.0]",
         "[1.10,12345678901234567890123,1E400,-0.0]");
    json("numbers that JSON writes otherwise", "[+5, 007, .5, 5., -.5e3, 0x1F, 0o17]", "[5,7,0.5,5,-0.5e3,31,15]");
    json("almost numbers", "[1_000, 1.2.3, 0x, -0x1, 12:30, 1e, '.', 2024-01-01]",
         R"(["1_000","1.2.3","0x","-0x1","12:30","1e",".","2024-01-01"])");
    json("escapes", R"("a\"b\\c\nd\e")", R"("a\"b\\c\u000ad\u001b")");
    json("umlauts", "ä", "\"ä\"");
    json("null alone", "null", "null");
    json("number alone", "5", "5");
    QTest::newRow("text") << QByteArray("text: \"a\\nä\"") << QByteArray("a\nä")
                          << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("empty text") << QByteArray("text: \"\"") << QByteArray("")
                                << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("form") << QByteArray("form: {a b: \"c&d=é+\", e: 1}") << QByteArray("a+b=c%26d%3D%C3%A9%2B&e=1")
                          << QByteArray("application/x-www-form-urlencoded");
}

void ScenarioReaderTest::readsBodies()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, contentType);
    const auto body = stepOf("post: /, " + field).body;
    QVERIFY(body);
    QCOMPARE(body->text.constant().toUtf8(), bytes);
    QCOMPARE(body->contentType, contentType);
}

void ScenarioReaderTest::letsAHeaderNameTheContentType()
{
    const Scenario::Step step = stepOf("post: /, headers: {content-type: application/x, A: b}, json: {}");
    QCOMPARE(step.body->contentType, QByteArray("application/x"));
    QCOMPARE(step.headers, (std::vector<Scenario::Header>{{QStringLiteral("A"), QStringLiteral("b")}}));
}

void ScenarioReaderTest::encodesTheQuery()
{
    QCOMPARE(stepOf("get: /a, query: {q: \"x y&z\", ü: 1}").path, QStringLiteral("/a?q=x%20y%26z&%C3%BC=1"));
    QCOMPARE(stepOf("get: \"/a?b=1\", query: {c: 2}").path, QStringLiteral("/a?b=1&c=2"));
    QCOMPARE(stepOf("get: /a, query: {}").path, QStringLiteral("/a"));
}

void ScenarioReaderTest::readsAnyMethod()
{
    QCOMPARE(stepOf("method: PURGE, path: /x").method, QByteArray("PURGE"));
    for (const char *verb : {"get", "post", "put", "patch", "delete", "head", "options"}) {
        const Scenario::Step step = stepOf(QByteArray(verb) + ": /" + verb);
        QCOMPARE(step.method, QByteArray(verb).toUpper());
        QCOMPARE(step.path, u'/' + QString::fromLatin1(verb));
    }
}

void ScenarioReaderTest::readsThePaceOfAFlow()
{
    const Scenario scenario = scenarioOf(
        textOf({.flows = "[{pace: 2 s, steps: [{get: /}]}, {steps: [{get: /}]}]", .load = "{users: 1, for: 1 s}"}));
    QVERIFY(scenario.flows.at(0).pace == 2s);
    QVERIFY(!scenario.flows.at(1).pace);
}

void ScenarioReaderTest::readsThinkTimes()
{
    const Scenario::ThinkTime constant = stepOf("get: /, think: 200 ms").think;
    QCOMPARE(constant.low, 200ms);
    QCOMPARE(constant.high, 200ms);
    QCOMPARE(constant.mean, 0ms);
    const Scenario::ThinkTime uniform = stepOf("get: /, think: 200 ms  to 1 s 500 ms").think;
    QCOMPARE(uniform.low, 200ms);
    QCOMPARE(uniform.high, 1500ms);
    QCOMPARE(uniform.mean, 0ms);
    const Scenario::ThinkTime exponential = stepOf("get: /, think: ' exponential  200 ms'").think;
    QCOMPARE(exponential.low, 0ms);
    QCOMPARE(exponential.high, 2s); // 10 means
    QCOMPARE(exponential.mean, 200ms);
}

void ScenarioReaderTest::readsExpectations_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<int>("low");
    QTest::addColumn<int>("high");
    QTest::newRow("code") << QByteArray("201") << 201 << 201;
    QTest::newRow("class") << QByteArray("2xx") << 200 << 299;
    QTest::newRow("class in quotes") << QByteArray("\"4XX\"") << 400 << 499;
    QTest::newRow("range") << QByteArray("200-299") << 200 << 299;
    QTest::newRow("range with blanks") << QByteArray("200 - 204") << 200 << 204;
    QTest::newRow("list") << QByteArray("[5xx]") << 500 << 599;
}

void ScenarioReaderTest::readsExpectations()
{
    QFETCH(QByteArray, written);
    QFETCH(int, low);
    QFETCH(int, high);
    const auto expect = stepOf("get: /, expect: " + written).expect;
    QCOMPARE(expect.size(), 1u);
    QCOMPARE(expect[0].low, low);
    QCOMPARE(expect[0].high, high);
}

void ScenarioReaderTest::readsShortLoads()
{
    const auto open = scenarioOf(withLoad("{rate: 0/s to 600/min, users: 20, for: 1 min}")).load;
    QCOMPARE(open.stages.size(), 1u);
    QCOMPARE(open.stages[0].name, QStringLiteral("stage 1"));
    QCOMPARE(open.stages[0].rate->second.perSecond(), 10.0);
    QCOMPARE(open.stages[0].length, 60s);
    QVERIFY(!open.stages[0].users);
    QCOMPARE(*open.users, 20);
    const auto closed = scenarioOf(withLoad("{users: 0 to 100, for: 10 s}")).load;
    QCOMPARE(closed.stages.size(), 1u);
    QCOMPARE(*closed.stages[0].users, std::pair(0.0, 100.0));
    QVERIFY(!closed.stages[0].rate);
    QVERIFY(!closed.users);
}

void ScenarioReaderTest::readsASine()
{
    const auto load =
        scenarioOf(withLoad("{stages: [{rate: 50/s, for: 5 min, sine: {amplitude: 50/s, period: 1 min}}]}")).load;
    QCOMPARE(load.stages.at(0).sine->amplitude.perSecond(), 50.0);
    QCOMPARE(load.stages.at(0).sine->period, 1min);
    QCOMPARE(load.stages.at(0).rate->first.perSecond(), 50.0);
}

void ScenarioReaderTest::readsUsersAsCapWithRates()
{
    const auto load = scenarioOf(withLoad("{users: 7, stages: [{rate: 5/s, for: 1 s}]}")).load;
    QCOMPARE(*load.users, 7);
    QVERIFY(!load.stages[0].users);
}

void ScenarioReaderTest::runsUntilTheIterationsAreDone()
{
    const auto load = scenarioOf(withLoad("{iterations: 500, stages: [{users: 5, for: 1 s}, {users: 10}]}")).load;
    QCOMPARE(load.stages[1].length, 0ns);
    QCOMPARE(*load.iterations, 500u);
    QCOMPARE(scenarioOf(withLoad("{iterations: 5, rate: 1/s}")).load.stages[0].length, 0ns);
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

void ScenarioReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("diagnostics");
    const auto row = [](const char *name, const QByteArray &text, const char *diagnostics) {
        QTest::newRow(name) << text << QString::fromUtf8(diagnostics);
    };
    // target begins at 2:9
    row("unknown field", withTarget("{url: http://h, trasnport: qnam}"),
        "2:25: unknown field 'trasnport' in target (did you mean 'transport'?)");
    row("unknown field like none", withTarget("{url: http://h, colour: red}"),
        "2:25: unknown field 'colour' in target; known are: url, practice, start, lines, transport, headers, cookies, timeout, ready");
    row("unknown field at the top", withRest("rule: []"),
        "5:1: unknown field 'rule' at the top level (did you mean 'rules'?)");
    row("unknown field in a step", withStep("get: /, bdoy: x"),
        "3:27: unknown field 'bdoy' in flows[0].steps[0]; known are: name, get, "
        "post, put, patch, delete, head, options, method, path, line, query, headers, json, text, form, expect, think");
    row("column behind an umlaut", withTarget("{headers: {X: ü}, ulr: http://h}"),
        "2:1: target needs one of: url, practice, lines\n2:27: unknown field 'ulr' in target (did you mean 'url'?)");
    row("scalar for a mapping", withTarget("http://h"), "2:9: target must be a mapping of fields, not a single value");
    row("list for a scalar", withTarget("{url: [http://h]}"), "2:15: target.url must be a single value, not a list");
    row("mapping for a list", withFlows("{steps: []}"), "3:8: flows must be a list, not a mapping of fields");
    row("empty field", withTarget("{url: http://h, ready: }"),
        "2:25: target.ready is empty; write its fields below it, or remove it");
    row("empty scalar", withTarget("{url: }"), "2:10: target.url is empty; write a value, or remove it");
    row("empty list", withFlows("[]"), "3:1: flows must have 1 to 1000 items, not 0");
    row("both addresses", withTarget("{url: http://h, practice: {}}"),
        "2:25: 'url' and 'practice' exclude each other in target; keep one of them");
    row("workers out of range", withTarget("{practice: {workers: 1025}}"),
        "2:30: target.practice.workers must be from 1 to 1024, not '1025'");
    row("workers negative", withTarget("{practice: {workers: -1}}"), "2:30: '-1' is not a whole number from 0 on");
    row("workers fractional", withTarget("{practice: {workers: 1.5}}"), "2:30: '1.5' is not a whole number from 0 on");
    row("workers in quotes", withTarget("{practice: {workers: '8'}}"),
        "2:30: '8' is a text because of its quotes; write it without them");
    row("other scheme", withTarget("{url: ftp://h}"),
        "2:15: 'ftp://h' is not an http or https address; write it like http://127.0.0.1:8080");
    row("no scheme", withTarget("{url: localhost:8080}"),
        "2:15: 'localhost:8080' is not an http or https address; write it like http://127.0.0.1:8080");
    row("no host", withTarget("{url: 'http:///x'}"),
        "2:15: 'http:///x' is not an http or https address; write it like http://127.0.0.1:8080");
    row("user info", withTarget("{url: 'http://me:secret@h'}"),
        "2:15: an address must not hold a user name or password; send them in a header, such as Authorization");
    row("port 0", withTarget("{url: 'http://h:0'}"),
        "2:15: port 0 cannot be connected to; write the port that the server listens on");
    row("fragment", withTarget("{url: 'http://h/#x'}"), "2:15: the part behind '#' is never sent; remove it");
    row("direct", withTarget("{url: http://h, transport: direct}"),
        "2:36: transport direct is not built yet; use qnam");
    row("unknown choice", withTarget("{url: http://h, transport: qnma}"),
        "2:36: target.transport cannot be 'qnma' (did you mean 'qnam'?); write one of: qnam, direct");
    row("unit missing", withTarget("{url: http://h, timeout: {total: 30}}"),
        "2:42: '30' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("duration out of range", withTarget("{url: http://h, timeout: {total: 0 s}}"),
        "2:42: target.timeout.total must be from 1 ms to 1 d, not '0 s'");
    row("ready without url", withTarget("{url: http://h, ready: {within: 1 s}}"),
        "2:25: field 'url' is missing in target.ready (A path on the target, such as /health/ready, or a whole URL)");
    row("header name", withTarget("{url: http://h, headers: {'X Y': a}}"),
        "2:35: 'X Y' is not a header name; use letters, digits and '-'");
    row("header that follows", withTarget("{url: http://h, headers: {Content-Length: 1}}"),
        "2:35: 'Content-Length' follows from the body; remove it");
    row("header line end", withTarget("{url: http://h, headers: {X: \"a\\r\\nb\"}}"),
        "2:38: a header value must not hold line ends or control characters");
    row("header beyond Latin-1", withTarget("{url: http://h, headers: {X: €}}"),
        "2:38: a header value holds Latin-1 characters only; encode the others as the server expects them");
    row("header twice", withTarget("{url: http://h, headers: {Accept: a, accept: b}}"),
        "2:46: header 'accept' is written twice; the first is in line 2");
    row("header empty", withTarget("{url: http://h, headers: {X: }}"),
        "2:35: target.headers.X must be a single value, not empty; write \"\" for an empty text");
    row("duplicate key", withTarget("{url: http://h, url: http://i}"),
        "2:25: 'url' is written twice; the first is in line 2");

    row("no method", withStep("name: x"),
        "3:19: flows[0].steps[0] needs one of: get, post, put, patch, delete, head, options, method, line");
    row("two methods", withStep("get: /, post: /"),
        "3:27: 'get' and 'post' exclude each other in flows[0].steps[0]; keep one of them");
    row("method without path", withStep("method: PURGE"), "3:27: 'method' makes no sense without 'path' beside it");
    row("path with get", withStep("get: /, path: /x"), "3:33: 'path' makes no sense without 'method' beside it");
    row("method of two words", withStep("method: A B, path: /"), "3:27: 'A B' is not a method; write one word");
    row("two bodies", withStep("post: /, text: x, form: {}"),
        "3:37: 'text' and 'form' exclude each other in flows[0].steps[0]; keep one of them");
    row("relative path", withStep("get: x/y"), "3:24: 'x/y' is not a path; begin it with '/'");
    row("two slashes", withStep("get: //evil/x"), "3:24: a path begins with one '/'; two would name another host");
    row("blank in a path", withStep("get: /a b"),
        "3:24: '/a b' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("line end in a path", withStep("get: \"/a\\r\\nX: y\""),
        "3:24: '/a??X: y' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("bad percent", withStep("get: /a%zz"),
        "3:24: '/a%zz' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("fragment in a path", withStep("get: '/a#b'"),
        "3:24: the part behind '#' is never sent; remove it, or write %23 for the character");
    row("template of nothing", withStep("get: \"/x/${y}\""),
        "3:28: 'y' is no name of a value; add it to vars, or write one of: user, iteration");
    row("template of a misspelt name in a body", withStep("post: /, json: {a: [\"no ${usre}\"]}"),
        "3:43: 'usre' is no name of a value (did you mean 'user'?)");
    row("template in a name", withStep("name: \"a ${user}\", get: /"),
        "3:25: a template (${...}) cannot stand here, only in paths, addresses, bodies and the values of queries and "
        "headers; write the text itself");
    row("template in a key", withStep("post: /, json: {\"${user}\": 1}"),
        "3:35: a template (${...}) cannot stand here, only in paths, addresses, bodies and the values of queries and "
        "headers; write the text itself");
    row("template never closed", withStep("get: \"/x/${user\""),
        "3:28: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("template of two words", withStep("get: \"/${a b}\""),
        "3:26: 'a b' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
    row("template without a name", withStep("get: \"/${}\""),
        "3:26: '${}' names nothing; write a name in it, such as ${user}");
    row("user in the address", withTarget("{url: \"http://h/${user}\"}"),
        "2:25: 'user' differs from request to request, but this is the same for all; only vars can stand here");
    row("host that varies", withStep("get: \"http://h${user}/\""),
        "3:24: the scheme and the host of an address are the same for all; templates other than vars may only stand "
        "behind them");
    row("path that begins with a value", withStep("get: \"${user}/x\""),
        "3:24: the scheme and the host of an address are the same for all; templates other than vars may only stand "
        "behind them");
    row("blank beside a value in a path", withStep("get: \"/a b/${user}\""),
        "3:24: '/a b/${user}' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("infinity in JSON", withStep("post: /, json: [.inf]"),
        "3:35: JSON has no .inf; put it in quotes to send it as a text");
    row("status unknown", withStep("get: /, expect: [200, abc]"),
        "3:41: 'abc' is not a status code; write 200, 2xx or 200-299");
    row("status range turned", withStep("get: /, expect: 299-200"),
        "3:35: '299-200' is not a status code; write 200, 2xx or 200-299");
    row("no status", withStep("get: /, expect: []"),
        "3:35: flows[0].steps[0].expect must name at least one status code");
    row("think turned", withStep("get: /, think: 2 s to 1 s"), "3:34: the shorter think time comes first; swap both");
    row("think without end", withStep("get: /, think: 2 s to"),
        "3:34: '2 s to' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think without mean", withStep("get: /, think: exponential"),
        "3:34: 'exponential' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think around two means", withStep("get: /, think: exponential 1 s to 2 s"),
        "3:34: '1 s to 2 s' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think too long", withStep("get: /, think: exponential 2 d"),
        "3:34: flows[0].steps[0].think must be from 0 s to 1 d, not '2 d'");
    row("no steps", withFlows("[{name: a, steps: []}]"), "3:19: flows[0].steps must have 1 to 1000 items, not 0");
    row("pace with a rate", withFlows("[{pace: 2 s, steps: [{get: /}]}]"),
        "3:10: 'pace' is for users that begin again when they are done; with a rate, the rate says when, so remove it, "
        "or write users instead of the rate");
    row("pace of nothing", textOf({.flows = "[{pace: 0 s, steps: [{get: /}]}]", .load = "{users: 1, for: 1 s}"}),
        "3:16: flows[0].pace must be from 1 ms to 1 d, not '0 s'");
    row("steps missing", withFlows("[{name: a}]"),
        "3:10: field 'steps' is missing in flows[0] (The requests, in their order)");
    row("flow names twice", withFlows("[{name: a, steps: [{get: /}]}, {name: a, steps: [{get: /}]}]"),
        "3:46: flow name 'a' is used twice; the first is in line 3");
    row("flow name hidden", withFlows("[{name: \"a\\nb\", steps: [{get: /}]}]"),
        "3:16: the name 'a?b' holds invisible characters or line ends; remove them");
    row("weight and rate", withFlows("[{weight: 2, rate: 1/s, steps: [{get: /}]}]"),
        "3:21: 'weight' and 'rate' exclude each other in flows[0]; keep one of them");
    row("weight zero", withFlows("[{weight: 0, steps: [{get: /}]}]"),
        "3:18: flows[0].weight must be from 0.001 to 1000000, not '0'");
    row("weight not a number", withFlows("[{weight: nan, steps: [{get: /}]}]"), "3:18: 'nan' is not a number");

    row("empty load", withLoad("{}"),
        "4:7: the load says nothing to start; write stages, or rate or users together with for");
    row("load without amount", withLoad("{late: drop, for: 1 s}"),
        "4:8: the load says nothing to start; write stages, or rate or users together with for");
    row("rate without for", withLoad("{rate: 5/s}"),
        "4:8: 'for' is missing: how long this takes, as in 30 s; only a load with 'iterations' ends without it");
    row("rate without unit", withLoad("{rate: 50, for: 1 s}"),
        "4:14: '50' is not a rate; write a number and /s, /min, /h or /d, as in 50/s");
    row("rate and stages", withLoad("{rate: 5/s, stages: [{rate: 1/s, for: 1 s}]}"),
        "4:19: 'rate' and 'stages' exclude each other in load; keep one of them");
    row("for and stages", withLoad("{for: 5 s, stages: [{rate: 1/s, for: 1 s}]}"),
        "4:8: 'for' and 'stages' exclude each other in load; give each stage its own 'for'");
    row("users over stages of users", withLoad("{users: 5, stages: [{users: 1, for: 1 s}]}"),
        "4:8: 'users' here is the cap of a load with a rate, but these stages set users themselves; remove it");
    row("cap as a ramp", withLoad("{users: 1 to 5, rate: 1/s, for: 1 s}"),
        "4:15: with a rate, 'users' is the cap on iterations under way: one number from 1 on");
    row("count of each without users", withLoad("{rate: 1/s, for: 1 s, iterations_each: 5}"),
        "4:29: 'iterations_each' is for users that begin again when they are done; a load with a rate or batches has "
        "none, so remove it");
    row("count of each in a ramp without an end", withLoad("{users: 0 to 5, iterations_each: 5}"),
        "4:8: a ramp needs 'for': how long it takes, as in 30 s");
    row("count of each of nobody", withLoad("{users: 0, iterations_each: 5}"),
        "4:8: the last stage starts nothing, so the iterations are never done; raise it, or give it 'for'");
    row("cap of nobody", withLoad("{users: 0, rate: 1/s, for: 1 s}"),
        "4:15: with a rate, 'users' is the cap on iterations under way: one number from 1 on");
    row("half a user", withLoad("{users: 1.5, for: 1 s}"),
        "4:15: '1.5' is not a number of users; write 50, or 0 to 100 for a ramp");
    row("too many users", withLoad("{users: 0 to 100001, for: 1 s}"),
        "4:15: load.users must be from 0 to 100000, not '0 to 100001'");
    row("mixed stages", withLoad("{stages: [{rate: 1/s, for: 1 s}, {users: 1, for: 1 s}]}"),
        "4:41: this stage sets users, but the one in line 4 sets a rate; all stages must be of one kind");
    row("stage with both", withLoad("{stages: [{rate: 1/s, users: 1, for: 1 s}]}"),
        "4:29: 'rate' and 'users' exclude each other in load.stages[0]; keep one of them");
    row("stage with neither", withLoad("{stages: [{for: 1 s}]}"), "4:18: load.stages[0] needs one of: rate, users");
    row("stage names twice", withLoad("{stages: [{name: stage 2, rate: 1/s, for: 1 s}, {rate: 1/s, for: 1 s}]}"),
        "4:56: stage name 'stage 2' is used twice; the first is in line 4");
    row("first stage without for", withLoad("{iterations: 9, stages: [{users: 1}, {users: 2, for: 1 s}]}"),
        "4:33: 'for' is missing; only the last stage may run until the iterations are done");
    row("ramp without for", withLoad("{iterations: 9, users: 0 to 5}"),
        "4:8: a ramp needs 'for': how long it takes, as in 30 s");
    row("nobody works", withLoad("{iterations: 9, users: 0}"),
        "4:8: the last stage starts nothing, so the iterations are never done; raise it, or give it 'for'");
    row("too long together", withLoad("{stages: [{rate: 1/s, for: 300 d}, {rate: 1/s, for: 66 d}]}"),
        "4:8: the stages together must not take more than 365 d");
    row("late without rate", withLoad("{users: 1, for: 1 s, late: drop}"),
        "4:28: warning: 'late' has no effect without a rate; remove it");
    row("spacing without rate", withLoad("{users: 1, for: 1 s, spacing: poisson}"),
        "4:28: 'spacing' says how the arrivals of a rate are spread; users have none, so remove it, or write a rate");
    row("spacing unknown", withLoad("{rate: 1/s, for: 1 s, spacing: poison}"),
        "4:38: load.spacing cannot be 'poison' (did you mean 'poisson'?); write one of: even, poisson");
    row("sine of users", withLoad("{stages: [{users: 5, for: 1 s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:44: 'sine' makes no sense without 'rate' beside it");
    row("sine on a ramp", withLoad("{stages: [{rate: 5/s to 6/s, for: 1 s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:46: a sine swings around one rate, not along a ramp; write the rate as 50/s");
    row("sine below zero", withLoad("{stages: [{rate: 5/s, for: 1 s, sine: {amplitude: 6/s, period: 1 s}}]}"),
        "4:46: the amplitude is above the rate, which would fall below 0; write at most 5/s");
    row("sine without period", withLoad("{stages: [{rate: 5/s, for: 1 s, sine: {amplitude: 5/s}}]}"),
        "4:39: field 'period' is missing in load.stages[0].sine (Time of one swing up and down, made of 48 straight "
        "pieces)");
    row("sine without end", withLoad("{iterations: 9, stages: [{rate: 5/s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:44: a sine needs 'for' beside it: how long it goes on, as in 10 min");
    row("only warm-up", withLoad("{stages: [{rate: 1/s, for: 1 s, warm_up: true}]}"),
        "4:8: warning: all stages are warm-ups, so nothing is measured");
    row("warm_up as yes", withLoad("{stages: [{rate: 1/s, for: 1 s, warm_up: yes}]}"),
        "4:48: 'yes' is not true or false");
    row("iterations zero", withLoad("{iterations: 0, users: 1}"),
        "4:20: load.iterations must be from 1 to 1000000000000, not '0'");

    row("probe of nothing", withRest("probes:\n  a: {}"), "6:3: probes.a needs one of: process, json");
    row("process of nothing", withRest("probes:\n  a: {process: {}}"),
        "6:7: probes.a.process needs one of: port, pid, practice, target");
    row("practice false", textOf({.target = "{practice: {}}", .rest = "probes:\n  a: {process: {practice: false}}"}),
        "6:27: probes.a.process.practice can only be true; leave it out otherwise");
    row("practice without practice", withRest("probes:\n  a: {process: {practice: true}}"),
        "6:17: the target is no practice target; name the process by port or pid");
    row("target that is not started", withRest("probes:\n  a: {process: {target: true}}"),
        "6:17: the run does not start the target itself; name the process by port or pid");
    row("port too high", withRest("probes:\n  a: {process: {port: 65536}}"),
        "6:23: probes.a.process.port must be from 1 to 65535, not '65536'");
    row("json without value", withRest("probes:\n  a: {json: /s}"),
        "6:7: 'value' or 'values' is missing: what to pick from the answer, as in value: $.queue_depth");
    row("value without dollar", withRest("probes:\n  a: {json: /s, value: x}"),
        "6:24: 'x' is not a JSONPath; begin it with '$', as in $.queue_depth");
    row("value of a process", withRest("probes:\n  a: {process: {pid: 1}, value: $.x}"),
        "6:33: 'value' makes no sense without 'json' beside it");
    row("probe name with a dot", withRest("probes:\n  a.b: {process: {pid: 1}}"),
        "6:3: 'a.b' cannot be a name here; use letters, digits, '_' and '-'");
    row("rule empty", withRest("rules: ['']"), "5:9: a rule is missing here; write one, as in p95 < 900 ms");
    row("rule as a mapping", withRest("rules: [{a: b}]"),
        "5:9: rules[0] must be a single value, not a mapping of fields; write \"\" for an empty text");
    row("name too long", withRest("name: " + QByteArray(201, 'x')), "5:7: name must have 1 to 200 characters, not 201");
    row("seed too large", withRest("seed: 18446744073709551616"),
        "5:7: '18446744073709551616' is not a number that can be counted to; it is too large");
}

void ScenarioReaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(text), diagnostics);
}

void ScenarioReaderTest::acceptsAlso_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("carriage returns") << textOf({}).replace("\n", "\r\n");
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + textOf({});
    QTest::newRow("JSON") << QByteArray(
        R"({"headroom": 1, "target": {"url": "http://h"}, "flows": [{"steps": [{"get": "/"}]}], )"
        R"("load": {"rate": "5/s", "for": "1 s"}})");
    QTest::newRow("IPv6") << withTarget("{url: 'http://[::1]:8080/base'}");
    QTest::newRow("international host") << withTarget("{url: 'https://bücher.example'}");
    QTest::newRow("Latin-1 header") << withTarget("{url: http://h, headers: {X: ä}}");
    QTest::newRow("empty header") << withTarget("{url: http://h, headers: {X: \"\"}}");
    QTest::newRow("name that looks like a number") << withRest("name: 2024");
    QTest::newRow("path with umlaut") << withStep("get: /bücher");
    QTest::newRow("pause between stages") << withLoad("{stages: [{rate: 0/s, for: 1 s}, {rate: 1/s, for: 1 s}]}");
    QTest::newRow("steps with one name") << withFlows("[{steps: [{name: a, get: /}, {name: a, get: /b}]}]");
    QTest::newRow("rates in quotes") << withLoad("{rate: \"0/s to 5/s\", for: '1 s'}");
}

void ScenarioReaderTest::acceptsAlso()
{
    QFETCH(QByteArray, text);
    QCOMPARE(diagnosticsOf(text), QString());
}

void ScenarioReaderTest::saysWhatIsWrongWithAWholeText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("diagnostics");
    const auto row = [](const char *name, const QByteArray &text, const char *diagnostics) {
        QTest::newRow(name) << text << QString::fromUtf8(diagnostics);
    };
    constexpr auto kEmpty = "1:1: the scenario is empty; begin it with 'headroom: 1', then target, flows and load";
    row("empty", "", kEmpty);
    row("comments", "# a\n# b\n", kEmpty);
    row("byte order mark", "\xEF\xBB\xBF", kEmpty);
    row("list", "- a\n", "1:1: a scenario is a mapping of fields that begins with 'headroom: 1', not a list");
    row("scalar", "hello", "1:1: a scenario is a mapping of fields that begins with 'headroom: 1', not a single value");
    row("other version", "name: x\nheadroom: 2\nflavour: y",
        "2:11: language version 2 is not known to this program; it reads 1");
    row("tab", "target:\n\turl: x", "2:1: lines cannot be indented with tabs; use spaces");
    row("nothing but the version", "headroom: 1",
        "1:1: field 'target' is missing at the top level (What the load goes to: a url, a practice target or a process that answers lines)\n"
        "1:1: field 'flows' is missing at the top level (What users do: a list of flows)\n"
        "1:1: field 'load' is missing at the top level (How much load, how long: stages, or rate or users with for)");
    row("no version", "name: x\ntarget: {url: http://h}\nflows: [{steps: [{get: /}]}]\nload: {users: 1, for: 1 s}",
        "1:1: field 'headroom' is missing at the top level (Version of the scenario language; the first line is "
        "headroom: 1)");
    row("all empty", "headroom: 1\ntarget:\nflows:\nload:\n",
        "2:1: target is empty; write its fields below it, or remove it\n"
        "3:1: flows is empty; write its items below it, or remove it\n"
        "4:1: load is empty; write its fields below it, or remove it");
}

void ScenarioReaderTest::saysWhatIsWrongWithAWholeText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(text), diagnostics);
}

void ScenarioReaderTest::findsAllProblemsAtOnceInTheirOrder()
{
    QCOMPARE(diagnosticsOf("headroom: 1\n"
                           "colour: red\n"
                           "target:\n"
                           "  url: http://h\n"
                           "  url: http://i\n"
                           "  timeout: { total: long }\n"
                           "flows:\n"
                           "  - steps:\n"
                           "      - get: /a\n"
                           "        expect: 2000\n"
                           "load: { users: 1, for: 1 s, late: drop }\n"),
             QStringLiteral(
                 "2:1: unknown field 'colour' at the top level; known are: headroom, name, seed, vars, target, flows, load, "
                 "probes, rules, achieved_rule\n"
                 "5:3: 'url' is written twice; the first is in line 4\n"
                 "6:21: 'long' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s\n"
                 "10:17: '2000' is not a status code; write 200, 2xx or 200-299\n"
                 "11:29: warning: 'late' has no effect without a rate; remove it"));
}

void ScenarioReaderTest::stopsAfterManyProblems()
{
    QByteArray text;
    for (int i = 0; i < 50'000; ++i)
        text += "x" + QByteArray::number(i) + ": 1\n";
    QCOMPARE(readScenario(text).diagnostics.size(), 200u);
}

void ScenarioReaderTest::appliesOverrides()
{
    const auto over = [](const char *path, const char *value) {
        return ScenarioOverride{QString::fromLatin1(path), QString::fromLatin1(value)};
    };
    const QByteArray text = withLoad("{stages: [{rate: 1/s, for: 1 s}, {rate: 2/s, for: 2 s}]}");
    const Scenario scenario = scenarioOf(text,
                                         {over("load.stages[1].rate", "20/s to 0/s"), over("target.url", "https://x:9"),
                                          over("target.timeout.total", "7 s"), over("name", "a 'b'"),
                                          over("flows[0].steps[0].headers.X-A", "1")});
    QCOMPARE(scenario.load.stages[0].rate->first.perSecond(), 1.0);
    QCOMPARE(scenario.load.stages[1].rate->first.perSecond(), 20.0);
    QCOMPARE(scenario.target.url, QUrl(QStringLiteral("https://x:9")));
    QCOMPARE(scenario.target.timeout.total, 7s); // timeout was not there
    QCOMPARE(scenario.name, QStringLiteral("a 'b'"));
    QCOMPARE(scenario.flows[0].steps[0].headers.at(0).first, QStringLiteral("X-A"));
    const Scenario whole =
        scenarioOf(text, {over("load", "{users: 5, for: 3 s}"), over("target.practice", "{}"), over("target.url", "")});
    QCOMPARE(whole.load.stages.size(), 1u);
    QCOMPARE(whole.load.stages[0].users->first, 5.0);
    QCOMPARE(whole.load.stages[0].range, TextRange{}); // a place in the file, not one of the reader's own
    QVERIFY(whole.target.practice && whole.target.url.isEmpty());
    const Scenario shorter = scenarioOf(
        text, {over("load.stages[0]", "null"), over("target.ready.within", "null"), over("load.stages[0].for", "9 s")});
    QCOMPARE(shorter.load.stages.size(), 1u);
    QCOMPARE(shorter.load.stages[0].length, 9s);
    QCOMPARE(shorter.load.stages[0].rate->first.perSecond(), 2.0);
}

void ScenarioReaderTest::saysWhatIsWrongWithAnOverride_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("diagnostics");
    QTest::newRow("value")
        << "load.rate" << "fast"
        << "1:1: override 'load.rate': 'fast' is not a rate; write a number and /s, /min, /h or /d, as in 50/s";
    QTest::newRow("unknown field") << "target.ulr" << "x"
                                   << "1:1: override 'target.ulr': unknown field 'ulr' in target (did you mean 'url'?)";
    QTest::newRow("index") << "flows[1].weight" << "2"
                           << "1:1: override 'flows[1].weight': there is no item [1]; the list has 1 items";
    QTest::newRow("index of a mapping") << "target[0]" << "2"
                                        << "1:1: override 'target[0]': there is no item [0]; the list has 0 items";
    QTest::newRow("through a scalar")
        << "target.url.host" << "h"
        << "1:1: override 'target.url.host': 'host' cannot be set in something that is not a mapping of fields";
    QTest::newRow("through a list")
        << "flows.weight" << "2"
        << "1:1: override 'flows.weight': 'weight' cannot be set in something that is not a mapping of fields";
    QTest::newRow("value that is no YAML") << "name" << "a: b: c"
                                           << "1:1: override 'name': in its value, a ':' cannot stand here; correct "
                                              "the indentation, or put a text that holds ': ' in quotes";
    for (const char *path : {"", ".", "a..b", "load.", "flows[", "flows[]", "flows[x]", "flows[-1]", "flows[0]x", "[0]",
                             "flows[99999999999]"}) {
        QTest::newRow(qPrintable(QStringLiteral("path %1").arg(QLatin1String(path))))
            << path << "1"
            << QStringLiteral("1:1: override '%1': this is not a path; write it like load.stages[0].rate")
                   .arg(QLatin1String(path));
    }
}

void ScenarioReaderTest::saysWhatIsWrongWithAnOverride()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(textOf({}), {{path, value}}), diagnostics);
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
