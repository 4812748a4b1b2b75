// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/scenario/scenariotext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Headroom;

namespace {

constexpr qint64 kMostMs = 10'000; // meant to take some tenths of a second; the rest is for loaded machines

/// "line:column: message" of the first error.
QString firstErrorOf(const QByteArray &text)
{
    for (const Diagnostic &diagnostic : readScenario(text).diagnostics) {
        if (diagnostic.severity == Diagnostic::Severity::Error)
            return formatDiagnostic({}, diagnostic).sliced(1);
    }
    return {};
}

/// A group in a group, and so on, with a request in the innermost.
QByteArray nestedGroups(int depth)
{
    QByteArray steps = "get: /";
    for (int i = 0; i < depth; ++i)
        steps = "group: g" + QByteArray::number(i) + ", steps: [{" + steps + "}]";
    return withStep(steps);
}

QByteArray manyFlows(int flows, int steps)
{
    QByteArray text = "\n";
    for (int flow = 0; flow < flows; ++flow) {
        text += "  - steps:\n";
        for (int step = 0; step < steps; ++step)
            text += "      - get: /" + QByteArray::number(flow) + '/' + QByteArray::number(step) + '\n';
    }
    return withFlows(text);
}

/// Each var is ten times the one before it.
QByteArray varBomb()
{
    QByteArray vars = "vars:\n  v0: aaaaaaaaaa\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "${v" + QByteArray::number(i - 1) + '}';
        vars += "  v" + QByteArray::number(i) + ": \"" + before.repeated(10) + "\"\n";
    }
    return withStep("post: /, text: \"${v11}\"") + vars;
}

/// Each list is nine times the one before it, by aliases.
QByteArray aliasBomb()
{
    QByteArray text = "a0: &a0 [x]\n";
    for (int i = 1; i < 20; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        QByteArrayList nine;
        for (int k = 0; k < 9; ++k)
            nine.append(before);
        const QByteArray name = "a" + QByteArray::number(i);
        text += name + ": &" + name + " [" + nine.join(", ") + "]\n";
    }
    return text;
}

} // namespace

/// Scenarios that want to break the reader: each gets an answer with a place, soon, and limits are named.
class HostileScenarioTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhereAndWhat_data();
    void saysWhereAndWhat();
    void neverTakesLong_data();
    void neverTakesLong();
    void readsTenThousandSteps();
    void readsAsManyLevelsOfGroupsAsItSays();
    void survivesEveryCutOffBeginning();
    void survivesEverySingleByte();
};

void HostileScenarioTest::saysWhereAndWhat_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("start");
    const auto row = [](const char *name, const QByteArray &text, const char *start) {
        QTest::newRow(name) << text << QString::fromUtf8(start);
    };
    row("byte that no UTF-8 has", withRest("name: a\xFFz\n"), "5:8:");
    row("UTF-8 that is cut off", withRest("name: \xE2\x82\n"), "5:7:");
    row("surrogate in UTF-8", withRest("name: \xED\xA0\x80\n"), "5:7:");
    row("UTF-16", QByteArray("\xFF\xFEh\0e\0a\0d\0", 10), "1:1:");
    row("NUL", withRest(QByteArray("name: a\0b\n", 10)), "5:8:");
    row("NUL by escape", withStep("get: /, headers: {X: \"a\\0b\"}"), "3:");
    row("tab", withRest("vars:\n\ta: b\n"), "6:1:");
    row("duplicate key", withRest("name: a\nname: b\n"), "6:1: 'name' is written twice; the first is in line 5");
    row("duplicate key by escape", withRest("name: a\n\"n\\u0061me\": b\n"), "6:1: 'name' is written twice");
    row("alias bomb", aliasBomb(), "1:1: unknown field"); // its anchors are named behind that
    row("bomb of vars", varBomb(), "");
    row("nothing but brackets", QByteArray(100'000, '['), "1:65: values are nested more than 64 levels deep");
    row("groups too deep", nestedGroups(9), "3:");
    row("no number", withLoad("{rate: 5/s, for: .nan s}"), "4:24:");
    row("endless", withLoad("{rate: .inf/s, for: 1 s}"), "4:14:");
    row("number beyond all", withLoad("{rate: 1e999/s, for: 1 s}"), "4:14:");
    row("weight that is no number", withFlows("[{weight: .nan, steps: [{get: /}]}]"), "3:18:");
    row("seed beyond all", withRest("seed: 18446744073709551616\n"), "5:7:");
    row("unit of another kind", withLoad("{rate: 5 ms, for: 1 s}"), "4:14:");
    row("two units", withLoad("{rate: 5/s, for: 1 s/s}"), "4:24:");
    row("digits of another script", withLoad("{rate: 5/s, for: \xD9\xA3 s}"), "4:24:");
    row("version to come", "headroom: 99999999999999999999\n" + withRest("").sliced(12), "1:11:");
    row("version below", "headroom: -1\n" + withRest("").sliced(12), "1:11:");
    row("10,000 steps in one flow", manyFlows(1, 10'000), "4:5: flows[0].steps must have 1 to 1000 items");
    row("100 MB", QByteArray(100'000'000, 'a'), "1:1: the text has 95.4 MiB; at most 4.0 MiB are read");
    row("100 MB of brackets", QByteArray(100'000'000, '['), "1:1: the text has 95.4 MiB; at most 4.0 MiB are read");
}

void HostileScenarioTest::saysWhereAndWhat()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, start);
    QElapsedTimer timer;
    timer.start();
    const QString error = firstErrorOf(text);
    QVERIFY2(timer.elapsed() < kMostMs, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!error.isEmpty());
    QVERIFY2(error.startsWith(start), qPrintable(error.left(300)));
    QVERIFY2(error.size() < 600, qPrintable(error.left(600))); // what a text says is quoted in parts only
}

void HostileScenarioTest::neverTakesLong_data()
{
    QTest::addColumn<QByteArray>("text");
    constexpr qsizetype kMuch = 3'900'000; // just below the limit of 4 MiB
    QTest::newRow("one long text") << withRest("name: " + QByteArray(kMuch, 'x') + '\n');
    QTest::newRow("one long key") << withRest("vars: { ? " + QByteArray(kMuch, 'x') + " : 1 }\n");
    QTest::newRow("blanks") << withRest(QByteArray(kMuch, ' '));
    QTest::newRow("line ends") << withRest(QByteArray(kMuch, '\r'));
    QTest::newRow("a comment") << withRest('#' + QByteArray(kMuch, 'x'));
    QTest::newRow("templates without an end")
        << withStep("text: \"" + QByteArray("${").repeated(kMuch / 2) + "\", post: /");
    QTest::newRow("templates of nothing")
        << withStep("text: \"" + QByteArray("${a}").repeated(kMuch / 4) + "\", post: /");
    QTest::newRow("dollars") << withStep("text: \"" + QByteArray(kMuch, '$') + "\", post: /");
    QTest::newRow("a check of brackets") << withStep("get: /, check: [\"" + QByteArray(kMuch, '(') + "\"]");
    QTest::newRow("a JSONPath without an end")
        << withStep("get: /, check: [\"$" + QByteArray(".a").repeated(kMuch / 2) + " exists\"]");
    QTest::newRow("a condition of quotes") << withStep("get: /, if: \"" + QByteArray(kMuch, '\'') + '"');
    QTest::newRow("an expression without an end")
        << withStep("get: /, extract: {a: '/" + QByteArray("(a*)*").repeated(10'000) + "/'}");
    QTest::newRow("many vars") << withRest([] {
        QByteArray vars = "vars:\n";
        for (int i = 0; i < 50'000; ++i)
            vars += "  v" + QByteArray::number(i) + ": 1\n";
        return vars;
    }());
    QTest::newRow("many statuses") << withStep("get: /, expect: [" + QByteArray("200,").repeated(100'000) + "200]");
    QTest::newRow("many rules") << withRest("rules:\n" + QByteArray("  - p95 < 1 s\n").repeated(90'000));
    QTest::newRow("many headers") << withTarget([] {
        QByteArray headers = "{url: http://h, headers: {";
        for (int i = 0; i < 50'000; ++i)
            headers += "X-" + QByteArray::number(i) + ": 1, ";
        return headers + "X: 1}}";
    }());
}

void HostileScenarioTest::neverTakesLong()
{
    QFETCH(QByteArray, text);
    QElapsedTimer timer;
    timer.start();
    const Diagnostics diagnostics = readScenario(text).diagnostics;
    QVERIFY2(timer.elapsed() < kMostMs, qPrintable(QString::number(timer.elapsed())));
    for (const Diagnostic &diagnostic : diagnostics) {
        QVERIFY(diagnostic.range.start.line >= 1 && diagnostic.range.start.column >= 1);
        QVERIFY2(diagnostic.message.size() < 1000, qPrintable(diagnostic.message.left(1000)));
    }
}

void HostileScenarioTest::readsTenThousandSteps()
{
    QElapsedTimer timer;
    timer.start();
    const ScenarioReading reading = readScenario(manyFlows(10, 1000));
    QVERIFY2(timer.elapsed() < kMostMs, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!hasErrors(reading.diagnostics));
    QCOMPARE(reading.scenario.flows.size(), 10u);
    QCOMPARE(reading.scenario.flows[9].steps.size(), 1000u);
}

void HostileScenarioTest::readsAsManyLevelsOfGroupsAsItSays()
{
    QCOMPARE(firstErrorOf(nestedGroups(8)), QString());
    QVERIFY2(firstErrorOf(nestedGroups(9)).contains(u'8'), qPrintable(firstErrorOf(nestedGroups(9))));
}

void HostileScenarioTest::survivesEveryCutOffBeginning()
{
    const QByteArray text =
        withStep("post: \"/${user}\", json: {a: [1, \"\xC3\xA4\"]}, check: [$.id exists], if: '${user} > 3'")
        + "vars: {a: \"${env.HOME}\"}\nrules: [\"p95 < 1 s\"]\n";
    for (qsizetype length = 0; length < text.size(); ++length)
        readScenario(text.first(length)); // answers, whatever it is
    QVERIFY(!hasErrors(readScenario(text).diagnostics));
}

void HostileScenarioTest::survivesEverySingleByte()
{
    const QByteArray text = withStep("get: \"/${user}\", think: 1 s, expect: 2xx");
    for (qsizetype place = 0; place < text.size(); ++place) {
        for (int byte = 0; byte < 256; byte += 5) {
            QByteArray changed = text;
            changed[place] = char(byte);
            readScenario(changed);
        }
    }
}

QTEST_GUILESS_MAIN(HostileScenarioTest)
#include "tst_hostilescenario.moc"
