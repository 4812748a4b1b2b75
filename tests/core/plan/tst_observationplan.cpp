// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/planner.h"
#include "core/scenario/scenarioreader.h"

#include <QTest>

using namespace Headroom;

namespace {

/// Steps: 0 "/retrieve", 1 "document" (GET /documents/1), 2 "/documents/2".
std::expected<PlanPtr, Diagnostics> planOf(const QByteArray &observe,
                                           const QByteArray &target = "url: http://127.0.0.1:1")
{
    const ScenarioReading reading = readScenario("headroom: 1\ntarget: { " + target + " }\nobserve: " + observe
                                                 + "\nflows: [ { steps: [ { post: /retrieve }, { name: document, get: "
                                                   "/documents/1 }, { get: /documents/2 } ] } ]\n"
                                                   "load: { users: 1, for: 1 s }\n");
    if (hasErrors(reading.diagnostics))
        return std::unexpected(reading.diagnostics);
    return compilePlan(reading.scenario, QUrl(QStringLiteral("http://127.0.0.1:1")), 1);
}

} // namespace

class ObservationPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheSteps_data();
    void findsTheSteps();
    void wantsOnlyWhatIsLookedAt_data();
    void wantsOnlyWhatIsLookedAt();
    void refusesUnknownSteps();
};

void ObservationPlanTest::findsTheSteps_data()
{
    QTest::addColumn<QByteArray>("of");
    QTest::addColumn<QList<int>>("steps");
    QTest::newRow("all") << QByteArray() << QList{0, 1, 2};
    QTest::newRow("a name") << QByteArray(", of: document") << QList{1};
    QTest::newRow("a path") << QByteArray(", of: /documents/1") << QList{1};
    QTest::newRow("a glob") << QByteArray(", of: '/documents/*'") << QList{1, 2};
    QTest::newRow("another glob") << QByteArray(", of: 'd?cument'") << QList{1};
}

void ObservationPlanTest::findsTheSteps()
{
    QFETCH(QByteArray, of);
    QFETCH(QList<int>, steps);
    const auto plan = planOf("{ a: { value: $.x" + of + " } }");
    QVERIFY(plan);
    QList<int> found;
    for (int i = 0; i < 3; ++i) {
        if (!(*plan)->steps[std::size_t(i)].observations.empty())
            found << i;
    }
    QCOMPARE(found, steps);
}

void ObservationPlanTest::wantsOnlyWhatIsLookedAt_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<bool>("wantsHeaders");
    QTest::addColumn<bool>("wantsBody");
    QTest::newRow("JSON") << QByteArray("value: $.x") << false << true;
    QTest::newRow("header") << QByteArray("value: header X-Rows") << true << false;
    QTest::newRow("server timing") << QByteArray("part: server-timing db") << true << false;
    QTest::newRow("check of a header") << QByteArray("hit: header X-Cache == HIT") << true << false;
    QTest::newRow("check of a status") << QByteArray("hit: status == 200") << false << false;
}

void ObservationPlanTest::wantsOnlyWhatIsLookedAt()
{
    QFETCH(QByteArray, place);
    QFETCH(bool, wantsHeaders);
    QFETCH(bool, wantsBody);
    const auto plan = planOf("{ a: { " + place + ", of: document } }");
    QVERIFY(plan);
    QCOMPARE((*plan)->steps[1].request.wantsHeaders, wantsHeaders);
    QCOMPARE((*plan)->steps[1].request.wantsBody, wantsBody);
    QVERIFY(!(*plan)->steps[0].request.wantsHeaders && !(*plan)->steps[0].request.wantsBody);
    QVERIFY((*plan)->steps[1].request.form > 0); // as constant as before
}

void ObservationPlanTest::refusesUnknownSteps()
{
    const auto plan = planOf("{ a: { value: $.x, of: documant } }");
    QVERIFY(!plan);
    QCOMPARE(plan.error().size(), 1u);
    QCOMPARE(plan.error()[0].message,
             QStringLiteral("no step has the name or path 'documant' that 'a' is to be observed of (did you mean "
                            "'document'?)"));
    QCOMPARE(plan.error()[0].range.start.line, 3);
}

QTEST_GUILESS_MAIN(ObservationPlanTest)
#include "tst_observationplan.moc"
