// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"
#include "core/stats/samplerecorder.h"
#include "tests/support/allocationcount.h"

#include <QTest>


using namespace Headroom;

namespace {

constexpr SteadyTime kStart{1h};

/// Planned at the start, sent `lag` later, finished `service` after that.
Sample sample(Outcome outcome, FailureKind failure, std::uint16_t status, Nanoseconds service = 5ms,
              Nanoseconds lag = 0ns)
{
    Sample sample{.step = StepIndex{0}, .outcome = outcome, .failure = failure, .status = status};
    sample.timings = {.planned = kStart,
                      .sent = kStart + lag,
                      .firstByte = kStart + lag + service,
                      .finished = kStart + lag + service};
    return sample;
}

Sample answered(Nanoseconds service = 5ms, Nanoseconds lag = 0ns)
{
    return sample(Outcome::Answered, FailureKind::None, 200, service, lag);
}

IntervalSnapshot take(SampleRecorder &recorder)
{
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    return snapshot;
}

HdrHistogram timesOf(const IntervalSnapshot &snapshot, LatencyKind kind)
{
    return decodeHistogram(snapshot.steps.at(0).histograms[std::size_t(kind)]).value();
}

} // namespace

class SampleRecorderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsEachOutcomeIntoItsTimes_data();
    void putsEachOutcomeIntoItsTimes();
    void responseTimeRunsFromThePlannedStart();
    void countsBytesResendsAndStatuses();
    void countsErrorsByKind();
    void whatWasNeverSentHasNoTimesAndIsNoSend();
    void keepsStepsApart();
    void startsEachIntervalEmpty();
    void sendIsLateAboveOneMillisecondAtFirst();
    void waitingForAFreeUserMakesNoSendLate();
    void sendIsLateAboveATenthOfTheMedianServiceTime();
    void medianServiceTimeCoversAllIntervalsAndSteps();
    void keepsFailureTexts();
    void timesTheFirstByteOfWhatHasAServiceTime();
    void countsConnectionsWhateverBecameOfTheRequest();
    void recordingAllocatesNothing();
};

void SampleRecorderTest::putsEachOutcomeIntoItsTimes_data()
{
    QTest::addColumn<Sample>("sample");
    QTest::addColumn<QList<int>>("inTimes"); // response, service, rejected, failed
    QTest::addColumn<QList<int>>("counts"); // answered, rejected, errors, censored
    QTest::newRow("answered") << answered() << QList<int>{1, 1, 0, 0} << QList<int>{1, 0, 0, 0};
    QTest::newRow("rejected") << sample(Outcome::Rejected, FailureKind::None, 429) << QList<int>{0, 0, 1, 0}
                              << QList<int>{0, 1, 0, 0};
    QTest::newRow("unexpected status") << sample(Outcome::Error, FailureKind::Status, 500) << QList<int>{0, 0, 0, 1}
                                       << QList<int>{0, 0, 1, 0};
    QTest::newRow("failed check") << sample(Outcome::Error, FailureKind::Check, 200) << QList<int>{0, 0, 0, 1}
                                  << QList<int>{0, 0, 1, 0};
    QTest::newRow("time out") << sample(Outcome::Error, FailureKind::Timeout, 0) << QList<int>{1, 1, 0, 0}
                              << QList<int>{0, 0, 1, 1};
    QTest::newRow("closed after the head")
        << sample(Outcome::Error, FailureKind::Closed, 200) << QList<int>{0, 0, 0, 1} << QList<int>{0, 0, 1, 0};
    QTest::newRow("refused") << sample(Outcome::Error, FailureKind::ConnectRefused, 0) << QList<int>{0, 0, 0, 1}
                             << QList<int>{0, 0, 1, 0};
    QTest::newRow("cut at the end") << sample(Outcome::Error, FailureKind::Aborted, 0) << QList<int>{1, 1, 0, 0}
                                    << QList<int>{0, 0, 1, 1};
}

void SampleRecorderTest::putsEachOutcomeIntoItsTimes()
{
    QFETCH(Sample, sample);
    QFETCH(QList<int>, inTimes);
    QFETCH(QList<int>, counts);
    SampleRecorder recorder(1);
    recorder.record(sample);
    const IntervalSnapshot snapshot = take(recorder);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(timesOf(snapshot, LatencyKind(i)).count(), std::uint64_t(inTimes[i]));
    const RequestCounts &counted = snapshot.steps[0].counts;
    QCOMPARE(counted.requests, std::uint64_t(1));
    QCOMPARE(counted.answered, std::uint64_t(counts[0]));
    QCOMPARE(counted.rejected, std::uint64_t(counts[1]));
    QCOMPARE(counted.errors, std::uint64_t(counts[2]));
    QCOMPARE(counted.censored, std::uint64_t(counts[3]));
}

void SampleRecorderTest::responseTimeRunsFromThePlannedStart()
{
    SampleRecorder recorder(1);
    recorder.record(answered(5ms, 2ms));
    recorder.record(sample(Outcome::Rejected, FailureKind::None, 429, 6ms, 2ms));
    recorder.record(sample(Outcome::Error, FailureKind::Status, 500, 7ms, 2ms));
    const IntervalSnapshot snapshot = take(recorder);
    QCOMPARE(timesOf(snapshot, LatencyKind::Response).max(), 7ms);
    QCOMPARE(timesOf(snapshot, LatencyKind::Service).max(), 5ms);
    QCOMPARE(timesOf(snapshot, LatencyKind::Rejected).max(), 8ms);
    QCOMPARE(timesOf(snapshot, LatencyKind::Failed).max(), 9ms);
}

void SampleRecorderTest::countsBytesResendsAndStatuses()
{
    SampleRecorder recorder(1);
    Sample first = answered();
    first.bytesIn = 100;
    first.bytesOut = 7;
    first.resends = 2;
    recorder.record(first);
    recorder.record(first);
    recorder.record(sample(Outcome::Error, FailureKind::Status, 999));
    recorder.record(sample(Outcome::Error, FailureKind::Status, 65'535));
    recorder.record(sample(Outcome::Error, FailureKind::ConnectRefused, 0)); // no status at all
    const RequestCounts counts = take(recorder).steps[0].counts;
    QCOMPARE(counts.bytesIn, std::uint64_t(200));
    QCOMPARE(counts.bytesOut, std::uint64_t(14));
    QCOMPARE(counts.resends, std::uint64_t(4));
    QVERIFY(counts.byStatus == (std::map<int, std::uint64_t>{{200, 2}, {999, 1}, {65'535, 1}}));
}

void SampleRecorderTest::countsErrorsByKind()
{
    SampleRecorder recorder(1);
    recorder.record(sample(Outcome::Error, FailureKind::Tls, 0));
    recorder.record(sample(Outcome::Error, FailureKind::Tls, 0));
    recorder.record(sample(Outcome::Error, FailureKind::Other, 0));
    recorder.record(answered());
    const RequestCounts counts = take(recorder).steps[0].counts;
    std::array<std::uint64_t, kFailureKindCount> expected{};
    expected[std::size_t(FailureKind::Tls)] = 2;
    expected[std::size_t(FailureKind::Other)] = 1;
    QVERIFY(counts.byFailure == expected);
}

void SampleRecorderTest::whatWasNeverSentHasNoTimesAndIsNoSend()
{
    SampleRecorder recorder(1);
    recorder.record(sample(Outcome::Error, FailureKind::Template, 0));
    const IntervalSnapshot snapshot = take(recorder);
    QCOMPARE(snapshot.sends, std::uint64_t(0));
    QVERIFY(snapshot.sendLag.isEmpty());
    for (const QByteArray &histogram : snapshot.steps[0].histograms)
        QVERIFY(histogram.isEmpty());
    QCOMPARE(snapshot.steps[0].counts.requests, std::uint64_t(1));
    QCOMPARE(snapshot.steps[0].counts.errors, std::uint64_t(1));
    QCOMPARE(snapshot.steps[0].counts.censored, std::uint64_t(0));
}

void SampleRecorderTest::keepsStepsApart()
{
    SampleRecorder recorder(3);
    Sample second = answered();
    second.step = StepIndex{1};
    recorder.record(answered());
    recorder.record(second);
    recorder.record(second);
    const IntervalSnapshot snapshot = take(recorder);
    QCOMPARE(snapshot.steps.size(), std::size_t(3));
    QCOMPARE(snapshot.steps[0].counts.requests, std::uint64_t(1));
    QCOMPARE(snapshot.steps[1].counts.requests, std::uint64_t(2));
    QCOMPARE(snapshot.steps[2].counts.requests, std::uint64_t(0));
}

void SampleRecorderTest::startsEachIntervalEmpty()
{
    SampleRecorder recorder(1);
    recorder.recordSend(50ms);
    recorder.record(answered(5ms, 50ms));
    const Sample failed = sample(Outcome::Error, FailureKind::Status, 500);
    recorder.record(failed);
    recorder.recordFailure(failed, QStringLiteral("500"));
    take(recorder);

    IntervalSnapshot second = take(recorder);
    QVERIFY(second.steps.at(0).counts == RequestCounts());
    for (const QByteArray &histogram : second.steps[0].histograms)
        QVERIFY(histogram.isEmpty());
    QVERIFY(second.sendLag.isEmpty());
    QVERIFY(second.failures.empty());
    QCOMPARE(second.sends, std::uint64_t(0));
    QCOMPARE(second.lateSends, std::uint64_t(0));

    recorder.record(answered(6ms));
    recorder.takeInterval(second); // into one that is in use
    QCOMPARE(second.steps.size(), std::size_t(1));
    QCOMPARE(timesOf(second, LatencyKind::Service).max(), 6ms);
    QVERIFY(second.steps[0].counts.byStatus == (std::map<int, std::uint64_t>{{200, 1}}));
}

void SampleRecorderTest::sendIsLateAboveOneMillisecondAtFirst()
{
    SampleRecorder recorder(1);
    QCOMPARE(recorder.medianServiceTime(), 0ns);
    recorder.recordSend(1ms);
    recorder.recordSend(1ms + 1ns);
    const IntervalSnapshot snapshot = take(recorder);
    QCOMPARE(snapshot.sends, std::uint64_t(2));
    QCOMPARE(snapshot.lateSends, std::uint64_t(1));
}

void SampleRecorderTest::sendIsLateAboveATenthOfTheMedianServiceTime()
{
    SampleRecorder recorder(1);
    recorder.record(answered(100ms));
    take(recorder);
    recorder.recordSend(10ms);
    recorder.recordSend(10ms + 1ns);
    recorder.record(answered(1ms));
    recorder.record(answered(1ms));
    QCOMPARE(take(recorder).lateSends, std::uint64_t(1));

    // Now 100, 1 and 1 ms: the median is 1 ms, a tenth of it 0.1 ms, and the limit is 1 ms again.
    recorder.recordSend(1ms);
    recorder.recordSend(2ms);
    QCOMPARE(take(recorder).lateSends, std::uint64_t(1));
}

void SampleRecorderTest::waitingForAFreeUserMakesNoSendLate()
{
    // Sent 500 ms after its plan: 499 ms of them no user was free, so 1 ms is the generator's own; then 499 ms less 1 ns.
    SampleRecorder recorder(1);
    recorder.recordSend(500ms, 499ms);
    recorder.recordSend(500ms, 499ms - 1ns);
    const IntervalSnapshot snapshot = take(recorder);
    QCOMPARE(snapshot.sends, std::uint64_t(2));
    QCOMPARE(snapshot.lateSends, std::uint64_t(1));
    QCOMPARE(decodeHistogram(snapshot.sendLag)->min(), 500ms);
}

void SampleRecorderTest::medianServiceTimeCoversAllIntervalsAndSteps()
{
    SampleRecorder recorder(2);
    recorder.record(answered(10us));
    take(recorder);
    Sample other = answered(30us);
    other.step = StepIndex{1};
    recorder.record(other);
    recorder.record(answered(20us, 1ms));
    QCOMPARE(recorder.medianServiceTime(), 10us);
    take(recorder);
    QCOMPARE(recorder.medianServiceTime(), 20us); // of 10, 20 and 30
}

void SampleRecorderTest::keepsFailureTexts()
{
    SampleRecorder recorder(1);
    const Sample failed = sample(Outcome::Error, FailureKind::Status, 503);
    recorder.recordFailure(failed, QStringLiteral("busy\n"));
    recorder.recordFailure(failed, QStringLiteral("busy\n"));
    const auto failures = take(recorder).failures;
    QCOMPARE(failures.size(), std::size_t(1));
    QCOMPARE(failures[0].step, StepIndex{0});
    QCOMPARE(failures[0].kind, FailureKind::Status);
    QCOMPARE(failures[0].status, 503);
    QCOMPARE(failures[0].message, QStringLiteral("busy\uFFFD"));
    QCOMPARE(failures[0].count, std::uint64_t(2));
}

void SampleRecorderTest::timesTheFirstByteOfWhatHasAServiceTime()
{
    SampleRecorder recorder(2);
    Sample first = answered(5ms, 2ms); // sent 2 ms after the plan, its first byte 3 ms after that
    first.timings.firstByte = first.timings.sent + 3ms;
    recorder.record(first);
    first.step = StepIndex{1}; // over all steps
    first.timings.firstByte = first.timings.sent + 4ms;
    recorder.record(first);
    // Without a head until our clock ended it: a lower bound, as its service time. With one, its own.
    Sample late = sample(Outcome::Error, FailureKind::Timeout, 0, 30ms);
    recorder.record(late);
    late.timings.firstByte = late.timings.sent + 6ms;
    recorder.record(late);
    recorder.record(sample(Outcome::Rejected, FailureKind::None, 429, 1ms));
    recorder.record(sample(Outcome::Error, FailureKind::Status, 500, 1ms));
    recorder.record(sample(Outcome::Error, FailureKind::ConnectRefused, 0, 1ms));
    recorder.record(sample(Outcome::Error, FailureKind::Template, 0, 0ms));
    const HdrHistogram times = decodeHistogram(take(recorder).firstByteTimes).value();
    QCOMPARE(times.count(), std::uint64_t(4)); // 3, 4, 6 and 30 ms
    QCOMPARE(times.min(), Nanoseconds(3ms));
    QCOMPARE(times.max(), Nanoseconds(30ms));
    QCOMPARE(times.meanNanoseconds(), 43e6 / 4.0);
    QVERIFY(take(recorder).firstByteTimes.isEmpty());
}

void SampleRecorderTest::countsConnectionsWhateverBecameOfTheRequest()
{
    SampleRecorder recorder(1);
    const ConnectionOpening whole{2ms, 100us, 3ms, false};
    const ConnectionOpening resumed{0ns, 200us, 1ms, true}; // nothing was looked up
    Sample one = answered();
    one.opening = &whole;
    recorder.record(one);
    one = sample(Outcome::Error, FailureKind::Status, 500);
    one.opening = &resumed;
    recorder.record(one);
    recorder.record(answered()); // on one of them
    const EncodedOpenings openings = take(recorder).openings;
    QCOMPARE(openings.opened, std::uint64_t(2));
    QCOMPARE(openings.resumed, std::uint64_t(1));
    const HdrHistogram resolve = decodeHistogram(openings[OpeningPart::Resolve]).value();
    QCOMPARE(resolve.count(), std::uint64_t(1));
    QCOMPARE(resolve.max(), Nanoseconds(2ms));
    const HdrHistogram connect = decodeHistogram(openings[OpeningPart::Connect]).value();
    QCOMPARE(connect.count(), std::uint64_t(2));
    QCOMPARE(connect.meanNanoseconds(), 150e3); // 100 and 200 us
    QCOMPARE(decodeHistogram(openings[OpeningPart::Tls])->meanNanoseconds(), 2e6); // 3 and 1 ms
    QVERIFY(take(recorder).openings == EncodedOpenings());
}

void SampleRecorderTest::recordingAllocatesNothing()
{
    SampleRecorder recorder(2);
    const ConnectionOpening opening{2h, 1ns, 20ms, true};
    Sample opened = answered();
    opened.opening = &opening;
    const Sample samples[] = {answered(), opened, sample(Outcome::Rejected, FailureKind::None, 429),
                              sample(Outcome::Error, FailureKind::Status, 500),
                              sample(Outcome::Error, FailureKind::Timeout, 0), answered(2h, 3s)};
    const std::uint64_t before = allocationCount();
    QVERIFY(before > 0); // ours is the one in use
    for (int i = 0; i < 1000; ++i) {
        for (const Sample &one : samples) {
            recorder.recordSend(one.timings.sendLag());
            recorder.record(one);
        }
    }
    QCOMPARE(allocationCount() - before, std::uint64_t(0));
    take(recorder);
    const std::uint64_t between = allocationCount();
    for (const Sample &one : samples)
        recorder.record(one);
    QCOMPARE(allocationCount() - between, std::uint64_t(0));
}

QTEST_GUILESS_MAIN(SampleRecorderTest)
#include "tst_samplerecorder.moc"
