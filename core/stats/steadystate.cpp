// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/steadystate.h"

#include "core/stats/studentt.h"
#include "core/stats/trend.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace Headroom {

namespace {

constexpr std::size_t kFewest = 20;
constexpr std::size_t kBatch = 5; // the 5 of MSER-5
constexpr std::size_t kMaxBlocks = 40;
constexpr double kTolerated = 0.05; // of the mean: smaller differences do not matter to anybody

double meanOf(std::span<const double> values)
{
    return std::reduce(values.begin(), values.end()) / double(values.size());
}

/// Means of pieces of `length`; a shorter last piece is left out.
std::vector<double> blockMeans(std::span<const double> values, std::size_t length)
{
    std::vector<double> means;
    for (std::size_t i = 0; i + length <= values.size(); i += length)
        means.push_back(meanOf(values.subspan(i, length)));
    return means;
}

/// How many batches to cut, of the first half: those behind which the standard error of the mean of the rest is
/// smallest.
std::size_t truncationOf(const std::vector<double> &batches)
{
    const std::size_t last = batches.size() / 2;
    std::size_t best = 0;
    double smallest = HUGE_VAL;
    double mean = 0.0;
    double squares = 0.0; // of the differences from the mean, by Welford from behind
    for (std::size_t i = batches.size(); i-- > 0;) {
        const double kept = double(batches.size() - i);
        const double before = batches[i] - mean;
        mean += before / kept;
        squares += before * (batches[i] - mean);
        // Of equals the earliest: nothing is cut without a gain.
        if (const double error = squares / (kept * kept); i <= last && error <= smallest) {
            smallest = error;
            best = i;
        }
    }
    return best;
}

/// What the values rise from the first to the last piece of them, or nothing when that may be chance.
std::optional<double> riseOf(std::span<const double> values)
{
    std::vector<TrendPoint> points;
    for (const double value : values)
        points.push_back({double(points.size()), value});
    const std::vector<TrendPoint> pieces = trendPieces(points);
    const auto trend = trendOf(pieces);
    if (!trend || (!trend->isRise && !trend->isFall))
        return std::nullopt;
    return trend->slope * (pieces.back().at - pieces.front().at);
}

double varianceOf(std::span<const double> values, double mean)
{
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return squares / double(values.size() - 1);
}

/// What the second half is above the first, or nothing when that may be chance.
std::optional<double> stepOf(std::span<const double> blocks)
{
    const std::size_t half = blocks.size() / 2;
    if (half < 2)
        return std::nullopt;
    const auto first = blocks.first(half);
    const auto second = blocks.last(half);
    const double difference = meanOf(second) - meanOf(first);
    const double n = double(half);
    const double a = varianceOf(first, meanOf(first)) / n;
    const double b = varianceOf(second, meanOf(second)) / n;
    const double degrees = a + b > 0.0 ? (a + b) * (a + b) * (n - 1.0) / (a * a + b * b) : n - 1.0;
    return std::abs(difference) > studentT975(degrees) * std::sqrt(a + b) ? std::optional(difference) : std::nullopt;
}

QString percent(double share) { return QString::number(std::abs(share) * 100.0, 'f', 0); }

} // namespace

SteadyState findSteadyState(std::span<const double> values)
{
    if (values.size() < kFewest)
        return {{}, QStringLiteral("%1 s are too few to tell, it takes %2").arg(values.size()).arg(kFewest)};
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); }))
        return {{}, QStringLiteral("it holds values that are no numbers")};
    const std::vector<double> batches = blockMeans(values, kBatch);
    const std::size_t cut = truncationOf(batches);
    const std::span<const double> kept = values.subspan(cut * kBatch);
    const std::vector<double> blocks = blockMeans(kept, (kept.size() + kMaxBlocks - 1) / kMaxBlocks);
    const double scale = std::abs(meanOf(kept));
    const auto matters = [&](const std::optional<double> &change) {
        return change && std::abs(*change) > kTolerated * scale;
    };
    const auto share = [&](double change) { return scale > 0.0 ? change / scale : 1.0; };
    if (const auto trend = riseOf(kept); matters(trend)) {
        const QString text = *trend > 0.0 ? QStringLiteral("it still rises: by %1 % of its mean from beginning to end")
                                          : QStringLiteral("it still falls: by %1 % of its mean from beginning to end");
        return {{}, text.arg(percent(share(*trend)))};
    }
    if (const auto step = stepOf(blocks); matters(step)) {
        const QString text = *step > 0.0
            ? QStringLiteral("its second half is higher than its first, by %1 % of its mean")
            : QStringLiteral("its second half is lower than its first, by %1 % of its mean");
        return {{}, text.arg(percent(share(*step)))};
    }
    return {cut * kBatch, {}};
}

} // namespace Headroom
