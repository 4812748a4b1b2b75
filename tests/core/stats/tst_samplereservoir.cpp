// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/samplereservoir.h"
#include "tests/support/allocationcount.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Headroom;

namespace {

constexpr SteadyTime kStart{1h};

/// Planned `number` ms after the start, sent at once, finished 1 ms later.
Sample numbered(int number, Outcome outcome = Outcome::Answered)
{
    const SteadyTime planned = kStart + number * 1ms;
    return {.step = StepIndex{0},
            .timings = {.planned = planned, .sent = planned, .firstByte = planned + 1ms, .finished = planned + 1ms},
            .outcome = outcome,
            .failure = outcome == Outcome::Error ? FailureKind::Status : FailureKind::None,
            .status = 200};
}

SampleReservoir reservoir(SampleKeeping keeping, std::uint64_t seed = 1, int worker = 0)
{
    return SampleReservoir({.keeping = keeping, .seed = seed, .worker = worker, .start = kStart});
}

SampleReservoir sharing(const SampleReservoir::KeptByAll &kept)
{
    return SampleReservoir({.keeping = SampleKeeping::All, .start = kStart, .kept = kept});
}

void add(SampleReservoir &to, int count)
{
    for (int i = 0; i < count; ++i)
        to.add(numbered(i));
}

/// Which of them were kept, in order.
std::vector<int> numbersOf(const std::shared_ptr<const SecondSamples> &samples)
{
    std::vector<int> numbers;
    for (const RawSample &sample : samples->kept)
        numbers.push_back(int(sample.planned / 1ms));
    return numbers;
}

using Part = std::shared_ptr<const SecondSamples>;

/// A worker's second: `kept` of so many candidates, numbered from `first` on.
Part part(int first, int kept, std::uint64_t candidates, int second = 0)
{
    auto made = std::make_shared<SecondSamples>(SecondSamples{second, candidates, {}});
    for (int i = 0; i < kept; ++i)
        made->kept.push_back(rawSampleOf(numbered(first + i), kStart));
    return made;
}

} // namespace

class SampleReservoirTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsARequestWithAllOfItsTimes();
    void keepsWhatIsToBeKept_data();
    void keepsWhatIsToBeKept();
    void hasNothingOfASecondWithoutRequests();
    void samplesAHundredOfEachSecond();
    void everyRequestOfASecondIsAsLikely();
    void samplesTheSameForTheSameSeedAndWorker();
    void samplesOnceAllWorkersHaveKeptAMillion();
    void boundsASecond();
    void addingAllocatesNothing();
    void mergesWholeSecondsWorkerByWorker();
    void givesAnOnlyWholeSecondAsItIs();
    void drawsFromEachWorkerByItsCandidates();
    void keepsNoMoreThanAsked();
    void keepsTheOrderInWhichRequestsFinished();
};

void SampleReservoirTest::keepsARequestWithAllOfItsTimes()
{
    SampleReservoir samples = reservoir(SampleKeeping::All);
    samples.add({.step = StepIndex{3},
                 .timings = {.planned = kStart + 5s,
                             .sent = kStart + 5s + 2ms,
                             .firstByte = kStart + 5s + 12ms,
                             .finished = kStart + 5s + 15ms},
                 .outcome = Outcome::Error,
                 .failure = FailureKind::Status,
                 .status = 500,
                 .resends = 1,
                 .bytesIn = 70,
                 .bytesOut = 7});
    const Part taken = samples.takeSecond(5);
    QCOMPARE(taken->second, 5);
    QCOMPARE(taken->candidates, 1u);
    QVERIFY(taken->isWhole());
    QCOMPARE(taken->kept,
             (std::vector<RawSample>{{.planned = 5s,
                                      .sent = 2ms,
                                      .firstByte = 10ms,
                                      .finished = 13ms,
                                      .bytesIn = 70,
                                      .bytesOut = 7,
                                      .step = StepIndex{3},
                                      .status = 500,
                                      .resends = 1,
                                      .outcome = Outcome::Error,
                                      .failure = FailureKind::Status}}));
    QCOMPARE(taken->kept[0].responseTime(), 15ms);
}

void SampleReservoirTest::keepsWhatIsToBeKept_data()
{
    QTest::addColumn<SampleKeeping>("keeping");
    QTest::addColumn<std::vector<int>>("kept");
    // 0 answered, 1 rejected, 2 an error, 3 answered
    QTest::newRow("all") << SampleKeeping::All << std::vector<int>{0, 1, 2, 3};
    QTest::newRow("errors, and rejections") << SampleKeeping::Errors << std::vector<int>{1, 2};
    QTest::newRow("sample of few") << SampleKeeping::Sample << std::vector<int>{0, 1, 2, 3};
    QTest::newRow("off") << SampleKeeping::Off << std::vector<int>{};
}

void SampleReservoirTest::keepsWhatIsToBeKept()
{
    QFETCH(SampleKeeping, keeping);
    QFETCH(std::vector<int>, kept);
    SampleReservoir samples = reservoir(keeping);
    samples.add(numbered(0));
    samples.add(numbered(1, Outcome::Rejected));
    samples.add(numbered(2, Outcome::Error));
    samples.add(numbered(3));
    const Part taken = samples.takeSecond(0);
    QCOMPARE(taken == nullptr, kept.empty());
    if (!taken)
        return;
    QCOMPARE(numbersOf(taken), kept);
    QCOMPARE(taken->candidates, kept.size()); // those that are not to be kept are no candidates
}

void SampleReservoirTest::hasNothingOfASecondWithoutRequests()
{
    SampleReservoir samples = reservoir(SampleKeeping::All);
    QVERIFY(!samples.takeSecond(0));
    add(samples, 2);
    QCOMPARE(samples.takeSecond(1)->kept.size(), 2u);
    QVERIFY(!samples.takeSecond(2)); // each second begins anew
}

void SampleReservoirTest::samplesAHundredOfEachSecond()
{
    SampleReservoir samples = reservoir(SampleKeeping::Sample);
    for (int second = 0; second < 3; ++second) {
        add(samples, 1000);
        const Part taken = samples.takeSecond(second);
        QCOMPARE(taken->candidates, 1000u);
        std::vector<int> kept = numbersOf(taken);
        QCOMPARE(kept.size(), 100u);
        std::ranges::sort(kept);
        QVERIFY(std::ranges::adjacent_find(kept) == kept.end()); // none of them twice
        QVERIFY(kept.back() < 1000);
    }
}

void SampleReservoirTest::everyRequestOfASecondIsAsLikely()
{
    // 100 of 200 in each of 1,000 seconds: every place is kept 500 times, give or take sqrt(1000 / 4) = 16.
    SampleReservoir samples = reservoir(SampleKeeping::Sample);
    std::vector<int> times(200, 0);
    for (int second = 0; second < 1000; ++second) {
        add(samples, 200);
        for (const int number : numbersOf(samples.takeSecond(second)))
            ++times[std::size_t(number)];
    }
    const auto [least, most] = std::ranges::minmax(times);
    QCOMPARE_GT(least, 420); // five of these deviations
    QCOMPARE_LT(most, 580);
}

void SampleReservoirTest::samplesTheSameForTheSameSeedAndWorker()
{
    const auto sampled = [](std::uint64_t seed, int worker, int secondsBefore = 0) {
        SampleReservoir samples = reservoir(SampleKeeping::Sample, seed, worker);
        for (int second = 7 - secondsBefore; second < 7; ++second) {
            add(samples, 300 + second);
            samples.takeSecond(second);
        }
        add(samples, 500);
        return numbersOf(samples.takeSecond(7));
    };
    QCOMPARE(sampled(1, 0), sampled(1, 0));
    QCOMPARE(sampled(1, 0, 1), sampled(1, 0, 5)); // whatever was long before
    QVERIFY(sampled(1, 0) != sampled(2, 0));
    QVERIFY(sampled(1, 0) != sampled(1, 1));
}

void SampleReservoirTest::samplesOnceAllWorkersHaveKeptAMillion()
{
    const auto kept = std::make_shared<std::atomic<std::uint64_t>>(kWholeSamples - 500);
    SampleReservoir first = sharing(kept);
    SampleReservoir second = sharing(kept);
    add(first, 300);
    add(second, 300);
    QVERIFY(first.takeSecond(0)->isWhole());
    QVERIFY(second.takeSecond(0)->isWhole()); // none is left out of the second in which the million is reached
    QCOMPARE(kept->load(), kWholeSamples + 100);
    add(second, 300);
    QCOMPARE(second.takeSecond(1)->kept.size(), 100u);
    add(first, 300); // it has not heard of the million yet
    QVERIFY(first.takeSecond(1)->isWhole());
    QVERIFY(!first.takeSecond(2));
    add(first, 300);
    QCOMPARE(first.takeSecond(3)->kept.size(), 100u);
    SampleReservoir late = sharing(std::make_shared<std::atomic<std::uint64_t>>(kWholeSamples));
    add(late, 300);
    QCOMPARE(late.takeSecond(4)->kept.size(), 100u); // exactly a million are enough
}

void SampleReservoirTest::boundsASecond()
{
    constexpr int kMost = int(SampleReservoir::kMostInSecond);
    SampleReservoir samples = reservoir(SampleKeeping::All);
    add(samples, kMost);
    QVERIFY(samples.takeSecond(0)->isWhole());
    add(samples, kMost + 1000);
    const Part taken = samples.takeSecond(1);
    QCOMPARE(taken->candidates, std::uint64_t(kMost + 1000));
    QCOMPARE(taken->kept.size(), std::size_t(kMost));
}

void SampleReservoirTest::addingAllocatesNothing()
{
    for (const SampleKeeping keeping :
         {SampleKeeping::All, SampleKeeping::Errors, SampleKeeping::Sample, SampleKeeping::Off}) {
        SampleReservoir samples = reservoir(keeping);
        for (int second = 0; second < 2; ++second) {
            const std::uint64_t before = allocationCount();
            QVERIFY(before > 0); // ours is the one in use
            add(samples, 70'000); // more than there is room for
            samples.add(numbered(1, Outcome::Error));
            QCOMPARE(allocationCount() - before, std::uint64_t(0));
            samples.takeSecond(second);
        }
    }
}

void SampleReservoirTest::mergesWholeSecondsWorkerByWorker()
{
    const Part merged = mergeSamples({part(10, 2, 2), part(0, 3, 3)}, 0, 1);
    QCOMPARE(numbersOf(merged), (std::vector<int>{10, 11, 0, 1, 2}));
    QCOMPARE(merged->candidates, 5u);
    QVERIFY(!mergeSamples({}, 0, 1));
}

void SampleReservoirTest::givesAnOnlyWholeSecondAsItIs()
{
    const Part only = part(0, 2, 2, 4);
    QCOMPARE(mergeSamples({only}, 4, 1).get(), only.get());
    const Part late = mergeSamples({only}, 5, 1); // counted in a later frame
    QCOMPARE(late->second, 5);
    QCOMPARE(late->kept, only->kept);
}

void SampleReservoirTest::drawsFromEachWorkerByItsCandidates()
{
    // A second of 4,000 requests: three quarters are the second worker's, which kept no more of them than the first.
    std::size_t ofSecond = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const Part merged = mergeSamples({part(0, 100, 1000), part(1000, 100, 3000)}, 0, seed);
        QCOMPARE(merged->kept.size(), 100u);
        QCOMPARE(merged->candidates, 4000u);
        ofSecond += std::size_t(std::ranges::count_if(numbersOf(merged), [](int number) { return number >= 1000; }));
    }
    // Of 40,000 draws 30,000, give or take sqrt(40,000 * 0.75 * 0.25) = 87.
    QCOMPARE_GT(ofSecond, 29'565u); // five of these
    QCOMPARE_LT(ofSecond, 30'435u);
    // One that has kept all of its few gives at most those.
    const Part few = mergeSamples({part(0, 10, 10), part(1000, 100, 990)}, 0, 1);
    QCOMPARE(few->kept.size(), 100u);
    QCOMPARE_LE(std::ranges::count_if(numbersOf(few), [](int number) { return number < 1000; }), 10);
    // What was drawn is not drawn again: all but one of 120 are found.
    QCOMPARE(mergeSamples({part(0, 60, 60), part(1000, 60, 60)}, 0, 1, 119)->kept.size(), 119u);
}

void SampleReservoirTest::keepsNoMoreThanAsked()
{
    const Part merged = mergeSamples({part(0, 80, 80), part(1000, 80, 80)}, 0, 1, 100);
    QCOMPARE(merged->kept.size(), 100u);
    QCOMPARE(merged->candidates, 160u);
    QVERIFY(mergeSamples({part(0, 50, 50), part(1000, 50, 50)}, 0, 1, 100)->isWhole());
    const Part most = part(0, 100, 100);
    QCOMPARE(mergeSamples({most}, 0, 1, 100).get(), most.get());
}

void SampleReservoirTest::keepsTheOrderInWhichRequestsFinished()
{
    SampleReservoir samples = reservoir(SampleKeeping::Sample);
    add(samples, 1000);
    const Part taken = samples.takeSecond(0);
    QVERIFY(!std::ranges::is_sorted(numbersOf(taken))); // a later one stands where an earlier one was
    const Part merged = mergeSamples({taken}, 0, 1);
    QVERIFY(std::ranges::is_sorted(numbersOf(merged)));
    QVERIFY(std::ranges::is_permutation(numbersOf(merged), numbersOf(taken)));
}

QTEST_GUILESS_MAIN(SampleReservoirTest)
#include "tst_samplereservoir.moc"
