// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"
#include "core/stats/observationrecorder.h"
#include "core/stats/observationsum.h"
#include "tests/support/allocationcount.h"

#include <QTest>

#include <limits>

using namespace Headroom;

namespace {

using Kind = ObservationRecorder::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

} // namespace

class ObservationRecorderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsHits();
    void sumsValues();
    void keepsValuesBelowZeroOutOfTheHistogram();
    void takesNoMeasureForMissing();
    void beginsAnewWithEachInterval();
    void allocatesNothingPerRecord();
    void addsUpSeconds();
    void findsPercentilesAboveNegativeValues();
    void marksPercentilesOfFewValues();
    void hasNoValueOfNothing();
    void refusesADamagedHistogram();
};

void ObservationRecorderTest::countsHits()
{
    ObservationRecorder recorder({Kind::Hits});
    recorder.recordHit(0, true);
    recorder.recordHit(0, false);
    recorder.recordHit(0, true);
    recorder.recordMissing(0);
    const ObservationCounts counts = recorder.takeInterval().front();
    QCOMPARE(counts, (ObservationCounts{.count = 3, .missing = 1, .hits = 2}));
}

void ObservationRecorderTest::sumsValues()
{
    // 4 + 1.5 + 6.5 = 12; in the histogram each is as many ms.
    ObservationRecorder recorder({Kind::Values});
    for (const double value : {4.0, 1.5, 6.5})
        recorder.recordValue(0, value);
    const ObservationCounts counts = recorder.takeInterval().front();
    QCOMPARE(counts.count, 3u);
    QCOMPARE(counts.sum, 12.0);
    QCOMPARE(counts.min, 1.5);
    QCOMPARE(counts.max, 6.5);
    const auto histogram = decodeHistogram(counts.histogram);
    QVERIFY(histogram);
    QCOMPARE(histogram->count(), 3u);
    QCOMPARE(histogram->min(), 1500us);
    QCOMPARE(histogram->max(), 6500us);
}

void ObservationRecorderTest::keepsValuesBelowZeroOutOfTheHistogram()
{
    ObservationRecorder recorder({Kind::Values});
    recorder.recordValue(0, -2.0);
    recorder.recordValue(0, 5.0);
    const ObservationCounts counts = recorder.takeInterval().front();
    QCOMPARE(counts.count, 2u);
    QCOMPARE(counts.min, -2.0);
    QCOMPARE(counts.sum, 3.0);
    QCOMPARE(decodeHistogram(counts.histogram)->count(), 1u);
}

void ObservationRecorderTest::takesNoMeasureForMissing()
{
    ObservationRecorder recorder({Kind::Values});
    for (const double value : {kNoNumber, kInfinity, -kInfinity, 1.1e15, -1.1e15})
        recorder.recordValue(0, value);
    recorder.recordValue(0, 1e15); // the highest that counts; the histogram clamps it
    const ObservationCounts counts = recorder.takeInterval().front();
    QCOMPARE(counts.missing, 5u);
    QCOMPARE(counts.count, 1u);
    QCOMPARE(counts.max, 1e15);
    QCOMPARE(decodeHistogram(counts.histogram)->clamped(), 1u);
}

void ObservationRecorderTest::beginsAnewWithEachInterval()
{
    ObservationRecorder recorder({Kind::Values, Kind::Hits});
    recorder.recordValue(0, 7.0);
    recorder.recordHit(1, true);
    recorder.takeInterval();
    QCOMPARE(recorder.takeInterval(), (std::vector<ObservationCounts>{{}, {}}));
    recorder.recordValue(0, 3.0);
    QCOMPARE(recorder.takeInterval().front().max, 3.0);
}

void ObservationRecorderTest::allocatesNothingPerRecord()
{
    ObservationRecorder recorder({Kind::Values, Kind::Hits});
    const auto before = allocationCount();
    for (int i = 0; i < 1000; ++i) {
        recorder.recordValue(0, i);
        recorder.recordHit(1, i % 2 == 0);
        recorder.recordMissing(1);
    }
    QCOMPARE(allocationCount(), before);
}

void ObservationRecorderTest::addsUpSeconds()
{
    ObservationRecorder recorder({Kind::Values, Kind::Hits});
    ObservationSum values(ObservationSum::Keeps::Values);
    ObservationSum hits(ObservationSum::Keeps::Hits);
    for (int second = 0; second < 2; ++second) {
        // 10, 20 and then 30, 40: the mean is 25, the median 20.
        recorder.recordValue(0, second * 20 + 10);
        recorder.recordValue(0, second * 20 + 20);
        recorder.recordHit(1, second == 0);
        const auto counts = recorder.takeInterval();
        QVERIFY(values.add(second, counts[0]));
        QVERIFY(hits.add(second, counts[1]));
    }
    QCOMPARE(values.mean(), std::optional(25.0));
    QCOMPARE(values.quantile(0.5), std::optional(20.015)); // of the histogram's bucket, the highest
    QCOMPARE(values.min(), std::optional(10.0));
    QCOMPARE(values.max(), std::optional(40.0));
    QCOMPARE(hits.hitRate(), std::optional(0.5));
    // Wilson, 1 of 2: 0.0945 to 0.9055.
    QVERIFY(qAbs(*hits.hitRateInterval().low - 0.0945) < 0.0001);
    QVERIFY(qAbs(*hits.hitRateInterval().high - 0.9055) < 0.0001);
}

void ObservationRecorderTest::findsPercentilesAboveNegativeValues()
{
    // -3, -2, -1, 4: the median is the 2nd, which no histogram has; p99 is the 4th.
    ObservationRecorder recorder({Kind::Values});
    for (const double value : {-3.0, 4.0, -1.0, -2.0})
        recorder.recordValue(0, value);
    ObservationSum sum(ObservationSum::Keeps::Values);
    QVERIFY(sum.add(0, recorder.takeInterval().front()));
    QVERIFY(!sum.quantile(0.5));
    QCOMPARE(sum.quantile(0.99), std::optional(4.0));
    QCOMPARE(sum.min(), std::optional(-3.0));
    QVERIFY(!sum.quantileInterval(0.99).low && !sum.quantileInterval(0.99).high);
}

void ObservationRecorderTest::marksPercentilesOfFewValues()
{
    // The interval of p99 is closed from 368 values on.
    ObservationRecorder recorder({Kind::Values});
    ObservationSum sum(ObservationSum::Keeps::Values);
    for (int i = 0; i < 367; ++i)
        recorder.recordValue(0, 8.0);
    QVERIFY(sum.add(0, recorder.takeInterval().front()));
    QVERIFY(!sum.quantileInterval(0.99).high);
    recorder.recordValue(0, 8.0);
    QVERIFY(sum.add(1, recorder.takeInterval().front()));
    QVERIFY(sum.quantileInterval(0.99).high.has_value());
}

void ObservationRecorderTest::hasNoValueOfNothing()
{
    ObservationSum sum(ObservationSum::Keeps::Values);
    QVERIFY(sum.add(0, ObservationCounts{.missing = 3}));
    QVERIFY(!sum.mean() && !sum.quantile(0.5) && !sum.hitRate() && !sum.min() && !sum.max());
    QCOMPARE(sum.counts().missing, 3u);
}

void ObservationRecorderTest::refusesADamagedHistogram()
{
    ObservationSum sum(ObservationSum::Keeps::Values);
    const auto added = sum.add(0, ObservationCounts{.count = 1, .histogram = QByteArrayLiteral("no histogram")});
    QVERIFY(!added);
    QCOMPARE(added.error().code, Error::Code::InvalidInput);
}

QTEST_GUILESS_MAIN(ObservationRecorderTest)
#include "tst_observationrecorder.moc"
