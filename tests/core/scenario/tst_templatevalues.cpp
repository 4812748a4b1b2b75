// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"
#include "core/scenario/templatescope.h"

#include <QTest>

using namespace Headroom;

using Kind = TemplateValue::Kind;
using Feed = Scenario::Feed;

namespace {

/// A scenario with some top-level lines and one step, whose further lines have four blanks more. The step is on line 4
/// when there is one top-level line.
QByteArray textOf(const QByteArray &step, const QByteArray &top = "name: n")
{
    return "headroom: 1\n" + top + "\nflows: [{steps: [{get: /0}]}, {steps: [\n  {" + step
        + "}\n]}]\ntarget: {url: http://h}\nload: {users: 1, for: 1 s}\n";
}

QString problemsOf(const QByteArray &text)
{
    QStringList lines;
    for (const Diagnostic &problem : readScenario(text).diagnostics)
        lines.append(QStringLiteral("%1:%2: %3")
                         .arg(problem.range.start.line)
                         .arg(problem.range.start.column)
                         .arg(problem.message));
    return lines.join(u'\n');
}

/// The values in the body of the step.
std::vector<TemplateValue> valuesIn(const QByteArray &step, const QByteArray &top = "name: n")
{
    const ScenarioReading reading = readScenario(textOf(step, top));
    for (const Diagnostic &problem : reading.diagnostics)
        qWarning().noquote() << problem.message;
    std::vector<TemplateValue> values;
    for (const TextTemplate::Piece &piece : reading.scenario.flows.at(1).steps.at(0).body->text.pieces()) {
        if (piece.value)
            values.push_back(*piece.value);
    }
    return values;
}

} // namespace

/// What stands in templates beside vars: functions, feeds, variables, secrets, the environment.
class TemplateValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsFunctions();
    void remembersWhereAValueStands();
    void numbersVariablesOverAllSteps();
    void readsFeeds();
    void collectsTheColumnsOfFeeds();
    void putsTheEnvironmentIn();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void TemplateValuesTest::readsFunctions()
{
    const auto values = valuesIn("post: /, text: \"${random(-1, 6)}${choice(a, 'b, c')}${uuid}${now}${now.us}\"");
    QCOMPARE(values.size(), 5U);
    QCOMPARE(values[0].kind, Kind::Random);
    QCOMPARE(values[0].low, -1);
    QCOMPARE(values[0].high, 6);
    QCOMPARE(values[0].written, QStringLiteral("random(-1, 6)"));
    QCOMPARE(values[1].choices, (QStringList{QStringLiteral("a"), QStringLiteral("b, c")}));
    QCOMPARE(values[1].written, QStringLiteral("choice(a, 'b, c')"));
    QCOMPARE(values[2].kind, Kind::Uuid);
    QCOMPARE(values[3].time, TemplateValue::Time::Iso);
    QCOMPARE(values[4].time, TemplateValue::Time::Microseconds);
}

void TemplateValuesTest::remembersWhereAValueStands()
{
    const auto values = valuesIn("post: /, json: {a: \"${uuid}\", b: \"x ${uuid}\"}");
    QCOMPARE(values.at(0).place, TextPlace::Json);
    QCOMPARE(values.at(1).place, TextPlace::Json);
    const ScenarioReading alone =
        readScenario("headroom: 1\nflows:\n- steps:\n  - post: /\n    json:\n      a: ${uuid}\n"
                     "target: {url: http://h}\nload: {users: 1, for: 1 s}\n");
    const TextTemplate &text = alone.scenario.flows.at(0).steps.at(0).body->text;
    QCOMPARE(text.pieces().at(0).value->place, TextPlace::JsonValue);
    QCOMPARE(text.with(u"0"), QStringLiteral("{\"a\":0}"));
    QCOMPARE(valuesIn("post: /, form: {a: \"${uuid}\"}").at(0).place, TextPlace::Form);
    QCOMPARE(valuesIn("post: /, text: \"${uuid}\"").at(0).place, TextPlace::Plain);
}

void TemplateValuesTest::numbersVariablesOverAllSteps()
{
    const ScenarioReading reading =
        readScenario("headroom: 1\n"
                     "flows:\n"
                     "- steps:\n"
                     "  - { get: \"/${b}\" }\n" // set by a later one, in an earlier iteration
                     "  - { get: /a, extract: { a: $.a } }\n"
                     "- steps:\n"
                     "  - group: g\n"
                     "    steps:\n"
                     "    - { get: /b, extract: { b: $.b, a: $.c } }\n"
                     "target: {url: http://h}\nload: {users: 1, for: 1 s}\n");
    QVERIFY(!hasErrors(reading.diagnostics));
    QCOMPARE(reading.scenario.variables, (std::vector<QString>{QStringLiteral("a"), QStringLiteral("b")}));
    const auto &value = reading.scenario.flows.at(0).steps.at(0).path.pieces().at(0).value;
    QCOMPARE(value->kind, Kind::Variable);
    QCOMPARE(value->index, 1);
}

void TemplateValuesTest::readsFeeds()
{
    const QByteArray top = "vars: {c: x}\n"
                           "data:\n"
                           "  a: {file: a.csv}\n"
                           "  b: {file: b.json, order: random, where: {kind: \"${c}\"}}\n"
                           "  c2: {file: c.csv, order: unique, separator: tab}\n"
                           "  d: {file: d.csv, at_end: stop}";
    const ScenarioReading reading = readScenario(textOf("post: /, text: \"${a.x}${b.x}${c2.x}${d.x}\"", top));
    QVERIFY(reading.diagnostics.empty());
    const auto &feeds = reading.scenario.feeds;
    QCOMPARE(feeds.size(), 4U);
    QCOMPARE(feeds[0].file, QStringLiteral("a.csv"));
    QCOMPARE(feeds[0].order, Feed::Order::Sequential);
    QCOMPARE(feeds[0].atEnd, Feed::AtEnd::Wrap);
    QCOMPARE(feeds[1].order, Feed::Order::Random);
    QCOMPARE(feeds[1].where, (std::vector<std::pair<QString, QString>>{{QStringLiteral("kind"), QStringLiteral("x")}}));
    QCOMPARE(feeds[2].order, Feed::Order::Unique);
    QCOMPARE(feeds[2].atEnd, Feed::AtEnd::Stop);
    QCOMPARE(feeds[2].separator, std::optional('\t'));
    QCOMPARE(feeds[3].atEnd, Feed::AtEnd::Stop);
}

void TemplateValuesTest::collectsTheColumnsOfFeeds()
{
    const ScenarioReading reading =
        readScenario(textOf("post: \"/${q.b}\", text: \"${q.a.x}${q.b}\"", "data: {q: {file: q.csv}}"));
    QVERIFY(reading.diagnostics.empty());
    const auto &columns = reading.scenario.feeds.at(0).columns;
    QCOMPARE(columns.size(), 2U);
    QCOMPARE(columns[0].name, QStringLiteral("b"));
    QCOMPARE(columns[0].range.start.line, 4);
    QCOMPARE(columns[1].name, QStringLiteral("a.x"));
    const auto &text = reading.scenario.flows.at(1).steps.at(0).body->text;
    QCOMPARE(text.pieces().at(0).value->column, 1);
    QCOMPARE(text.pieces().at(1).value->column, 0);
}

void TemplateValuesTest::putsTheEnvironmentIn()
{
    TemplateScope scope(
        [](const QString &name) { return name == u"HOST" ? std::optional(QStringLiteral("a&b")) : std::nullopt; });
    const auto known = scope.meaningOf({QStringLiteral("env.HOST"), true}, TextPlace::Query, {});
    QCOMPARE(std::get<QString>(*known), QStringLiteral("a&b"));
    const auto missing = scope.meaningOf({QStringLiteral("env.NONE"), true}, TextPlace::Query, {});
    QCOMPARE(missing.error(), QStringLiteral("the environment has no variable 'NONE'; set it before the start"));
}

void TemplateValuesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problems");
    const auto row = [](const char *name, const QByteArray &text, const char *problems) {
        QTest::newRow(name) << text << QString::fromUtf8(problems);
    };
    // The text of the body begins at 4:19, behind its quote.
    const auto step = [](const QByteArray &text) { return "post: /, text: \"" + text + '"'; };
    row("random without numbers", textOf(step("${random}")),
        "4:20: 'random' needs something in brackets, as in ${random(1, 100)}");
    row("random with one", textOf(step("${random(1)}")), "4:20: random takes two whole numbers, as in random(1, 100)");
    row("random with words", textOf(step("${random(a, b)}")),
        "4:20: random takes two whole numbers, as in random(1, 100)");
    row("random beyond 64 bits", textOf(step("${random(0, 9223372036854775808)}")),
        "4:20: random takes two whole numbers, as in random(1, 100)");
    row("random upside down", textOf(step("${random(6, 1)}")),
        "4:20: the lower number of random comes first; write random(1, 6)");
    row("user with brackets", textOf(step("${user(1)}")), "4:20: 'user' takes nothing in brackets; write ${user}");
    row("misspelt function", textOf(step("${radnom(1, 6)}")),
        "4:20: 'radnom' is no function (did you mean 'random'?); there are random(1, 100) and choice(a, b, c)");
    row("no such feed", textOf(step("${questions.text}")),
        "4:20: 'questions.text' is no value, for there is no feed 'questions'; write it under data");
    row("misspelt variable", textOf("get: /a, extract: {first: $.id}}, {get: \"/${frist}\""),
        "4:46: 'frist' is no name of a value (did you mean 'first'?)");
    row("no such secret", textOf(step("${secret.TOKNE}"), "secrets: [TOKEN]"),
        "4:20: 'TOKNE' is no secret (did you mean 'TOKEN'?); add it to secrets");
    row("line end of a choice in a header", textOf("get: /, headers: {X: \"${choice('a\\nb', c)}\"}"),
        "4:25: 'a?b' holds a line end or another control character, which a header cannot carry");
    row("feed named like a value", textOf(step("${x.y}"), "data: {now: {file: a.csv}, x: {file: a.csv}}"),
        "2:8: 'now' is a value that the load gives; choose another name for the feed");
    row("feed named like the environment", textOf(step("${x.y}"), "data: {env: {file: a.csv}, x: {file: a.csv}}"),
        "2:8: 'env' has a meaning of its own in ${env.NAME}; choose another name for the feed");
    row("var named like a feed", textOf(step("${x.y}"), "data: {x: {file: a.csv}}\nvars: {x: 1}"),
        "3:8: 'x' is the name of a feed already; choose another name for the var");
    row("unique rows that begin anew", textOf(step("${x.y}"), "data: {x: {file: a.csv, order: unique, at_end: wrap}}"),
        "2:40: unique rows come once, so they cannot begin anew; remove at_end, or write order: sequential");
    row("random rows that end", textOf(step("${x.y}"), "data: {x: {file: a.csv, order: random, at_end: stop}}"),
        "2:40: rows in random order have no end, so nothing stops there; remove at_end, or write order: unique or "
        "sequential");
    row("feed that is used nowhere", textOf(step("x"), "data: {x: {file: a.csv}}"),
        "2:8: feed 'x' is used nowhere; write ${x.COLUMN} where it belongs, or remove it");
    row("feed without a file", textOf(step("${x.y}"), "data: {x: {}}"),
        "2:8: field 'file' is missing in data.x (Path in the scenario's folder or below it; what ends in .json or "
        ".jsonl is JSON, all else CSV)");
}

void TemplateValuesTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QTEST(problemsOf(text), "problems");
}

QTEST_GUILESS_MAIN(TemplateValuesTest)
#include "tst_templatevalues.moc"
