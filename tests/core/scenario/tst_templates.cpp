// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

/// A scenario with some vars and one step, whose further lines have four blanks more.
QByteArray textOf(const QByteArray &vars, const QByteArray &step, const QByteArray &target = "url: http://h")
{
    return "headroom: 1\nvars: {" + vars + "}\ntarget: {" + target + "}\nflows:\n- steps:\n  - " + step
        + "\nload: {users: 1, for: 1 s}\n";
}

QString problemsOf(const QByteArray &text)
{
    QStringList lines;
    for (const Diagnostic &problem : readScenario(text).diagnostics)
        lines.append(
            QStringLiteral("%1:%2: %3%4")
                .arg(problem.range.start.line)
                .arg(problem.range.start.column)
                .arg(problem.severity == Diagnostic::Severity::Warning ? QStringLiteral("warning: ") : QString(),
                     problem.message));
    return lines.join(u'\n');
}

Scenario::Step stepOf(const QByteArray &vars, const QByteArray &step)
{
    const ScenarioReading reading = readScenario(textOf(vars, step));
    for (const Diagnostic &problem : reading.diagnostics) {
        if (problem.severity == Diagnostic::Severity::Error)
            qWarning().noquote() << problem.message;
    }
    return reading.scenario.flows.at(0).steps.at(0);
}

} // namespace

/// Templates in whole scenarios: where they may stand, what becomes of vars there, and what is said about mistakes.
class TemplatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void putsVarsIntoEveryPlace_data();
    void putsVarsIntoEveryPlace();
    void keepsValuesOfTheLoadForLater();
    void readsJsonWithoutQuotesByWhatItSays();
    void keepsTheTemplateAsThePathsName();
    void putsVarsIntoAddresses();
    void letsVarsUseThoseBefore();
    void changesVarsByOverrides();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void boundsWhatVarsMultiply();
    void boundsTheNumberOfVars();
};

void TemplatesTest::putsVarsIntoEveryPlace_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QByteArray>("sent"); // path, headers, body
    QTest::newRow("path") << QByteArray("get: \"/t/${t}/${n}\"") << QByteArray("/t/a%20b%26c%2F%22d%22/7||");
    QTest::newRow("query") << QByteArray("get: /x\n    query: {q: \"1&${t}\"}")
                           << QByteArray("/x?q=1%26a%20b%26c%2F%22d%22||");
    QTest::newRow("query behind a query")
        << QByteArray("get: \"/x?a=${n}\"\n    query: {b: \"${n}\"}") << QByteArray("/x?a=7&b=7||");
    QTest::newRow("header") << QByteArray("get: /x\n    headers: {X-T: \"<${t}>\"}")
                            << QByteArray("/x|X-T=<a b&c/\"d\">|");
    QTest::newRow("text") << QByteArray("post: /x\n    text: \"<${t}>\"") << QByteArray("/x||<a b&c/\"d\">");
    QTest::newRow("form") << QByteArray("post: /x\n    form: {a: \"${t}\", b: \"${n}\"}")
                          << QByteArray("/x||a=a+b%26c%2F%22d%22&b=7");
    QTest::newRow("JSON") << QByteArray("post: /x\n    json: {a: [\"${t}\", {b: \"${n}\"}]}")
                          << QByteArray(R"(/x||{"a":["a b&c/\"d\"",{"b":"7"}]})");
    QTest::newRow("escaped") << QByteArray("post: /x\n    text: \"$${t} ${n}\"") << QByteArray("/x||${t} 7");
    QTest::newRow("escaped in JSON") << QByteArray("post: /x\n    json: \"$${n}\"") << QByteArray("/x||\"${n}\"");
    QTest::newRow("what a var says is not looked at again")
        << QByteArray("post: /x\n    text: \"${brackets}\"") << QByteArray("/x||${n}");
}

void TemplatesTest::putsVarsIntoEveryPlace()
{
    QFETCH(QByteArray, step);
    const Scenario::Step read = stepOf(R"(t: 'a b&c/"d"', n: 7, brackets: "$${n}")", step);
    QByteArray sent = read.path.constant().toUtf8() + '|';
    for (const auto &[name, value] : read.headers)
        sent += name.toUtf8() + '=' + value.constant().toUtf8();
    sent += '|' + (read.body ? read.body->text.constant().toUtf8() : QByteArray());
    QTEST(sent, "sent");
}

void TemplatesTest::keepsValuesOfTheLoadForLater()
{
    const Scenario::Step step = stepOf("t: a/b",
                                       "post: \"/${t}/${user}\"\n"
                                       "    query: {i: \"${iteration}&\"}\n"
                                       "    headers: {X-Agent: \"agent-${user}\"}\n"
                                       "    json: {who: \"${user}\", text: \"<${iteration}>\"}");
    QCOMPARE(step.path.with(u"#"), QStringLiteral("/a%2Fb/#?i=#%26"));
    QCOMPARE(step.headers.at(0).second.with(u"#"), QStringLiteral("agent-#"));
    QCOMPARE(step.body->text.with(u"#"), QStringLiteral(R"({"who":"#","text":"<#>"})"));
}

void TemplatesTest::readsJsonWithoutQuotesByWhatItSays()
{
    const Scenario::Step step = stepOf("yes: true, n: '007', t: text",
                                       "post: /\n"
                                       "    json:\n"
                                       "      truth: ${yes}\n"
                                       "      number: ${n}\n"
                                       "      quoted: \"${n}\"\n"
                                       "      text: ${t}\n"
                                       "      joined: 1${n}\n"
                                       "      user: ${user}\n"
                                       "      agent: agent-${user}");
    QCOMPARE(step.body->text.with(u"5"),
             QStringLiteral(R"({"truth":true,"number":7,"quoted":"007","text":"text","joined":1007,)"
                            R"("user":5,"agent":"agent-5"})"));
}

void TemplatesTest::keepsTheTemplateAsThePathsName()
{
    QCOMPARE(stepOf("t: a b", "get: \"/x/${t}/${user}\"").path.written(), QStringLiteral("/x/${t}/${user}"));
}

void TemplatesTest::putsVarsIntoAddresses()
{
    const ScenarioReading reading =
        readScenario(textOf("host: '127.0.0.1:81'", "get: \"http://127.0.0.1:82/x\"",
                            "url: \"http://${host}/api\", ready: {url: \"/${host}\"}, headers: {X-Host: \"${host}\"}")
                     + "probes: {p: {json: \"http://h/${host}\", value: $.x}}\n");
    QVERIFY(reading.diagnostics.empty());
    QCOMPARE(reading.scenario.target.url, QUrl(QStringLiteral("http://127.0.0.1:81/api")));
    QCOMPARE(reading.scenario.target.ready->url, QStringLiteral("/127.0.0.1%3A81"));
    QCOMPARE(reading.scenario.target.headers.at(0).second.constant(), QStringLiteral("127.0.0.1:81"));
    QCOMPARE(reading.scenario.probes.at(0).url, QStringLiteral("http://h/127.0.0.1%3A81"));
}

void TemplatesTest::letsVarsUseThoseBefore()
{
    const ScenarioReading reading = readScenario(textOf("a: 1, b: \"<${a}>\", c: \"${b}${b}\"", "get: \"/${c}\""));
    QVERIFY(reading.diagnostics.empty());
    QCOMPARE(reading.scenario.vars,
             (std::vector<std::pair<QString, QString>>{{QStringLiteral("a"), QStringLiteral("1")},
                                                       {QStringLiteral("b"), QStringLiteral("<1>")},
                                                       {QStringLiteral("c"), QStringLiteral("<1><1>")}}));
}

void TemplatesTest::changesVarsByOverrides()
{
    const QByteArray text = textOf("tenant: demo", "get: \"/${tenant}\"");
    const auto read = [&text](const char *path, const char *value) {
        return readScenario(text, {{QString::fromLatin1(path), QString::fromLatin1(value)}});
    };
    QCOMPARE(read("vars.tenant", "other").scenario.flows[0].steps[0].path.constant(), QStringLiteral("/other"));
    const ScenarioReading misspelt = read("vars.tenat", "other");
    QCOMPARE(misspelt.scenario.flows[0].steps[0].path.constant(), QStringLiteral("/demo"));
    QCOMPARE(misspelt.diagnostics.at(0).message,
             QStringLiteral("override 'vars.tenat': var 'tenat' is used nowhere; write ${tenat} where it belongs, or "
                            "remove it"));
}

void TemplatesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problems");
    const auto row = [](const char *name, const QByteArray &text, const char *problems) {
        QTest::newRow(name) << text << QString::fromUtf8(problems);
    };
    // vars begin at 2:8, the step at 6:5
    row("misspelt", textOf("tenant: a", "get: \"/x/${tenent}\""),
        "6:14: 'tenent' is no name of a value (did you mean 'tenant'?)");
    row("unlike any", textOf("a: b", "get: \"/${colour}/${a}\""),
        "6:12: 'colour' is no name of a value; add it to vars, or write one of: a, user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us");
    row("two in one text", textOf("a: b", "post: /\n    text: \"${x1}${a}${y1}\""),
        "7:12: 'x1' is no name of a value; add it to vars, or write one of: a, user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us\n"
        "7:21: 'y1' is no name of a value; add it to vars, or write one of: a, user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us");
    row("later var", textOf("a: \"${b}\", b: c", "get: \"/${a}\""),
        "2:12: 'b' is no name of a value; add it to vars, or write one of: user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us");
    row("itself", textOf("a: \"${a}\"", "get: \"/${a}\""),
        "2:12: 'a' is no name of a value; add it to vars, or write one of: user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us");
    row("user in a var", textOf("a: \"${user}\"", "get: \"/${a}\""),
        "2:12: 'user' differs from request to request, but this is the same for all; only vars can stand here");
    row("var named like a value", textOf("user: a", "get: /"),
        "2:8: 'user' is a value that the load gives; choose another name for the var");
    row("var with a dot", textOf("a.b: c", "get: /"),
        "2:8: 'a.b' cannot be the name of a var; use letters, digits, '_' and '-'");
    row("var with a list", textOf("a: [b]", "get: \"/${a}\""),
        "2:11: vars.a must be a single value, not a list; write \"\" for an empty text");
    row("unused var", textOf("a: b", "get: /"),
        "2:8: warning: var 'a' is used nowhere; write ${a} where it belongs, or remove it");
    row("line end into a header", textOf(R"(a: "x\r\nX-Evil: y")", "get: /\n    headers: {X: \"${a}\"}"),
        "7:18: a header value must not hold line ends or control characters");
    row("other language into a header", textOf("a: €", "get: /\n    headers: {X: \"${a}\"}"),
        "7:18: a header value holds Latin-1 characters only; encode the others as the server expects them");
    row("address made of vars", textOf("a: nonsense", "get: /", "url: \"${a}\""),
        "3:15: 'nonsense' is not an http or https address; write it like http://127.0.0.1:8080");
    row("path made of a var", textOf("a: /x", "get: \"${a}\""), "6:10: '%2Fx' is not a path; begin it with '/'");
    row("in a place without escapes", textOf("a: b", "get: \"/${a}\"\n    think: \"${a}\""),
        "7:12: a template (${...}) cannot stand here, only in paths, addresses, bodies and the values of queries and "
        "headers; write the text itself\n"
        "7:12: '${a}' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
}

void TemplatesTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QTEST(problemsOf(text), "problems");
}

void TemplatesTest::boundsWhatVarsMultiply()
{
    // Ten times ten and so on: the eighth would have 10^8 characters.
    QByteArray vars = "v0: 0123456789";
    for (int i = 1; i <= 7; ++i) {
        const QByteArray before = "${v" + QByteArray::number(i - 1) + '}';
        vars += ", v" + QByteArray::number(i) + ": \"" + before.repeated(10) + '"';
    }
    const QString problems = problemsOf(textOf(vars, "get: \"/${v7}\""));
    QVERIFY2(problems.startsWith(QStringLiteral("2:")), qPrintable(problems));
    QVERIFY2(
        problems.contains(QStringLiteral("the vars make the scenario longer than 16,777,216 characters; shorten them")),
        qPrintable(problems.left(500)));
}

void TemplatesTest::boundsTheNumberOfVars()
{
    QByteArray vars;
    for (int i = 0; i <= 1000; ++i)
        vars += 'v' + QByteArray::number(i) + ": 1, ";
    const QString problems = problemsOf(textOf(vars, "post: /\n    text: x"));
    QVERIFY2(problems.contains(QStringLiteral("there are more than 1000 vars; remove some")), qPrintable(problems));
}

QTEST_GUILESS_MAIN(TemplatesTest)
#include "tst_templates.moc"
