// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

/// A scenario with this target and this one step.
QByteArray textOf(const char *target, const char *step)
{
    return "headroom: 1\nvars: { batch: 8 }\ntarget: " + QByteArray(target) + "\nflows: [ { steps: [ " + step
        + " ] } ]\nload: { users: 1, for: 1 s }\n";
}

constexpr char kLines[] = "{ lines: { command: './pipeline --batch ${batch}' } }";

QStringList messagesOf(const ScenarioReading &reading)
{
    QStringList messages;
    for (const Diagnostic &diagnostic : reading.diagnostics) {
        if (diagnostic.severity == Diagnostic::Severity::Error)
            messages.append(diagnostic.message);
    }
    return messages;
}

} // namespace

/// Targets that the run starts, and those that take lines.
class LineReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsATargetThatIsStarted();
    void readsATargetOfLines();
    void readsLines_data();
    void readsLines();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void LineReaderTest::readsATargetThatIsStarted()
{
    const auto full = readScenario(
        textOf("{ url: 'http://h', start: { command: './server -b ${batch}', stop_within: 30 s, keep: true } }",
               "{ get: / }"));
    QVERIFY2(messagesOf(full).isEmpty(), qPrintable(messagesOf(full).join(u'\n')));
    QCOMPARE(full.scenario.target.start->command, QStringLiteral("./server -b 8"));
    QCOMPARE(full.scenario.target.start->stopWithin, 30s);
    QVERIFY(full.scenario.target.start->isKept);
    const auto least = readScenario(textOf("{ url: 'http://h', start: { command: ./server } }", "{ get: / }"));
    QCOMPARE(least.scenario.target.start->stopWithin, Scenario::Start().stopWithin);
    QVERIFY(!least.scenario.target.start->isKept);
}

void LineReaderTest::readsATargetOfLines()
{
    const auto fed = readScenario(textOf(kLines, "{ line: x }"));
    QVERIFY2(messagesOf(fed).isEmpty(), qPrintable(messagesOf(fed).join(u'\n')));
    QCOMPARE(fed.scenario.target.lines->command, QStringLiteral("./pipeline --batch 8"));
    QVERIFY(fed.scenario.target.lines->socket.isEmpty());
    const auto socket =
        readScenario(textOf("{ lines: { socket: /run/p.sock }, timeout: { total: 2 s } }", "{ line: x }"));
    QVERIFY2(messagesOf(socket).isEmpty(), qPrintable(messagesOf(socket).join(u'\n')));
    QCOMPARE(socket.scenario.target.lines->socket, QStringLiteral("/run/p.sock"));
    QCOMPARE(socket.scenario.target.timeout.total, 2s);
}

void LineReaderTest::readsLines_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QString>("line");
    QTest::newRow("text") << QByteArray("line: What is new?") << QStringLiteral("What is new?");
    QTest::newRow("number") << QByteArray("line: 7") << QStringLiteral("7");
    QTest::newRow("mapping") << QByteArray("line: { id: 7, text: a b }") << QStringLiteral(R"({"id":7,"text":"a b"})");
    QTest::newRow("list") << QByteArray("line: [ 1, x ]") << QStringLiteral(R"([1,"x"])");
    QTest::newRow("var") << QByteArray("line: 'b=${batch}'") << QStringLiteral("b=8");
    QTest::newRow("line break in JSON") << QByteArray(R"(line: { text: "a\nb" })")
                                        << QStringLiteral(R"({"text":"a\u000ab"})");
}

void LineReaderTest::readsLines()
{
    QFETCH(QByteArray, written);
    QFETCH(QString, line);
    const auto reading = readScenario(textOf(kLines, "{ " + written + " }"));
    QVERIFY2(messagesOf(reading).isEmpty(), qPrintable(messagesOf(reading).join(u'\n')));
    const Scenario::Step &step = reading.scenario.flows.at(0).steps.at(0);
    QVERIFY(step.isLine);
    QVERIFY(step.body->text.isConstant());
    QCOMPARE(step.body->text.constant(), line);
}

void LineReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *target, const char *step, const char *said) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(step) << QString::fromLatin1(said);
    };
    row("start without url", "{ practice: {}, start: { command: ./s } }", "{ get: / }", "url");
    row("start without command", "{ url: 'http://h', start: {} }", "{ get: / }", "command");
    row("lines beside url", "{ url: 'http://h', lines: { command: ./s } }", "{ get: / }", "lines");
    row("command and socket", "{ lines: { command: ./s, socket: /s } }", "{ line: x }", "socket");
    row("neither", "{ lines: {} }", "{ line: x }", "command");
    row("headers of lines", "{ lines: { command: ./s }, headers: { a: b } }", "{ line: x }",
        "'headers' belongs to HTTP");
    row("readiness of lines", "{ lines: { command: ./s }, ready: { url: /r } }", "{ line: x }",
        "'ready' belongs to HTTP");
    row("two requests", kLines, "{ line: x, get: / }", "get");
    row("statuses of a line", kLines, "{ line: x, expect: 200 }", "'expect' belongs to HTTP");
    row("body beside a line", kLines, "{ line: x, json: {} }", "'json' belongs to HTTP");
    row("nothing", kLines, "{ line: }", "line");
    row("empty", kLines, "{ line: '' }", "the line is missing");
    row("two lines", kLines, R"({ line: "a\nb" })", "a line has no line break");
    row("user in a command", "{ url: 'http://h', start: { command: './s ${user}' } }", "{ get: / }", "user");
}

void LineReaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, step);
    QFETCH(QString, said);
    const QStringList messages = messagesOf(readScenario(textOf(target.constData(), step.constData())));
    QVERIFY(!messages.isEmpty());
    QVERIFY2(messages.join(u'\n').contains(said), qPrintable(messages.join(u'\n')));
}

QTEST_GUILESS_MAIN(LineReaderTest)
#include "tst_linereader.moc"
