// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fieldvalue.h"
#include "core/scenario/jsontext.h"
#include "core/scenario/scenarioreader.h"
#include "core/scenario/schematree.h"
#include "tests/support/schemaproblems.h"

#include <QFile>
#include <QSet>
#include <QTest>

#ifndef Q_MOC_RUN // moc 6.8 takes their nested namespaces for those of the test
#include <jsoncons/json.hpp>
#endif

using namespace Headroom;

namespace {

QByteArray jsonOf(const QByteArray &yaml)
{
    const auto tree = readYaml(yaml);
    std::vector<YamlProblem> problems;
    return tree ? toJson(*tree, problems) : QByteArray();
}

bool isValidBySchema(const QByteArray &json)
{
    static const QByteArray schema = scenarioJsonSchema();
    return schemaProblems(schema, json).isEmpty();
}

} // namespace

class ScenarioSchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsEveryField();
    void putsParentsFirstAndNothingTwice();
    void hasDefaultsThatFitTheirOwnTypeAndRange();
    void makesTheSameJsonSchemaEveryTime();
    void agreesWithTheReader_data();
    void agreesWithTheReader();
};

void ScenarioSchemaTest::explainsEveryField()
{
    for (const SchemaField &field : scenarioSchema()) {
        const QByteArray help(field.help);
        QVERIFY2(help.size() > 5 && !help.endsWith('.'), field.path);
    }
}

void ScenarioSchemaTest::putsParentsFirstAndNothingTwice()
{
    QSet<QByteArray> seen{""};
    for (const SchemaField &field : scenarioSchema()) {
        QByteArray parent(field.path);
        parent.truncate(parent.endsWith("[]") ? parent.size() - 2 : std::max<qsizetype>(0, parent.lastIndexOf('.')));
        QVERIFY2(seen.contains(parent), field.path);
        QVERIFY2(!seen.contains(field.path), field.path);
        seen.insert(field.path);
    }
}

void ScenarioSchemaTest::hasDefaultsThatFitTheirOwnTypeAndRange()
{
    for (const SchemaField &field : scenarioSchema()) {
        if (!*field.standard)
            continue;
        YamlNode scalar;
        scalar.kind = YamlNode::Kind::Scalar;
        scalar.text = QString::fromUtf8(field.standard);
        QCOMPARE(valueProblem(field, scalar, QString::fromLatin1(field.path)), QString());
        QVERIFY2(!field.isRequired, field.path);
    }
}

void ScenarioSchemaTest::makesTheSameJsonSchemaEveryTime()
{
    const QByteArray schema = scenarioJsonSchema();
    QCOMPARE(scenarioJsonSchema(), schema);
    QVERIFY(schema.endsWith("}\n"));
    QVERIFY(!schema.endsWith("\n\n"));
    QVERIFY(!schema.contains(" \n"));
    const auto json = jsoncons::ojson::parse(schema.toStdString());
    QCOMPARE(json["$schema"].as<std::string>(), "https://json-schema.org/draft/2020-12/schema");
    QCOMPARE(json["properties"]["target"]["properties"]["practice"]["properties"]["workers"]["maximum"].as<int>(),
             1024);
    QCOMPARE(json["properties"]["load"]["properties"]["late"]["default"].as<std::string>(), "queue");
    for (const SchemaField &field : scenarioSchema())
        QVERIFY2(schema.contains(QByteArray(field.help).replace('\\', "\\\\").replace('"', "\\\"")), field.path);
}

void ScenarioSchemaTest::agreesWithTheReader_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isGood");
    const QByteArray head = "headroom: 1\ntarget: {url: http://h}\nflows: [{steps: [{get: /}]}]\n";
    const QByteArray load = "load: {rate: 5/s, for: 1 s}\n";
    const auto withStep = [&load](const char *step) {
        return "headroom: 1\ntarget: {practice: {}}\nflows: [{steps: [{" + QByteArray(step) + "}]}]\n" + load;
    };
    const auto withStage = [&head](const char *fields) {
        return head + "load: {stages: [{rate: 5/s, for: 1 min, " + fields + "}]}\n";
    };
    const auto withPace = [](const char *pace) {
        return "headroom: 1\ntarget: {url: http://h}\nflows: [{pace: " + QByteArray(pace)
            + ", steps: [{get: /}]}]\nload: {users: 5, for: 1 s}\n";
    };
    QFile file(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/fuzz/corpus/scenarioreader/good.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QTest::newRow("every field") << file.readAll() << true;
    QTest::newRow("short") << head + load << true;
    QTest::newRow("users as a number") << head + "load: {users: 5, for: 1 h 30 min}" << true;
    QTest::newRow("users as a ramp") << head + "load: {users: 0 to 5, for: 250 µs 1 ms}" << true;
    QTest::newRow("rates of all kinds") << head + "load: {rate: 600 / min to 1000/d, for: 1 s}" << true;
    QTest::newRow("name as a number") << head + load + "name: 2024" << true;
    QTest::newRow("statuses") << withStep("get: /, expect: [200, 2xx, 200-299, 5XX]") << true;
    QTest::newRow("one status") << withStep("get: /, expect: 204") << true;
    QTest::newRow("think time drawn between two") << withStep("get: /, think: 200 ms to 1 s 500 ms") << true;
    QTest::newRow("think time around a mean") << withStep("get: /, think: exponential 200 ms") << true;
    QTest::newRow("sine") << withStage("sine: {amplitude: 5/s, period: 1 min}") << true;
    QTest::newRow("pace") << withPace("2 s") << true;
    QTest::newRow("any JSON") << withStep("post: /, json: [null, {a: 1.5}]") << true;
    QTest::newRow("vars and templates")
        << "vars: {a: 1, b: \"${a}\"}\n" + withStep("get: \"/${b}/${user}\", headers: {X: \"${iteration}\"}") << true;
    QTest::newRow("cookies off")
        << "headroom: 1\ntarget: {url: http://h, cookies: false}\nflows: [{steps: [{get: /}]}]\n" + load << true;
    QTest::newRow("iterations of each user") << head + "load: {users: 10, iterations_each: 50}" << true;
    QTest::newRow("method and path") << withStep("method: PURGE, path: /") << true;

    QTest::newRow("lines") << "headroom: 1\ntarget: {lines: {command: ./p}}\nflows: [{steps: [{line: {a: 1}}]}]\n" + load << true;
    QTest::newRow("started") << "headroom: 1\ntarget: {url: http://h, start: {command: ./s, stop_within: 30 s, keep: true}}\n"
                                "flows: [{steps: [{get: /}]}]\n" + load << true;

    QTest::newRow("started without url") << "headroom: 1\ntarget: {practice: {}, start: {command: ./s}}\n"
                                            "flows: [{steps: [{get: /}]}]\n" + load << false;
    QTest::newRow("lines of nothing") << "headroom: 1\ntarget: {lines: {}}\nflows: [{steps: [{line: x}]}]\n" + load << false;
    QTest::newRow("line and path") << "headroom: 1\ntarget: {lines: {command: ./p}}\nflows: [{steps: [{line: x, get: /}]}]\n" + load << false;
    QTest::newRow("other version") << "headroom: 2\n" + head.sliced(12) + load << false;
    QTest::newRow("load missing") << head << false;
    QTest::newRow("unknown field") << head + load + "colour: red" << false;
    QTest::newRow("unknown field deep inside") << withStep("get: /, colour: red") << false;
    QTest::newRow("both addresses")
        << "headroom: 1\ntarget: {url: http://h, practice: {}}\nflows: [{steps: [{get: /}]}]\n" + load << false;
    QTest::newRow("no address") << "headroom: 1\ntarget: {}\nflows: [{steps: [{get: /}]}]\n" + load << false;
    QTest::newRow("two methods") << withStep("get: /, post: /") << false;
    QTest::newRow("no method") << withStep("name: x") << false;
    QTest::newRow("two bodies") << withStep("post: /, text: x, json: {}") << false;
    QTest::newRow("three bodies") << withStep("post: /, text: x, json: {}, form: {}") << false;
    QTest::newRow("method without path") << withStep("method: PURGE") << false;
    QTest::newRow("path without method") << withStep("get: /, path: /") << false;
    QTest::newRow("no statuses") << withStep("get: /, expect: []") << false;
    QTest::newRow("bad status") << withStep("get: /, expect: 99") << false;
    QTest::newRow("think time around nothing") << withStep("get: /, think: exponential") << false;
    QTest::newRow("think time around two") << withStep("get: /, think: exponential 1 s to 2 s") << false;
    QTest::newRow("think time of another kind") << withStep("get: /, think: normal 1 s") << false;
    QTest::newRow("sine without period") << withStage("sine: {amplitude: 5/s}") << false;
    QTest::newRow("sine of nothing") << withStage("sine: {}") << false;
    QTest::newRow("pace without unit") << withPace("2") << false;
    QTest::newRow("no flows") << "headroom: 1\ntarget: {url: http://h}\nflows: []\n" + load << false;
    QTest::newRow("rate without unit") << head + "load: {rate: 50, for: 1 s}" << false;
    QTest::newRow("duration without unit") << head + "load: {rate: 5/s, for: 10}" << false;
    QTest::newRow("bad choice") << head + "load: {rate: 5/s, for: 1 s, late: never}" << false;
    QTest::newRow("bad spacing") << head + "load: {rate: 5/s, for: 1 s, spacing: random}" << false;
    QTest::newRow("too many workers")
        << "headroom: 1\ntarget: {practice: {workers: 1025}}\nflows: [{steps: [{get: /}]}]\n" + load << false;
    QTest::newRow("weight zero") << "headroom: 1\ntarget: {url: http://h}\nflows: [{weight: 0, steps: [{get: /}]}]\n"
            + load << false;
    QTest::newRow("truth value in quotes") << head + load + "achieved_rule: 'true'" << false;
    QTest::newRow("practice probe false") << withStep("get: /") + "probes: {a: {process: {practice: false}}}" << false;
    QTest::newRow("value of a process") << head + load + "probes: {a: {process: {pid: 1}, value: $.x}}" << false;
    QTest::newRow("empty name") << head + load + "name: ''" << false;
    QTest::newRow("var with a list") << "vars: {a: [1]}\n" + withStep("get: \"/${a}\"") << false;
    QTest::newRow("cookies as a word")
        << "headroom: 1\ntarget: {url: http://h, cookies: maybe}\nflows: [{steps: [{get: /}]}]\n" + load << false;
    QTest::newRow("two counts") << head + "load: {users: 10, iterations: 5, iterations_each: 50}" << false;
    QTest::newRow("null") << head + load + "name:" << false;

    const auto withProfile = [&](const char *fields) {
        return head + load + "profiles: {mode: {a: {}, b: " + QByteArray(fields) + "}}\n";
    };
    QTest::newRow("profile without what a target needs") << withProfile("{target: {timeout: {total: 1 s}}}") << true;
    QTest::newRow("profile that removes") << withProfile("{load: {late: null}, headers: {X: null}, probes: {p: null}}") << true;
    QTest::newRow("profile that changes the kind of load")
        << withProfile("{load: {rate: null, for: null, stages: [{users: 1, for: 1 s}]}}") << true;
    QTest::newRow("environment") << head + load + "environments: {s: {target: {url: http://s}}}" << true;
    QTest::newRow("profile with half a stage") << withProfile("{load: {rate: null, for: null, stages: [{for: 1 s}]}}") << false;
    QTest::newRow("profile with two kinds of load") << withProfile("{load: {rate: 1/s, stages: [{rate: 1/s, for: 1 s}]}}") << false;
    QTest::newRow("profile with an unknown field") << withProfile("{target: {urll: http://h}}") << false;
    QTest::newRow("profile of nothing") << withProfile("null") << false;
    QTest::newRow("no profiles") << head + load + "profiles: {mode: {}}" << false;
    QTest::newRow("environment with a bad unit") << head + load + "environments: {s: {load: {rate: 5}}}" << false;
    QTest::newRow("file") << withStep("post: /, file: a.json") << true;
    QTest::newRow("multipart") << withStep("post: /, multipart: {a: x, b: {text: ''}, c: {file: c.pdf, type: a/b, name: d}}") << true;
    QTest::newRow("file and text") << withStep("post: /, file: a.json, text: x") << false;
    QTest::newRow("part of nothing") << withStep("post: /, multipart: {a: {name: x}}") << false;
    QTest::newRow("part of both") << withStep("post: /, multipart: {a: {text: x, file: y}}") << false;
    QTest::newRow("no parts") << withStep("post: /, multipart: {}") << false;
    QTest::newRow("list as a part") << withStep("post: /, multipart: {a: [1]}") << false;
}

void ScenarioSchemaTest::agreesWithTheReader()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isGood);
    const Diagnostics diagnostics = readScenario(text).diagnostics;
    QVERIFY2(hasErrors(diagnostics) != isGood, diagnostics.empty() ? "" : qPrintable(diagnostics.front().message));
    QCOMPARE(isValidBySchema(jsonOf(text)), isGood);
}

QTEST_GUILESS_MAIN(ScenarioSchemaTest)
#include "tst_scenarioschema.moc"
