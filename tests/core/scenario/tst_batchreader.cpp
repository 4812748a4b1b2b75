// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

class BatchReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsHowManyOfHowMany();
    void capsWhatIsUnderWay();
    void readsTheCallBetween();
    void readsARestart();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

namespace {

ScenarioReading readLoadOf(const QByteArray &load)
{
    return readScenario("headroom: 1\ntarget: { practice: {} }\nflows: [ { steps: [ { get: / } ] } ]\nload: " + load
                        + '\n');
}

} // namespace

void BatchReaderTest::readsHowManyOfHowMany()
{
    const ScenarioReading reading = readLoadOf("{ batches: 5 of 10, grace: 3 s }");
    QVERIFY(reading.diagnostics.empty());
    const Scenario::Load &load = reading.scenario.load;
    QVERIFY(load.batches);
    QCOMPARE(load.batches->count, 5);
    QCOMPARE(load.batches->size, 10);
    QVERIFY(!load.batches->between && !load.batches->restartsTarget);
    QCOMPARE(load.iterations, std::optional<std::uint64_t>(50));
    QCOMPARE(load.stages.size(), 1u);
    QVERIFY((load.stages[0].users == std::pair(10.0, 10.0)));
    QCOMPARE(load.stages[0].length, 0ns);
    QCOMPARE(load.grace, 3s);
}

void BatchReaderTest::capsWhatIsUnderWay()
{
    QVERIFY((readLoadOf("{ batches: 5 of 10, users: 3 }").scenario.load.stages[0].users == std::pair(3.0, 3.0)));
    // More than all of a batch cannot be under way.
    QVERIFY((readLoadOf("{ batches: 5 of 10, users: 30 }").scenario.load.stages[0].users == std::pair(10.0, 10.0)));
}

void BatchReaderTest::readsTheCallBetween()
{
    const ScenarioReading reading =
        readLoadOf("{ batches: 100 of 1, between: { post: /admin/reset, query: { full: 1 }, "
                   "headers: { X-Key: k }, json: { a: 1 }, expect: 204 } }");
    QVERIFY(reading.diagnostics.empty());
    const auto &call = reading.scenario.load.batches->between;
    QVERIFY(call);
    QCOMPARE(call->method, QByteArray("POST"));
    QCOMPARE(call->path.constant(), QStringLiteral("/admin/reset?full=1"));
    QCOMPARE(call->headers.size(), 1u);
    QCOMPARE(call->body->text.constant(), QStringLiteral("{\"a\":1}"));
    QCOMPARE(call->expect.size(), 1u);
    QCOMPARE(call->expect[0].low, 204);
}

void BatchReaderTest::readsARestart()
{
    const ScenarioReading reading = readLoadOf("{ batches: 100 of 1, between: { restart: true } }");
    QVERIFY(reading.diagnostics.empty());
    QVERIFY(reading.scenario.load.batches->restartsTarget);
    QVERIFY(!reading.scenario.load.batches->between);
}

void BatchReaderTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, const char *load, const char *problem) {
        QTest::newRow(name) << QByteArray(load) << QString::fromUtf8(problem);
    };
    row("one number", "{ batches: 5 }", "'5' is not a number of batches; write 5 of 10");
    row("none", "{ batches: 0 of 10 }", "is not a number of batches");
    row("too many", "{ batches: 10001 of 1 }", "at most 10000 of 100000");
    row("too large", "{ batches: 1 of 100001 }", "at most 10000 of 100000");
    row("a rate", "{ batches: 5 of 10, rate: 5/s }", "'batches' and 'rate' exclude each other");
    row("stages", "{ batches: 5 of 10, stages: [ { users: 1, for: 1 s } ] }",
        "'batches' and 'stages' exclude each other");
    row("a length", "{ batches: 5 of 10, for: 10 s }", "'for' makes no sense with 'batches'");
    row("a count", "{ batches: 5 of 10, iterations: 7 }", "'iterations' makes no sense with 'batches'");
    row("a late policy", "{ batches: 5 of 10, late: drop }", "'late' makes no sense with 'batches'");
    row("a spacing", "{ batches: 5 of 10, spacing: poisson }", "'spacing' makes no sense with 'batches'");
    row("a ramp of users", "{ batches: 5 of 10, users: 1 to 5 }", "'users' is the cap on iterations under way");
    row("no users", "{ batches: 5 of 10, users: 0 }", "'users' is the cap on iterations under way");
    row("between nothing", "{ users: 1, for: 1 s, between: { get: / } }", "'between' makes no sense without 'batches'");
    row("two calls", "{ batches: 5 of 10, between: { get: /, post: / } }", "'get' and 'post' exclude each other");
    row("a call and a restart", "{ batches: 5 of 10, between: { get: /, restart: true } }", "exclude each other");
    row("no call", "{ batches: 5 of 10, between: { expect: 200 } }",
        "needs one of: get, post, put, patch, delete, restart");
    row("no restart", "{ batches: 5 of 10, between: { restart: false } }", "can only be true");
    row("a body for a restart", "{ batches: 5 of 10, between: { restart: true, text: x } }",
        "'text' belongs to a request");
}

void BatchReaderTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, load);
    QFETCH(QString, problem);
    QStringList messages;
    for (const Diagnostic &diagnostic : readLoadOf(load).diagnostics)
        messages += diagnostic.message;
    QVERIFY2(messages.join(u'\n').contains(problem), qPrintable(messages.join(u'\n')));
    QCOMPARE(messages.size(), 1);
}

QTEST_GUILESS_MAIN(BatchReaderTest)
#include "tst_batchreader.moc"
