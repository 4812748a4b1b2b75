// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frameassembler.h"
#include "core/stats/histogramcodec.h"
#include "core/stats/observationrecorder.h"

#include <QTest>

using namespace Headroom;

namespace {

using Kind = ObservationRecorder::Kind;

RunFactsPtr observingFacts(int workers)
{
    RunFacts facts;
    facts.workers = workers;
    facts.isOpenModel = true;
    facts.stages = {{QStringLiteral("load"), 0s, 10s, 1.0, 1.0, false}};
    facts.plannedLength = 10s;
    facts.observations = {{QStringLiteral("cache"), RunFacts::Observation::Kind::Hit, {}},
                          {QStringLiteral("db"), RunFacts::Observation::Kind::Part, QStringLiteral("ms")}};
    return std::make_shared<const RunFacts>(std::move(facts));
}

/// A worker's second with as many hits and these values.
IntervalSnapshotPtr snapshot(int worker, int hits, const std::vector<double> &values)
{
    ObservationRecorder recorder({Kind::Hits, Kind::Values});
    for (int i = 0; i < hits; ++i)
        recorder.recordHit(0, true);
    recorder.recordHit(0, false);
    for (const double value : values)
        recorder.recordValue(1, value);
    recorder.recordMissing(1);
    auto made = std::make_shared<IntervalSnapshot>();
    made->worker = worker;
    made->length = 1s;
    made->observations = recorder.takeInterval();
    return made;
}

} // namespace

class ObservationMergeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUpTheWorkers();
    void leavesOutWhoSawNothing();
    void fillsUpForSnapshotsWithout();
};

void ObservationMergeTest::addsUpTheWorkers()
{
    FrameAssembler assembler(observingFacts(2));
    QVERIFY(assembler.add(snapshot(1, 2, {5.0})).empty());
    const auto frames = assembler.add(snapshot(0, 3, {1.0, 4.0}));
    QCOMPARE(frames.size(), 1u);
    const std::vector<ObservationCounts> &observations = frames[0]->observations;
    QCOMPARE(observations.size(), 2u);
    // 2 of 3 and 3 of 4.
    QCOMPARE(observations[0], (ObservationCounts{.count = 7, .hits = 5}));
    // 5 and 1 + 4; each worker missed one.
    QCOMPARE(observations[1].count, 3u);
    QCOMPARE(observations[1].missing, 2u);
    QCOMPARE(observations[1].sum, 10.0);
    QCOMPARE(observations[1].min, 1.0);
    QCOMPARE(observations[1].max, 5.0);
    const auto histogram = decodeHistogram(observations[1].histogram);
    QVERIFY(histogram);
    QCOMPARE(histogram->count(), 3u);
    QCOMPARE(histogram->valueAtQuantile(0.5), Nanoseconds(4001us)); // of the bucket of 4 ms, the highest
}

void ObservationMergeTest::leavesOutWhoSawNothing()
{
    // Its min and max of 0 are none.
    FrameAssembler assembler(observingFacts(2));
    assembler.add(snapshot(0, 0, {}));
    const auto frames = assembler.add(snapshot(1, 0, {7.0}));
    QCOMPARE(frames.at(0)->observations[1].min, 7.0);
    QCOMPARE(frames.at(0)->observations[1].max, 7.0);
}

void ObservationMergeTest::fillsUpForSnapshotsWithout()
{
    FrameAssembler assembler(observingFacts(1));
    auto empty = std::make_shared<IntervalSnapshot>();
    empty->length = 1s;
    const auto frames = assembler.add(empty);
    QCOMPARE(frames.at(0)->observations, (std::vector<ObservationCounts>{{}, {}}));
}

QTEST_GUILESS_MAIN(ObservationMergeTest)
#include "tst_observationmerge.moc"
