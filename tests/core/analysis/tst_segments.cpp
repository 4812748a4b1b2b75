// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/segments.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace Headroom;

namespace {

/// Stages of 1,000 s each: 0 at 10/s, 1 rising to 20/s, 2 at 20/s.
RunFacts facts()
{
    RunFacts facts;
    facts.isOpenModel = true;
    facts.stages = {{QStringLiteral("even"), 0s, 1000s, 10, 10, false},
                    {QStringLiteral("ramp"), 1000s, 1000s, 10, 20, false},
                    {QStringLiteral("high"), 2000s, 1000s, 20, 20, false}};
    return facts;
}

/// 10 requests of 300 ms, 200 ms of them service: 2 in flight and 1 waiting at any time.
RunSecond evenSecond(int second, int stage = 0)
{
    RunSecond even;
    even.second = second;
    even.length = 1s;
    even.stage = StageIndex{stage};
    even.load = 10.0;
    even.planned = even.started = even.finished = 10.0;
    even.responseSeconds = 3.0;
    even.serviceSeconds = 2.0;
    even.inFlightSeconds = 2.0;
    even.backlogSeconds = 1.0;
    return even;
}

std::vector<RunSecond> evenSeconds(int count, int stage = 0)
{
    std::vector<RunSecond> seconds;
    for (int second = 0; second < count; ++second)
        seconds.push_back(evenSecond(second, stage));
    return seconds;
}

} // namespace

class SegmentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsAStretchOfConstantLoad();
    void isAtLeastThirtySecondsBehindTheSettling();
    void isAtLeastTwentyServiceTimesLong();
    void isCutAtAChangeByHand();
    void isCutAtAStageAndWhereSecondsAreMissing();
    void isNeverARampOrAWarmUpOrTheDrain();
    void isNoSine();
    void isStillOneWithPoissonArrivals();
    void batchesHaveNone();
    void aSecondWithoutRequestsIsNotSteady();
    void littlesLawHoldsWithinFivePercentOrOneRequest_data();
    void littlesLawHoldsWithinFivePercentOrOneRequest();
    void aBrokenLawIsASentence();
    void requestsOfBeforeBreakNoLaw();
};

void SegmentsTest::tellsAStretchOfConstantLoad()
{
    const auto found = findSegments(facts(), evenSeconds(60), {});
    QCOMPARE(found.size(), 1u);
    const Segment &segment = found[0];
    QCOMPARE(segment.from, 5);
    QCOMPARE(segment.end, 60);
    QCOMPARE(segment.load, 10.0);
    QCOMPARE(segment.startedPerSecond, 10.0);
    QCOMPARE(segment.finishedPerSecond, 10.0);
    QCOMPARE(segment.meanInFlight, 2.0);
    QCOMPARE(segment.meanBacklog, 1.0);
    QCOMPARE(segment.meanServiceMs, 200.0);
    QCOMPARE(segment.meanResponseMs, 300.0);
    QCOMPARE(segment.service.expected, 2.0); // 10/s x 0.2 s
    QCOMPARE(segment.response.counted, 3.0);
    QCOMPARE(segment.response.expected, 3.0); // 10/s x 0.3 s
    QCOMPARE(segment.steady.from, 0u);
    QVERIFY(brokenLawsOf(segment).empty());
}

void SegmentsTest::isAtLeastThirtySecondsBehindTheSettling()
{
    QCOMPARE(findSegments(facts(), evenSeconds(34), {}).size(), 0u);
    QCOMPARE(findSegments(facts(), evenSeconds(35), {}).size(), 1u);
    QCOMPARE(findSegments(facts(), {}, {}).size(), 0u);
}

void SegmentsTest::isAtLeastTwentyServiceTimesLong()
{
    // 2 s each, times 20: 40 of 55 s are enough; 3 s would take 60.
    auto seconds = evenSeconds(60);
    for (RunSecond &second : seconds)
        second.serviceSeconds = 20.0;
    QCOMPARE(findSegments(facts(), seconds, {}).size(), 1u);
    for (RunSecond &second : seconds)
        second.serviceSeconds = 30.0;
    QCOMPARE(findSegments(facts(), seconds, {}).size(), 0u);
}

void SegmentsTest::isCutAtAChangeByHand()
{
    const auto found = findSegments(facts(), evenSeconds(100), {50'500ms, -1s, 900s});
    QCOMPARE(found.size(), 2u);
    QCOMPARE(found[0].from, 5);
    QCOMPARE(found[0].end, 50);
    QCOMPARE(found[1].from, 55);
    QCOMPARE(found[1].end, 100);
}

void SegmentsTest::isCutAtAStageAndWhereSecondsAreMissing()
{
    auto seconds = evenSeconds(120);
    for (std::size_t i = 60; i < 120; ++i)
        seconds[i].stage = StageIndex{2};
    auto found = findSegments(facts(), seconds, {});
    QCOMPARE(found.size(), 2u);
    QCOMPARE(found[1].from, 65);
    QCOMPARE(found[1].stage, StageIndex{2});

    seconds = evenSeconds(60);
    seconds.erase(seconds.begin() + 40); // 35 s before, 19 s behind
    found = findSegments(facts(), seconds, {});
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found[0].end, 40);
}

void SegmentsTest::isNeverARampOrAWarmUpOrTheDrain()
{
    QCOMPARE(findSegments(facts(), evenSeconds(100, 1), {}).size(), 0u);
    QCOMPARE(findSegments(facts(), evenSeconds(100, 7), {}).size(), 0u); // of no stage
    auto seconds = evenSeconds(100);
    for (RunSecond &second : seconds)
        second.isMeasured = false;
    QCOMPARE(findSegments(facts(), seconds, {}).size(), 0u);
}

void SegmentsTest::isNoSine()
{
    auto seconds = evenSeconds(120);
    for (RunSecond &second : seconds)
        second.load = 1000.0 + 300.0 * std::sin(2.0 * std::numbers::pi * second.second / 60.0);
    QCOMPARE(findSegments(facts(), seconds, {}).size(), 0u);
}

void SegmentsTest::isStillOneWithPoissonArrivals()
{
    auto seconds = evenSeconds(120);
    for (RunSecond &second : seconds)
        second.load = second.second % 20 < 10 ? 8.5 : 11.5; // 85 and 115 in ten seconds: 1.5 deviations off
    QCOMPARE(findSegments(facts(), seconds, {}).size(), 1u);
}

void SegmentsTest::batchesHaveNone()
{
    RunFacts batches = facts();
    batches.batches = RunFacts::Batches{3, 10};
    QCOMPARE(findSegments(batches, evenSeconds(100), {}).size(), 0u);
}

void SegmentsTest::aSecondWithoutRequestsIsNotSteady()
{
    auto seconds = evenSeconds(60);
    seconds[30].finished = 0.0;
    const auto found = findSegments(facts(), seconds, {});
    QCOMPARE(found.size(), 1u);
    QVERIFY(!found[0].steady.from);
    QCOMPARE(found[0].steady.reason, QStringLiteral("in 1 of its seconds no request finished"));
}

void SegmentsTest::littlesLawHoldsWithinFivePercentOrOneRequest_data()
{
    QTest::addColumn<double>("counted");
    QTest::addColumn<double>("expected");
    QTest::addColumn<bool>("holds");
    QTest::newRow("the same") << 10.0 << 10.0 << true;
    QTest::newRow("one request, however much that is") << 0.1 << 1.1 << true;
    QTest::newRow("more than one") << 2.0 << 3.1 << false;
    QTest::newRow("4 %") << 100.0 << 104.0 << true;
    QTest::newRow("more than 5 %") << 100.0 << 106.0 << false;
    QTest::newRow("the other way round") << 106.0 << 100.0 << false;
}

void SegmentsTest::littlesLawHoldsWithinFivePercentOrOneRequest()
{
    QFETCH(double, counted);
    QFETCH(double, expected);
    QFETCH(bool, holds);
    QCOMPARE((LittleBalance{counted, expected}.holds()), holds);
}

void SegmentsTest::aBrokenLawIsASentence()
{
    auto seconds = evenSeconds(60);
    for (RunSecond &second : seconds)
        second.inFlightSeconds = 3.5; // and 1 waiting: 4.5 against 3
    const auto found = findSegments(facts(), seconds, {});
    const std::vector<QString> sentences = brokenLawsOf(found.at(0));
    QCOMPARE(sentences.size(), 2u);
    QCOMPARE(
        sentences[0],
        QStringLiteral("Little's law does not hold from 0:05 to 1:00: 3.5 requests were in flight on average, but the "
                       "number of requests and their service times say 2; the times or the counts of this stretch "
                       "are wrong"));
}

void SegmentsTest::requestsOfBeforeBreakNoLaw()
{
    // In the first ten seconds of 60 what had begun in an overload finishes: 20 s of service a second, of which only 5
    // lie within the stretch. From then on all is even.
    auto seconds = evenSeconds(65);
    for (std::size_t i = 5; i < 15; ++i) {
        seconds[i].serviceSeconds = seconds[i].responseSeconds = 20.0;
        seconds[i].inFlightSeconds = 5.0;
    }
    auto found = findSegments(facts(), seconds, {});
    QCOMPARE(found.at(0).from, 5);
    QCOMPARE(found[0].steady.from, 10u);
    QCOMPARE(found[0].meanInFlight, 2.0);
    QVERIFY(brokenLawsOf(found[0]).empty());

    // Never steady: the numbers are told, and contradict nothing.
    for (std::size_t i = 0; i < seconds.size(); ++i)
        seconds[i].responseSeconds = double(i);
    found = findSegments(facts(), seconds, {});
    QVERIFY(!found.at(0).steady.from);
    QVERIFY(brokenLawsOf(found[0]).empty());
}

QTEST_GUILESS_MAIN(SegmentsTest)
#include "tst_segments.moc"
