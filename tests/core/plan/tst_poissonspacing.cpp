// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/arrivalschedule.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Headroom;

namespace {

constexpr std::size_t kArrivals = 20'000;
/// Kolmogorov-Smirnov: a larger distance is seen in 1 % of all samples that do follow the distribution.
const double kCritical = 1.628 / std::sqrt(double(kArrivals));

const ArrivalSpacing kPoisson = ArrivalSpacing::poisson(42, 0);

double seconds(Nanoseconds time) { return double(time.count()) / 1e9; }

/// When the arrivals of a schedule are planned, at most `most` of them.
std::vector<Nanoseconds> startsOf(const ArrivalSchedule &schedule, std::size_t most = kArrivals)
{
    std::vector<Nanoseconds> starts;
    ArrivalCursor cursor = schedule.cursorAt(0);
    for (; starts.size() < most; cursor.advanceBy(1)) {
        const auto planned = schedule.plannedStart(cursor);
        if (!planned)
            break;
        starts.push_back(*planned);
    }
    return starts;
}

/// Gaps in units of the mean: differences of the integral of the rate.
std::vector<double> rescaledGaps(const LoadProfile &profile, const std::vector<Nanoseconds> &starts)
{
    std::vector<double> gaps;
    double before = 0.0;
    for (const Nanoseconds start : starts) {
        const double place = profile.cumulativeAt(start);
        gaps.push_back(place - std::exchange(before, place));
    }
    return gaps;
}

/// The largest distance between the sample's distribution and the exponential one with mean 1.
double distanceFromExponential(std::vector<double> gaps)
{
    std::ranges::sort(gaps);
    double distance = 0.0;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const double expected = 1.0 - std::exp(-gaps[i]);
        distance = std::max(
            {distance, expected - double(i) / double(gaps.size()), double(i + 1) / double(gaps.size()) - expected});
    }
    return distance;
}

double distanceOf(const LoadProfile &profile, const ArrivalSpacing &spacing)
{
    const auto starts = startsOf(ArrivalSchedule(profile, {}, spacing));
    return starts.size() == kArrivals ? distanceFromExponential(rescaledGaps(profile, starts)) : 1.0;
}

} // namespace

class PoissonSpacingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasExponentialGaps();
    void hasExponentialGapsOnRampsToo_data();
    void hasExponentialGapsOnRampsToo();
    void plansAPoissonNumberInEachSecond();
    void dependsOnSeedAndStreamOnly();
    void givesTheSamePlacesInAnyStride();
    void countsWhatItPlans();
    void stopsAtTheCount();
    void keepsWhatWasPlannedBeforeAChange();
};

void PoissonSpacingTest::hasExponentialGaps()
{
    // 20,000 arrivals at 1,000/s; with a mean gap of 1 ms, nanoseconds are fine enough.
    const LoadProfile profile({{60s, 1000.0, 1000.0}});
    const auto starts = startsOf(ArrivalSchedule(profile, {}, kPoisson));
    std::vector<double> gaps;
    Nanoseconds before{};
    for (const Nanoseconds start : starts)
        gaps.push_back(seconds(start - std::exchange(before, start)) * 1000.0);
    QCOMPARE(gaps.size(), kArrivals);
    QVERIFY2(distanceFromExponential(gaps) < kCritical, qPrintable(QString::number(distanceFromExponential(gaps))));
    // The test can tell: even gaps are all 1, where the exponential distribution has reached 1 - 1/e = 0.63.
    QVERIFY(distanceOf(profile, ArrivalSpacing()) > 0.6);
}

void PoissonSpacingTest::hasExponentialGapsOnRampsToo_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("middle");
    QTest::addColumn<double>("to");
    QTest::newRow("up") << 0.0 << 500.0 << 1000.0;
    QTest::newRow("down") << 1000.0 << 500.0 << 0.0;
    QTest::newRow("up and down") << 0.0 << 1000.0 << 0.0;
    QTest::newRow("down and up") << 1000.0 << 0.0 << 1000.0;
}

void PoissonSpacingTest::hasExponentialGapsOnRampsToo()
{
    QFETCH(double, from);
    QFETCH(double, middle);
    QFETCH(double, to);
    const LoadProfile profile({{25s, from, middle}, {25s, middle, to}}); // 25,000 arrivals planned
    QVERIFY(distanceOf(profile, kPoisson) < kCritical);
}

void PoissonSpacingTest::plansAPoissonNumberInEachSecond()
{
    // 2,000 seconds at 10/s: numbers with mean 10 and variance 10. Their mean varies by sqrt(10 / 2000) = 0.07, the
    // variance by about 10 x sqrt(2 / 2000) = 0.32; four of each.
    std::vector<int> counts(2000);
    for (const Nanoseconds start : startsOf(ArrivalSchedule(LoadProfile({{2000s, 10.0, 10.0}}), {}, kPoisson), 30'000))
        ++counts[std::size_t(start / 1s)];
    double sum = 0.0;
    double squares = 0.0;
    for (const int count : counts) {
        sum += count;
        squares += double(count) * count;
    }
    const double mean = sum / 2000.0;
    QVERIFY(std::abs(mean - 10.0) < 0.28);
    QVERIFY(std::abs(squares / 2000.0 - mean * mean - 10.0) < 1.28);
}

void PoissonSpacingTest::dependsOnSeedAndStreamOnly()
{
    const auto startsWith = [](std::uint64_t seed, std::uint64_t stream) {
        const LoadProfile profile({{10s, 100.0, 100.0}});
        return startsOf(ArrivalSchedule(profile, {}, ArrivalSpacing::poisson(seed, stream)));
    };
    QCOMPARE(startsWith(1, 0), startsWith(1, 0));
    QVERIFY(startsWith(1, 0) != startsWith(1, 1));
    QVERIFY(startsWith(1, 0) != startsWith(2, 0));
}

void PoissonSpacingTest::givesTheSamePlacesInAnyStride()
{
    ArrivalCursor single(kPoisson);
    for (std::uint64_t arrival = 0; arrival < 1000; ++arrival, single.advanceBy(1)) {
        for (const std::uint64_t stride : {2, 7}) {
            ArrivalCursor cursor(kPoisson, arrival % stride);
            while (cursor.arrival() < arrival)
                cursor.advanceBy(stride);
            QCOMPARE(cursor.arrival(), arrival);
            QVERIFY(cursor.place() == single.place()); // to the last bit
        }
    }
}

void PoissonSpacingTest::countsWhatItPlans()
{
    const ArrivalSchedule schedule(LoadProfile({{10s, 0.0, 10.0}, {10s, 10.0, 10.0}}), {}, kPoisson);
    const auto starts = startsOf(schedule);
    for (Nanoseconds time{}; time <= 21s; time += 250ms) {
        const auto before = std::ranges::count_if(starts, [time](Nanoseconds start) { return start < time; });
        QCOMPARE(schedule.countBefore(time), std::uint64_t(before));
    }
    QCOMPARE(schedule.countBefore(starts[7]), 7u);
    QCOMPARE(schedule.countBefore(starts[7] + 1ns), 8u);
    QCOMPARE(schedule.plannedStart(7), starts[7]);
}

void PoissonSpacingTest::stopsAtTheCount()
{
    const ArrivalSchedule schedule(LoadProfile({{LoadProfile::kEndless, 10.0, 10.0}}), 25, kPoisson);
    QCOMPARE(startsOf(schedule).size(), 25u);
    QCOMPARE(schedule.countBefore(1h), 25u);
    QVERIFY(!schedule.plannedStart(25));
}

void PoissonSpacingTest::keepsWhatWasPlannedBeforeAChange()
{
    // 100/s, and 1,000/s from 5 s on: the same places, walked ten times as fast.
    const ArrivalSchedule written(LoadProfile({{10s, 100.0, 100.0}}), {}, kPoisson);
    const ArrivalSchedule steered = written.continuedBy(LoadProfile({{10s, 1000.0, 1000.0}}), 5s);
    const auto before = startsOf(written);
    const auto after = startsOf(steered);
    const auto kept = written.countBefore(5s);
    QVERIFY(kept > 400 && kept < 600); // 500, standard deviation 22
    for (std::size_t k = 0; k < before.size(); ++k) {
        const Nanoseconds expected = k < kept ? before[k] : 5s + (before[k] - 5s) / 10;
        QVERIFY(std::abs((after[k] - expected).count()) <= (k < kept ? 0 : 1000)); // within the rounding of the places
    }
    QVERIFY(distanceFromExponential(rescaledGaps(steered.profile(), after)) < 1.628 / std::sqrt(double(after.size())));
}

QTEST_GUILESS_MAIN(PoissonSpacingTest)
#include "tst_poissonspacing.moc"
