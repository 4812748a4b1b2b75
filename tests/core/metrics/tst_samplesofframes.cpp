// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frameassembler.h"
#include "tests/support/framebuilder.h"

#include <QTest>

using namespace Headroom;

namespace {

RunFactsPtr factsFor(int workers, SampleKeeping keeping = SampleKeeping::All)
{
    RunFacts facts = exampleFacts();
    facts.workers = workers;
    facts.sampleKeeping = keeping;
    return std::make_shared<RunFacts>(std::move(facts));
}

RawSample sampleAt(Nanoseconds planned, Nanoseconds response = 5ms, int step = 0)
{
    RawSample sample;
    sample.planned = planned;
    sample.firstByte = sample.finished = response;
    sample.step = StepIndex{step};
    return sample;
}

IntervalSnapshot snapshotOf(int worker, int second)
{
    IntervalSnapshot snapshot;
    snapshot.worker = worker;
    snapshot.second = second;
    snapshot.length = 1s;
    snapshot.steps.resize(3);
    snapshot.flows.resize(1);
    return snapshot;
}

/// So many requests that finished in a second, all kept, planned from `first` ms on.
IntervalSnapshotPtr keeping(int worker, int second, int count, int first = 0)
{
    IntervalSnapshot snapshot = snapshotOf(worker, second);
    auto samples = std::make_shared<SecondSamples>(SecondSamples{second, std::uint64_t(count), {}});
    for (int i = 0; i < count; ++i)
        samples->kept.push_back(sampleAt((first + i) * Nanoseconds(1ms)));
    snapshot.samples = samples;
    return std::make_shared<IntervalSnapshot>(std::move(snapshot));
}

IntervalSnapshotPtr slow(int worker, const std::vector<std::pair<int, Nanoseconds>> &stepsAndTimes)
{
    IntervalSnapshot snapshot = snapshotOf(worker, 0);
    for (const auto &[step, time] : stepsAndTimes) {
        Exemplar exemplar;
        exemplar.sample = sampleAt(0ns, time, step);
        exemplar.url = QString::number(worker);
        snapshot.exemplars.push_back(exemplar);
    }
    return std::make_shared<IntervalSnapshot>(std::move(snapshot));
}

/// "step:ms of worker"
QString told(const MetricsFrame &frame)
{
    QStringList words;
    for (const Exemplar &one : frame.exemplars)
        words.append(
            QStringLiteral("%1:%2 of %3").arg(one.sample.step.value).arg(one.sample.responseTime() / 1ms).arg(one.url));
    return words.join(QStringLiteral(", "));
}

} // namespace

/// What is kept of single requests, on its way from the workers to the frames and beside them.
class SamplesOfFramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putsTheSamplesOfAllWorkersTogether();
    void givesThemOnce();
    void losesNothingOfALateSnapshot();
    void samplesOverAllWorkers();
    void keepsAMillionWholeAndThenSamples();
    void doesNotDependOnTheOrderOfArrival();
    void ordersTheSlowestByStepAndTime();
    void tellsOfAStepNoMoreThanOneWorkerWould();
};

void SamplesOfFramesTest::putsTheSamplesOfAllWorkersTogether()
{
    FrameAssembler assembler(factsFor(2));
    assembler.add(keeping(1, 0, 2, 100));
    QCOMPARE(assembler.add(keeping(0, 0, 1)).size(), 1u);
    const auto samples = assembler.takeSamples(0);
    QVERIFY(samples);
    QCOMPARE(samples->second, 0);
    QCOMPARE(samples->candidates, 3u);
    QCOMPARE(samples->kept,
             (std::vector<RawSample>{sampleAt(0ms), sampleAt(100ms), sampleAt(101ms)})); // worker 0 first
}

void SamplesOfFramesTest::givesThemOnce()
{
    FrameAssembler assembler(factsFor(1));
    assembler.add(keeping(0, 0, 2));
    assembler.add(std::make_shared<IntervalSnapshot>(snapshotOf(0, 1)));
    QVERIFY(assembler.takeSamples(0));
    QVERIFY(!assembler.takeSamples(0));
    QVERIFY(!assembler.takeSamples(1)); // nothing finished in it
    QVERIFY(!assembler.takeSamples(2)); // not yet
}

void SamplesOfFramesTest::losesNothingOfALateSnapshot()
{
    FrameAssembler assembler(factsFor(1));
    assembler.add(keeping(0, 0, 1));
    assembler.add(keeping(0, 0, 1, 500)); // second 0 once more: its frame is out
    QVERIFY(assembler.takeSamples(0)->isWhole());
    assembler.add(keeping(0, 1, 1, 1000));
    const auto samples = assembler.takeSamples(1);
    QCOMPARE(samples->second, 1); // where it is counted, it is kept
    QCOMPARE(samples->kept, (std::vector<RawSample>{sampleAt(500ms), sampleAt(1000ms)}));
}

void SamplesOfFramesTest::samplesOverAllWorkers()
{
    // Each of three workers may have kept all of its few; together they are too many.
    FrameAssembler assembler(factsFor(3, SampleKeeping::Sample));
    for (int worker = 0; worker < 3; ++worker)
        assembler.add(keeping(worker, 0, 60, 100 * worker));
    const auto samples = assembler.takeSamples(0);
    QCOMPARE(samples->candidates, 180u);
    QCOMPARE(samples->kept.size(), std::size_t(kSampledPerSecond));
}

void SamplesOfFramesTest::keepsAMillionWholeAndThenSamples()
{
    FrameAssembler assembler(factsFor(1));
    for (int second = 0; second < 10; ++second) {
        assembler.add(keeping(0, second, 100'000));
        QVERIFY(assembler.takeSamples(second)->isWhole());
    }
    assembler.add(keeping(0, 10, 1000)); // the worker has not heard of the million yet
    QCOMPARE(assembler.takeSamples(10)->kept.size(), std::size_t(kSampledPerSecond));
}

void SamplesOfFramesTest::doesNotDependOnTheOrderOfArrival()
{
    std::vector<RawSample> kept[2];
    for (const int first : {0, 1}) {
        FrameAssembler assembler(factsFor(2, SampleKeeping::Sample));
        assembler.add(keeping(first, 0, 90, 100 * first));
        assembler.add(keeping(1 - first, 0, 90, 100 * (1 - first)));
        kept[first] = assembler.takeSamples(0)->kept;
    }
    QCOMPARE(kept[0].size(), std::size_t(kSampledPerSecond));
    QCOMPARE(kept[0], kept[1]);
}

void SamplesOfFramesTest::ordersTheSlowestByStepAndTime()
{
    FrameAssembler assembler(factsFor(2));
    assembler.add(slow(1, {{0, 7ms}, {0, 5ms}, {2, 9ms}}));
    const auto frames = assembler.add(slow(0, {{0, 6ms}, {0, 5ms}, {1, 3ms}}));
    QCOMPARE(told(*frames.at(0)), QStringLiteral("0:7 of 1, 0:6 of 0, 0:5 of 0, 0:5 of 1, 1:3 of 0, 2:9 of 1"));
}

void SamplesOfFramesTest::tellsOfAStepNoMoreThanOneWorkerWould()
{
    FrameAssembler assembler(factsFor(2));
    assembler.add(slow(0, {{0, 20ms}, {0, 18ms}, {0, 16ms}, {0, 14ms}, {0, 12ms}, {0, 10ms}, {1, 1ms}}));
    const auto frames = assembler.add(slow(1, {{0, 19ms}, {0, 17ms}, {0, 15ms}, {0, 13ms}, {0, 11ms}, {0, 9ms}}));
    // 20 to 9 ms of step 0 are twelve; the two fastest of them are left out.
    QCOMPARE(told(*frames.at(0)),
             QStringLiteral("0:20 of 0, 0:19 of 1, 0:18 of 0, 0:17 of 1, 0:16 of 0, 0:15 of 1, 0:14 of 0, 0:13 of 1, "
                            "0:12 of 0, 0:11 of 1, 1:1 of 0"));
}

QTEST_GUILESS_MAIN(SamplesOfFramesTest)
#include "tst_samplesofframes.moc"
