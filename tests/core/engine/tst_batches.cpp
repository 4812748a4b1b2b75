// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogramcodec.h"
#include "tests/core/engine/driverrig.h"

#include <QTest>

using namespace Headroom;

namespace {

Scenario batches(int count, int size, double cap)
{
    Scenario scenario = closedLoad(cap, 0ns);
    scenario.load.batches = Scenario::Batches{count, size, {}, false};
    scenario.load.iterations = std::uint64_t(count) * std::uint64_t(size);
    return scenario;
}

std::vector<int> times(std::size_t count, int time) { return std::vector<int>(count, time); }

} // namespace

class BatchesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startAllOfABatchAtOnce();
    void startTheNextOnlyWhenReleased();
    void planAllIterationsForTheReleaseWhateverTheCap();
    void areSharedByAllWorkers_data();
    void areSharedByAllWorkers();
    void sayWhatTheyCameTo();
    void endWhenAllRequestsFail();
    void waitWhilePausedAndGoOn();
    void everyWorkerKeepsAUserWhenAHandLowersThem();
    void endEarlyWhenStopped();
    void areRepeatable();
};

void BatchesTest::startAllOfABatchAtOnce()
{
    DriverRig rig(batches(2, 10, 10.0), 300ms);
    rig.runUntil(299ms);
    QCOMPARE(rig.sends(), times(10, 0));
    QCOMPARE(rig.batches().size(), 0u);
    rig.runUntil(301ms);
    QCOMPARE(rig.batches().size(), 1u);
    QCOMPARE(rig.transport().mostInFlight(), 10);
}

void BatchesTest::startTheNextOnlyWhenReleased()
{
    DriverRig rig(batches(2, 3, 3.0), 300ms);
    rig.runUntil(2s);
    QCOMPARE(rig.sends(), times(3, 0));
    rig.releaseBatch(1, 2500ms);
    rig.runUntil(3s);
    QCOMPARE(rig.sends(), times(3, 2500));
    QCOMPARE(rig.batches().size(), 2u);
    QCOMPARE(rig.batches()[1].index, 1);
    QCOMPARE(rig.batches()[1].start, 2500ms);
    QVERIFY(!rig.isFinished()); // the end of the load is an order: the last barrier is one too
    rig.drain();
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.iterations().completed, 6u);
}

void BatchesTest::planAllIterationsForTheReleaseWhateverTheCap()
{
    // Five iterations of 100 ms, two at a time: sent at 0, 0, 100, 100 and 200 ms, all of them planned for 0.
    DriverRig rig(batches(1, 5, 2.0), 100ms);
    rig.runUntil(1s);
    QCOMPARE(rig.sends(), (std::vector<int>{0, 0, 100, 100, 200}));
    QCOMPARE(rig.planned(0), 5u);
    QCOMPARE(rig.transport().mostInFlight(), 2);
    const auto responses = decodeHistogram(rig.batches().at(0).responseTimes);
    QVERIFY(responses);
    QCOMPARE(responses->max(), 300ms); // the last one waited 200 ms
    QCOMPARE(rig.batches()[0].end, 300ms);
}

void BatchesTest::areSharedByAllWorkers_data()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("one") << 1;
    QTest::newRow("as many as divide") << 5;
    QTest::newRow("a number that does not divide") << 3;
    QTest::newRow("one each") << 10;
}

void BatchesTest::areSharedByAllWorkers()
{
    QFETCH(int, workers);
    DriverRig rig(batches(2, 10, 10.0), 50ms, workers);
    rig.runUntil(500ms);
    QCOMPARE(rig.batches().size(), 1u);
    QCOMPARE(rig.batches()[0].completed, 10u);
    rig.releaseBatch(1, 600ms);
    rig.runUntil(700ms);
    QCOMPARE(rig.batches().size(), 2u);
    QCOMPARE(rig.batches()[1].completed, 10u);
    QCOMPARE(rig.sends().size(), 20u);
}

void BatchesTest::sayWhatTheyCameTo()
{
    DriverRig rig(batches(1, 4, 4.0), 120ms, 2);
    rig.runUntil(1s);
    QCOMPARE(rig.batches().size(), 1u);
    const BatchResult &batch = rig.batches()[0];
    QCOMPARE(batch.start, 0ns);
    QCOMPARE(batch.end, 120ms);
    QCOMPARE(batch.length(), 120ms);
    QCOMPARE(batch.iterations, 4u);
    QCOMPARE(batch.completed, 4u);
    QCOMPARE(batch.requests, 4u);
    QCOMPARE(batch.errors, 0u);
    QCOMPARE(decodeHistogram(batch.responseTimes)->count(), 4u);
}

void BatchesTest::endWhenAllRequestsFail()
{
    Scenario scenario = batches(2, 3, 3.0);
    scenario.flows[0].steps[0].expect = {{500, 599}}; // what the rig answers, 200, is an error then
    DriverRig rig(scenario, 40ms);
    rig.runUntil(100ms);
    QCOMPARE(rig.batches().size(), 1u);
    QCOMPARE(rig.batches()[0].errors, 3u);
    QCOMPARE(rig.batches()[0].completed, 3u);
    QVERIFY(rig.batches()[0].responseTimes.isEmpty());
    rig.releaseBatch(1, 200ms);
    rig.runUntil(300ms);
    QCOMPARE(rig.batches().size(), 2u);
}

void BatchesTest::waitWhilePausedAndGoOn()
{
    DriverRig rig(batches(2, 3, 3.0), 100ms);
    rig.runUntil(200ms);
    rig.sends();
    rig.steer(250ms, {.value = 0.0});
    rig.releaseBatch(1, 300ms);
    rig.runUntil(2s);
    QCOMPARE(rig.sends(), std::vector<int>{});
    rig.steer(2500ms, {});
    rig.runUntil(3s);
    QCOMPARE(rig.sends(), times(3, 2500));
    QCOMPARE(rig.batches().size(), 2u);
    QCOMPARE(rig.batches()[1].start, 300ms);
}

void BatchesTest::everyWorkerKeepsAUserWhenAHandLowersThem()
{
    // Four workers have two places each of a batch of eight; with one user by hand each still walks its own.
    DriverRig rig(batches(1, 8, 8.0), 100ms, 4);
    rig.steer(0ms, {.value = 1.0});
    rig.runUntil(1s);
    QCOMPARE(rig.batches().size(), 1u);
    QCOMPARE(rig.batches()[0].completed, 8u);
}

void BatchesTest::endEarlyWhenStopped()
{
    // Two at a time of 100 ms: at 150 ms two are done, two under way and two have not begun.
    DriverRig rig(batches(3, 6, 2.0), 100ms);
    rig.runUntil(150ms);
    rig.drain();
    rig.runUntil(1s);
    QVERIFY(rig.isFinished());
    QCOMPARE(rig.batches().size(), 1u);
    QCOMPARE(rig.batches()[0].iterations, 4u);
    QCOMPARE(rig.batches()[0].completed, 4u);
}

void BatchesTest::areRepeatable()
{
    // The content of an iteration is that of its place and batch, on whichever worker.
    const auto contents = [](int workers) {
        const auto plan = *compilePlan(batches(2, 4, 4.0), QUrl(QStringLiteral("http://127.0.0.1:1")), 7);
        std::vector<std::uint64_t> all;
        for (int worker = 0; worker < workers; ++worker) {
            BatchPacer pacer(plan, worker, workers, SteadyTime());
            for (int batch = 0; batch < 2; ++batch) {
                pacer.release(batch, SteadyTime());
                while (pacer.nextPlanned())
                    all.push_back(pacer.take().content);
            }
        }
        std::ranges::sort(all);
        return all;
    };
    QCOMPARE(contents(1), contents(3));
    const auto all = contents(1);
    QVERIFY(std::ranges::adjacent_find(all) == all.end());
}

QTEST_GUILESS_MAIN(BatchesTest)
#include "tst_batches.moc"
