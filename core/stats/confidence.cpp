// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/confidence.h"

#include "core/stats/studentt.h"

#include <QtAssert>

#include <algorithm>
#include <cmath>
#include <limits>

namespace Headroom {
namespace {

constexpr double kZ = kNormal975;
constexpr double kOneSidedError = 0.025; // each end of a two-sided 95 % interval

} // namespace

Interval<Nanoseconds> quantileInterval(const HdrHistogram &histogram, double quantile, double designEffect)
{
    Q_ASSERT(quantile > 0.0 && quantile < 1.0 && designEffect >= 1.0);
    Interval<Nanoseconds> interval;
    if (histogram.isEmpty())
        return interval;
    const double n = static_cast<double>(histogram.count());
    const double middle = n * quantile;
    const double reach = kZ * std::sqrt(middle * (1.0 - quantile) * designEffect);
    const auto worth = static_cast<std::uint64_t>(n / designEffect);
    // The first and the last sample bound the quantile as soon as there are enough samples for that: then a rank
    // outside 1..n, which the normal approximation gives for small n, means that sample.
    if (worth >= minimumSamplesFor(1.0 - quantile)) {
        const double rank = std::max(1.0, std::floor(middle - reach));
        interval.low = histogram.valueAtRank(static_cast<std::uint64_t>(rank));
    }
    if (worth >= minimumSamplesFor(quantile)) {
        const double rank = std::min(n, std::ceil(middle + reach) + 1.0);
        interval.high = histogram.valueAtRank(static_cast<std::uint64_t>(rank));
    }
    return interval;
}

std::uint64_t minimumSamplesFor(double quantile)
{
    if (!(quantile > 0.0))
        return 1;
    const double samples = quantile < 1.0 ? std::ceil(std::log(kOneSidedError) / std::log(quantile)) : HUGE_VAL;
    constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();
    return samples < 1e18 ? static_cast<std::uint64_t>(samples) : kNever;
}

Interval<double> shareInterval(std::uint64_t hits, std::uint64_t of, double designEffect)
{
    Q_ASSERT(hits <= of && designEffect >= 1.0);
    if (of == 0)
        return {};
    const double n = static_cast<double>(of) / designEffect;
    const double share = static_cast<double>(hits) / static_cast<double>(of);
    const double scale = 1.0 / (1.0 + kZ * kZ / n);
    const double centre = scale * (share + kZ * kZ / (2.0 * n));
    const double reach = scale * kZ * std::sqrt(share * (1.0 - share) / n + kZ * kZ / (4.0 * n * n));
    // At the borders centre and reach are equal but for rounding.
    return {.low = hits == 0 ? 0.0 : centre - reach, .high = hits == of ? 1.0 : centre + reach};
}

} // namespace Headroom
