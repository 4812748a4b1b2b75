// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/stats/clusteredshare.h"
#include "core/stats/confidence.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Headroom;

namespace {

double uniform(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) { return unitInterval(randomAt(seed, a, b)); }

/// A run of 240 s at 40 requests/s: in a bad spell every request fails with 0.25, else with 0.01. A good second is
/// followed by a bad one with 0.05, a bad one by a good one with 0.2: a fifth of the seconds are bad, for 5 s each
/// time, and the true share is 0.2 x 0.25 + 0.8 x 0.01 = 0.058.
ClusteredShare badSpells(std::uint64_t seed)
{
    ClusteredShare share;
    bool isBad = uniform(seed, 1'000'000) < 0.2;
    for (int second = 0; second < 240; ++second) {
        std::uint64_t hits = 0;
        for (std::uint64_t i = 0; i < 40; ++i)
            hits += uniform(seed, std::uint64_t(second), i) < (isBad ? 0.25 : 0.01);
        share.add(second, hits, 40);
        isBad = uniform(seed, 2'000'000 + std::uint64_t(second)) < (isBad ? 0.8 : 0.05);
    }
    return share;
}

std::pair<std::uint64_t, std::uint64_t> sumOf(const ClusteredShare &share)
{
    std::pair<std::uint64_t, std::uint64_t> sum;
    for (const ClusterShare &cluster : share.clusters()) {
        sum.first += cluster.hits;
        sum.second += cluster.of;
    }
    return sum;
}

} // namespace

class ClusteredShareTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void independentTrialsAreWorthThemselves();
    void secondsThatAreAllOrNothingAreWorthOneTrialEach();
    void neighboursThatResembleEachOtherCount();
    void secondsThatAlternateAreNeverWorthMore();
    void coversAShareThatComesInSpells();
    void fewSecondsTellNothing();
    void sharesOfNoneOrAllTellNothing();
    void aGapIsNoNeighbour();
    void changesOfTheLoadAreNoChance();
    void aRampIsNoChance();
    void aDayTakesNoMoreThan512Stretches();
    void aSecondThatComesTwiceIsOne();
};

void ClusteredShareTest::independentTrialsAreWorthThemselves()
{
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        ClusteredShare share;
        for (int second = 0; second < 240; ++second) {
            std::uint64_t hits = 0;
            for (std::uint64_t i = 0; i < 40; ++i)
                hits += uniform(seed, std::uint64_t(second), i) < 0.05;
            share.add(second, hits, 40);
        }
        sum += share.effect();
    }
    QVERIFY2(sum / 50.0 < 1.3, qPrintable(QString::number(sum / 50.0)));
}

void ClusteredShareTest::secondsThatAreAllOrNothingAreWorthOneTrialEach()
{
    // Each second's 100 requests fail or succeed together, by a coin: 100 times as uncertain.
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        ClusteredShare share;
        for (int second = 0; second < 200; ++second)
            share.add(second, uniform(seed, std::uint64_t(second)) < 0.5 ? 100 : 0, 100);
        sum += share.effect();
    }
    QVERIFY2(sum / 50.0 > 85.0 && sum / 50.0 < 125.0, qPrintable(QString::number(sum / 50.0)));
}

void ClusteredShareTest::neighboursThatResembleEachOtherCount()
{
    // The same coin for 5 s each: 500 requests together.
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        ClusteredShare share;
        for (int second = 0; second < 500; ++second)
            share.add(second, uniform(seed, std::uint64_t(second) / 5) < 0.5 ? 100 : 0, 100);
        sum += share.effect();
    }
    QVERIFY2(sum / 50.0 > 350.0 && sum / 50.0 < 600.0, qPrintable(QString::number(sum / 50.0)));
}

void ClusteredShareTest::secondsThatAlternateAreNeverWorthMore()
{
    ClusteredShare share;
    for (int second = 0; second < 100; ++second)
        share.add(second, second % 2 == 0 ? 4 : 6, 100); // never off by more than one from 5
    QCOMPARE(share.effect(), 1.0);
}

void ClusteredShareTest::coversAShareThatComesInSpells()
{
    constexpr double kTrue = 0.058;
    constexpr int kRuns = 500;
    int covered = 0;
    int plainlyCovered = 0;
    const auto holds = [](const Interval<double> &interval) {
        return *interval.low <= kTrue && kTrue <= *interval.high;
    };
    for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
        const ClusteredShare share = badSpells(seed);
        const auto [hits, of] = sumOf(share);
        covered += holds(shareInterval(hits, of, share.effect()));
        plainlyCovered += holds(shareInterval(hits, of));
    }
    QVERIFY2(covered >= kRuns * 0.90 && covered <= kRuns * 0.99, qPrintable(QString::number(covered)));
    QVERIFY2(plainlyCovered < kRuns * 0.6, qPrintable(QString::number(plainlyCovered)));
}

void ClusteredShareTest::fewSecondsTellNothing()
{
    ClusteredShare share;
    for (int second = 0; second < 9; ++second)
        share.add(second, second < 5 ? 100 : 0, 100);
    QCOMPARE(share.effect(), 1.0);
    share.add(9, 0, 100);
    QVERIFY(share.effect() > 100.0);
}

void ClusteredShareTest::sharesOfNoneOrAllTellNothing()
{
    ClusteredShare none;
    ClusteredShare all;
    for (int second = 0; second < 100; ++second) {
        none.add(second, 0, 100);
        all.add(second, 100, 100);
    }
    QCOMPARE(none.effect(), 1.0);
    QCOMPARE(all.effect(), 1.0);
    QCOMPARE(ClusteredShare().effect(), 1.0);
}

void ClusteredShareTest::aGapIsNoNeighbour()
{
    // Ten bad and ten good seconds, in two blocks or each with a wide gap to the next: only the blocks are neighbours.
    ClusteredShare blocks;
    ClusteredShare scattered;
    for (int second = 0; second < 20; ++second) {
        blocks.add(second, second < 10 ? 50 : 0, 100);
        scattered.add(second * 100, second < 10 ? 50 : 0, 100);
    }
    QVERIFY(blocks.effect() > 2.0 * scattered.effect());
}

void ClusteredShareTest::changesOfTheLoadAreNoChance()
{
    // A calm minute with 1 % and a minute of overload with 50 %: to be expected of that load, and no sign of spells.
    ClusteredShare share;
    ClusteredShare unaware;
    for (int second = 0; second < 120; ++second) {
        std::uint64_t hits = 0;
        for (std::uint64_t i = 0; i < 40; ++i)
            hits += uniform(1, std::uint64_t(second), i) < (second < 60 ? 0.01 : 0.5);
        share.add(second, hits, 40, {second / 60, false});
        unaware.add(second, hits, 40);
    }
    QVERIFY2(share.effect() < 1.5, qPrintable(QString::number(share.effect())));
    QVERIFY(unaware.effect() > 50.0);
}

void ClusteredShareTest::aRampIsNoChance()
{
    // From 0 to 80 % in four minutes.
    ClusteredShare share;
    for (int second = 0; second < 240; ++second) {
        std::uint64_t hits = 0;
        for (std::uint64_t i = 0; i < 40; ++i)
            hits += uniform(1, std::uint64_t(second), i) < second / 300.0;
        share.add(second, hits, 40, {0, true});
    }
    QVERIFY2(share.effect() < 2.0, qPrintable(QString::number(share.effect())));
}

void ClusteredShareTest::aDayTakesNoMoreThan512Stretches()
{
    ClusteredShare share;
    for (int second = 0; second < 86'400; ++second)
        share.add(second, 1, 10);
    // 86,400 / 256 = 337.5.
    QCOMPARE(share.clusters().size(), 338u);
    QCOMPARE(share.clusters()[0].of, 2560u);
    QCOMPARE(sumOf(share), std::pair(std::uint64_t(86'400), std::uint64_t(864'000)));
}

void ClusteredShareTest::aSecondThatComesTwiceIsOne()
{
    ClusteredShare share;
    share.add(3, 1, 10);
    share.add(3, 2, 10);
    share.add(4, 0, 0);
    QCOMPARE(share.clusters().size(), 1u);
    QCOMPARE(share.clusters()[0].hits, 3u);
}

QTEST_GUILESS_MAIN(ClusteredShareTest)
#include "tst_clusteredshare.moc"
