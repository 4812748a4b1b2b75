// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/thinktime.h"

#include "core/base/random.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Headroom;

namespace {

constexpr int kDraws = 20'000;
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

std::vector<Nanoseconds> drawsOf(const Scenario::ThinkTime &think)
{
    std::vector<Nanoseconds> draws;
    for (int i = 0; i < kDraws; ++i)
        draws.push_back(thinkTimeAt(think, randomAt(3, std::uint64_t(i))));
    return draws;
}

double meanOf(const std::vector<Nanoseconds> &draws)
{
    double sum = 0.0;
    for (const Nanoseconds draw : draws)
        sum += double(draw.count()) / 1e6;
    return sum / double(draws.size());
}

} // namespace

class ThinkTimeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isConstantBetweenEqualEnds();
    void isUniformBetweenItsEnds();
    void isExponentialAroundAMean();
    void isCutAtItsLongest();
};

void ThinkTimeTest::isConstantBetweenEqualEnds()
{
    for (const std::uint64_t random : {std::uint64_t(0), std::uint64_t(12345), kLargest})
        QCOMPARE(thinkTimeAt({200ms, 200ms}, random), 200ms);
    QCOMPARE(thinkTimeAt({}, kLargest), 0ns);
}

void ThinkTimeTest::isUniformBetweenItsEnds()
{
    const auto draws = drawsOf({200ms, 1s});
    QVERIFY(std::ranges::min(draws) >= 200ms && std::ranges::max(draws) < 1s);
    // Mean 600 ms, standard deviation of a draw 800 / sqrt(12) = 231 ms, of the mean 1.6 ms; four of them.
    QVERIFY(std::abs(meanOf(draws) - 600.0) < 6.6);
    QCOMPARE(thinkTimeAt({200ms, 1s}, 1ULL << 63), 600ms);
}

void ThinkTimeTest::isExponentialAroundAMean()
{
    auto draws = drawsOf({0s, 2s, 200ms});
    // Mean and standard deviation 200 ms, of the mean 1.4 ms; four of them.
    QVERIFY(std::abs(meanOf(draws) - 200.0) < 5.7);
    std::ranges::sort(draws);
    double distance = 0.0; // Kolmogorov-Smirnov
    for (std::size_t i = 0; i < draws.size(); ++i) {
        const double expected = 1.0 - std::exp(-double(draws[i].count()) / 200e6);
        distance = std::max({distance, expected - double(i) / kDraws, double(i + 1) / kDraws - expected});
    }
    QVERIFY(distance < 1.628 / std::sqrt(double(kDraws))); // alpha 0.01
    QCOMPARE(thinkTimeAt({0s, 2s, 200ms}, 0), 0ns);
    // Half of all think shorter than ln 2 x 200 ms.
    QCOMPARE(thinkTimeAt({0s, 2s, 200ms}, 1ULL << 63), 138'629'436ns);
}

void ThinkTimeTest::isCutAtItsLongest()
{
    // The largest draw would be 53 ln 2 = 36.7 means.
    QCOMPARE(thinkTimeAt({0s, 2s, 200ms}, kLargest), 2s);
}

QTEST_GUILESS_MAIN(ThinkTimeTest)
#include "tst_thinktime.moc"
