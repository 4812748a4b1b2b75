// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/conditionwatch.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

RunFactsPtr facts() { return std::make_shared<const RunFacts>(exampleFacts()); }

ConditionWatch watchFor(const char *text) { return {*parseCondition(QString::fromLatin1(text)), facts()}; }

/// 30 answers to "retrieve".
FramePtr second(int number, Nanoseconds response) { return FrameBuilder(number).answered(0, 30, response).pointer(); }

} // namespace

class ConditionWatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isTrueFromThreeSecondsOn();
    void looksAtTheLastTenSeconds();
    void waitsAsLongAsItSays();
    void isNotTrueOnTooFewSamples();
    void watchesProbes();
    void leavesOutWhatIsNotMeasured();
    void beginsAnewAfterARestart();
    void refusesWhatCanNeverBeTrue_data();
    void refusesWhatCanNeverBeTrue();
};

void ConditionWatchTest::isTrueFromThreeSecondsOn()
{
    // p95 takes 72 samples: three seconds have 90.
    ConditionWatch watch = watchFor("p95(retrieve) > 100 ms");
    QVERIFY(!watch.isTrueAfter(second(2, 200ms)));
    QVERIFY(!watch.isTrueAfter(second(3, 200ms)));
    QVERIFY(watch.isTrueAfter(second(4, 200ms)));
}

void ConditionWatchTest::looksAtTheLastTenSeconds()
{
    ConditionWatch watch = watchFor("p50(retrieve) > 100 ms");
    for (int i = 0; i < 10; ++i)
        QVERIFY(!watch.isTrueAfter(second(i + 2, 50ms)));
    // Of ten seconds, half and less are slow; with the sixth the median is.
    for (int i = 10; i < 15; ++i)
        QVERIFY(!watch.isTrueAfter(second(i + 2, 200ms)));
    QVERIFY(watch.isTrueAfter(second(17, 200ms)));
}

void ConditionWatchTest::waitsAsLongAsItSays()
{
    ConditionWatch watch = watchFor("p95(retrieve) > 100 ms for 3 s");
    for (int i = 0; i < 4; ++i)
        QVERIFY(!watch.isTrueAfter(second(i + 2, 200ms))); // true behind the third and fourth
    QVERIFY(watch.isTrueAfter(second(6, 200ms)));
}

void ConditionWatchTest::isNotTrueOnTooFewSamples()
{
    ConditionWatch watch = watchFor("errors > 10 %");
    for (int i = 0; i < 9; ++i)
        QVERIFY(!watch.isTrueAfter(FrameBuilder(i + 2).failed(0, 2).pointer()));
    QVERIFY(watch.isTrueAfter(FrameBuilder(11).failed(0, 2).pointer())); // 20 samples
}

void ConditionWatchTest::watchesProbes()
{
    ConditionWatch watch = watchFor("mean(queue) > 5");
    QVERIFY(!watch.isTrueAfter(FrameBuilder(2).probe(2, 10).pointer()));
    QVERIFY(!watch.isTrueAfter(FrameBuilder(3).probe(2, 10).pointer()));
    QVERIFY(watch.isTrueAfter(FrameBuilder(4).probe(2, 10).pointer()));
}

void ConditionWatchTest::leavesOutWhatIsNotMeasured()
{
    ConditionWatch watch = watchFor("p95(retrieve) > 100 ms");
    for (int i = 0; i < 6; ++i)
        QVERIFY(!watch.isTrueAfter(FrameBuilder(i).warmUp().answered(0, 30, 200ms).pointer()));
}

void ConditionWatchTest::beginsAnewAfterARestart()
{
    ConditionWatch watch = watchFor("p95(retrieve) > 100 ms");
    for (int i = 0; i < 5; ++i)
        watch.isTrueAfter(second(i + 2, 200ms));
    watch.restart(4);
    for (int i = 5; i < 8; ++i)
        QVERIFY(!watch.isTrueAfter(second(i + 2, 200ms)));
    QVERIFY(watch.isTrueAfter(second(10, 200ms)));
}

void ConditionWatchTest::refusesWhatCanNeverBeTrue_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("more than all") << "errors > 100 %";
    QTest::newRow("less than nothing") << "p95 < 0 ms";
    QTest::newRow("longer than the load") << "p95 > 5 ms for 30 s";
    QTest::newRow("unknown step") << "p95(nowhere) > 5 ms";
}

void ConditionWatchTest::refusesWhatCanNeverBeTrue()
{
    QFETCH(const QString, text);
    const auto condition = parseCondition(text);
    QVERIFY(condition);
    QVERIFY(checkCondition(*condition, exampleFacts()));
    QVERIFY(!checkCondition(*parseCondition(QStringLiteral("p95(retrieve) > 5 ms for 5 s")), exampleFacts()));
    QVERIFY(!parseCondition(QStringLiteral("p95 > 5 ms stop")));
}

QTEST_GUILESS_MAIN(ConditionWatchTest)
#include "tst_conditionwatch.moc"
