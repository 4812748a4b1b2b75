// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/steadyclock.h"
#include "core/engine/engine.h"
#include "core/plan/feedplan.h"
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Headroom;

namespace {

/// Rows "0", "1" and so on.
FeedRowsPtr numbered(int count)
{
    FeedRows rows(1);
    for (int row = 0; row < count; ++row) {
        rows.addCell(QByteArray::number(row));
        rows.endRow();
    }
    return std::make_shared<const FeedRows>(std::move(rows));
}

PlanPtr planOf(const QByteArray &text, const QUrl &target, int rows)
{
    const ScenarioReading reading = readScenario(text);
    for (const Diagnostic &problem : reading.diagnostics)
        qWarning().noquote() << problem.range.start.line << problem.message;
    const auto plan = compilePlan(reading.scenario, target, 1,
                                  std::vector<FeedRowsPtr>(reading.scenario.feeds.size(), numbered(rows)));
    for (const Diagnostic &problem : plan ? Diagnostics() : plan.error())
        qWarning().noquote() << problem.message;
    return plan ? *plan : nullptr;
}

QByteArray scenarioWith(const QByteArray &feed, const QByteArray &load, const QByteArray &step = "get: \"/${q.n}\"")
{
    return "headroom: 1\ntarget: { url: http://h }\ndata: { q: { file: q.csv, " + feed + " } }\nflows: [ { steps: [ { "
        + step + " } ] } ]\nload: { " + load + " }\n";
}

struct Course
{
    QList<int> rows; ///< That were asked for, sorted.
    std::uint64_t templateFailures = 0;
    QStringList sentences;
};

/// Runs a plan to its end against a server in this thread.
Course courseOf(const PlanPtr &plan, ScriptedServer &server, int workers)
{
    Course course;
    SteadyClock clock;
    Engine engine(plan, workers, clock, {.name = QStringLiteral("qnam")});
    QObject::connect(&engine, &Engine::intervalReady, &engine, [&course](const IntervalSnapshotPtr &second) {
        for (const FailureCount &failure : second->failures) {
            course.templateFailures += failure.kind == FailureKind::Template ? failure.count : 0;
            course.sentences.append(failure.message);
        }
    });
    QObject::connect(&engine, &Engine::batchFinished, &engine, [&](const BatchResult &batch) {
        if (batch.index + 1 < plan->batches->count)
            engine.releaseBatch(batch.index + 1, clock.now() + 10ms);
        else
            engine.drain();
    });
    QSignalSpy finished(&engine, &Engine::finished);
    engine.start(clock.now() + 50ms);
    if (!finished.wait(30'000))
        engine.cut();
    if (finished.count() == 0)
        finished.wait(10'000);
    for (const QByteArray &request : server.requests())
        course.rows.append(request.split(' ').at(1).sliced(1).toInt());
    std::ranges::sort(course.rows);
    return course;
}

QList<int> upTo(int count)
{
    QList<int> numbers(count);
    std::ranges::generate(numbers, [n = 0]() mutable { return n++; });
    return numbers;
}

} // namespace

/// Feeds in whole loads, on one worker and on several.
class FeedCourseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesEachUniqueRowOnceAndEnds_data();
    void takesEachUniqueRowOnceAndEnds();
    void beginsAnewBehindTheLastRow_data() { workers(); }
    void beginsAnewBehindTheLastRow();
    void everyUserComesPastAllRows();
    void takesTheSameRowsAtRandomOnAnyNumberOfWorkers();
    void sendsNothingThatCannotBeRendered();
    void refusesBatchesThatNeedMoreRows();

private:
    static void workers();
};

void FeedCourseTest::workers()
{
    QTest::addColumn<int>("count");
    QTest::newRow("one worker") << 1;
    QTest::newRow("three workers") << 3;
}

void FeedCourseTest::takesEachUniqueRowOnceAndEnds_data()
{
    QTest::addColumn<QByteArray>("load");
    QTest::addColumn<int>("count");
    for (const int count : {1, 3}) {
        const QByteArray on = " on " + QByteArray::number(count);
        QTest::newRow("open" + on) << QByteArray("rate: 100/s, for: 20 s") << count;
        QTest::newRow("closed" + on) << QByteArray("users: 5, for: 20 s") << count;
        QTest::newRow("batches" + on) << QByteArray("batches: 3 of 10") << count;
    }
}

void FeedCourseTest::takesEachUniqueRowOnceAndEnds()
{
    QFETCH(QByteArray, load);
    QFETCH(int, count);
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    const PlanPtr plan = planOf(scenarioWith("order: unique", load), server.url(QString()), 30);
    QVERIFY(plan);
    const Course course = courseOf(plan, server, count);
    QCOMPARE(course.rows, upTo(30));
    QCOMPARE(course.templateFailures, 0U);
    if (!plan->batches)
        QCOMPARE(endOfFeeds(*plan), QStringLiteral("the load ends here: all 30 rows of feed 'q' were taken"));
}

void FeedCourseTest::beginsAnewBehindTheLastRow()
{
    QFETCH(int, count);
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    // 25 arrivals, 10 rows: 0 to 9 twice, then 0 to 4.
    const PlanPtr plan =
        planOf(scenarioWith("order: sequential", "rate: 100/s, iterations: 25"), server.url(QString()), 10);
    QVERIFY(plan);
    QList<int> expected;
    for (int row = 0; row < 10; ++row)
        expected.append(QList<int>(row < 5 ? 3 : 2, row));
    QCOMPARE(courseOf(plan, server, count).rows, expected);
    QCOMPARE(endOfFeeds(*plan), QString());
}

void FeedCourseTest::everyUserComesPastAllRows()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    const PlanPtr plan = planOf(
        scenarioWith("order: sequential", "users: 10, iterations_each: 10", "get: \"/${user}${q.n}\""), server.url(QString()), 10);
    QVERIFY(plan);
    QCOMPARE(courseOf(plan, server, 1).rows, upTo(100)); // user 0 has 00 to 09, user 1 10 to 19, ...
}

void FeedCourseTest::takesTheSameRowsAtRandomOnAnyNumberOfWorkers()
{
    QList<QList<int>> taken;
    for (const int count : {1, 3}) {
        ScriptedServer server;
        server.answerWith(ServerScript::ok());
        const PlanPtr plan =
            planOf(scenarioWith("order: random", "rate: 200/s, iterations: 60"), server.url(QString()), 10);
        QVERIFY(plan);
        taken.append(courseOf(plan, server, count).rows);
    }
    QCOMPARE(taken[0].size(), 60);
    QCOMPARE(taken[1], taken[0]);
    QVERIFY(taken[0].contains(0)
            && taken[0].contains(9)); // each is missed with a chance of 0.9^60 = 0.2 %; the seed is fixed
}

void FeedCourseTest::sendsNothingThatCannotBeRendered()
{
    ScriptedServer server;
    server.answerWith(ServerScript::ok());
    const PlanPtr plan = planOf(
        scenarioWith("order: sequential", "users: 1, iterations: 3",
                     "get: \"/${first}\", headers: { X-Q: \"${q.n}\" } }, { get: /set, extract: { first: $.none }"),
        server.url(QString()), 10);
    QVERIFY(plan);
    const Course course = courseOf(plan, server, 1);
    QCOMPARE(course.rows.size(), 3); // /set alone
    QCOMPARE(course.templateFailures, 3U);
    QVERIFY2(course.sentences.contains(QStringLiteral("${first} has no value: no answer has set it before")),
             qPrintable(course.sentences.join(u'\n')));
}

void FeedCourseTest::refusesBatchesThatNeedMoreRows()
{
    const ScenarioReading reading = readScenario(scenarioWith("order: unique", "batches: 3 of 10"));
    const auto plan = compilePlan(reading.scenario, QUrl(QStringLiteral("http://h")), 1, {numbered(29)});
    QVERIFY(!plan);
    QCOMPARE(plan.error().at(0).message,
             QStringLiteral("the batches need 30 rows, and a feed that stops has 29; make the batches fewer, or write "
                            "order: sequential with at_end: wrap"));
}

QTEST_GUILESS_MAIN(FeedCourseTest)
#include "tst_feedcourse.moc"
