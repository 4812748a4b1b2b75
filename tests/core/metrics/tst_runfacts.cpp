// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/runending.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

class RunFactsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsTheStageOfATime_data();
    void findsTheStageOfATime();
    void skipsAStageWithoutLength();
    void hasNoStageWhenThereAreNone();
    void findsStepsByName();
    void sumsFlowsAndStepsOfAFrame();
    void namesEveryEndingAndReadsItBack();
};

void RunFactsTest::findsTheStageOfATime_data()
{
    QTest::addColumn<Nanoseconds>("time");
    QTest::addColumn<int>("stage");
    // Stages: 0-2 s, 2-12 s, 12-22 s.
    QTest::newRow("before the start") << Nanoseconds(-1s) << 0;
    QTest::newRow("start") << Nanoseconds(0s) << 0;
    QTest::newRow("just before a border") << Nanoseconds(2s - 1ns) << 0;
    QTest::newRow("at a border the next") << Nanoseconds(2s) << 1;
    QTest::newRow("last") << Nanoseconds(21s) << 2;
    QTest::newRow("drain") << Nanoseconds(30s) << 2;
}

void RunFactsTest::findsTheStageOfATime()
{
    QFETCH(Nanoseconds, time);
    QTEST(exampleFacts().stageAt(time).value, "stage");
}

void RunFactsTest::skipsAStageWithoutLength()
{
    RunFacts facts;
    facts.stages.resize(3);
    facts.stages[1].start = 5s; // 5-5 s: empty
    facts.stages[2].start = 5s;
    QCOMPARE(facts.stageAt(5s).value, 2);
    QCOMPARE(facts.stageAt(4s).value, 0);
}

void RunFactsTest::hasNoStageWhenThereAreNone() { QVERIFY(!RunFacts().stageAt(0s).isValid()); }

void RunFactsTest::findsStepsByName()
{
    const RunFacts facts = exampleFacts();
    QCOMPARE(facts.stepNamed(u"document")->value, 1);
    QVERIFY(!facts.stepNamed(u"/retrieve")); // its path; its name is "retrieve"
}

void RunFactsTest::sumsFlowsAndStepsOfAFrame()
{
    MetricsFrame frame = FrameBuilder(0).answered(0, 3, 1ms).failed(1, 2);
    frame.flows = {{.planned = 1, .started = 2, .completed = 3, .dropped = 4},
                   {.planned = 10, .started = 20, .completed = 30, .dropped = 40}};
    QCOMPARE(frame.iterations(), (FlowCounts{.planned = 11, .started = 22, .completed = 33, .dropped = 44}));
    QCOMPARE(frame.requests().requests, 5U);
    QCOMPARE(frame.requests().errors, 2U);
}

void RunFactsTest::namesEveryEndingAndReadsItBack()
{
    for (int i = 0; i <= int(RunEnding::Reason::Fault); ++i) {
        const auto reason = RunEnding::Reason(i);
        QVERIFY(!endingName(reason).isEmpty());
        QCOMPARE(endingFromName(QString(endingName(reason))), reason);
    }
    QCOMPARE(endingName(RunEnding::Reason::StopRule), QLatin1String("stop_rule"));
    QVERIFY(!endingFromName(u"Completed"));
}

QTEST_GUILESS_MAIN(RunFactsTest)
#include "tst_runfacts.moc"
