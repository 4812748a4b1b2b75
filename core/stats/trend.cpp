// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/trend.h"

#include "core/stats/studentt.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr std::size_t kMaxPieces = 40;

double medianOf(const std::vector<double> &sorted)
{
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
}

/// The value of that rank, which lies between two: towards the outside, so that the interval is never too narrow.
std::optional<double> atRank(const std::vector<double> &sorted, double rank)
{
    return rank >= 1.0 && rank <= double(sorted.size()) ? std::optional(sorted[std::size_t(rank) - 1]) : std::nullopt;
}

} // namespace

std::optional<Trend> trendOf(std::span<const TrendPoint> points)
{
    std::vector<double> slopes;
    double score = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            const double change = points[j].value - points[i].value;
            score += change > 0.0 ? 1.0 : change < 0.0 ? -1.0 : 0.0;
            slopes.push_back(change / (points[j].at - points[i].at));
        }
    }
    if (slopes.empty())
        return std::nullopt;
    std::ranges::sort(slopes);
    const double n = double(points.size());
    const double reach = kNormal975 * std::sqrt(n * (n - 1.0) * (2.0 * n + 5.0) / 18.0);
    const double pairs = double(slopes.size());
    const bool isBeyondChance = std::max(0.0, std::abs(score) - 1.0) > reach;
    return Trend{medianOf(slopes), atRank(slopes, std::floor((pairs - reach) / 2.0)),
                 atRank(slopes, std::ceil((pairs + reach) / 2.0) + 1.0), isBeyondChance && score > 0.0,
                 isBeyondChance && score < 0.0};
}

std::vector<TrendPoint> trendPieces(std::span<const TrendPoint> points)
{
    const std::size_t length = std::max<std::size_t>(1, (points.size() + kMaxPieces - 1) / kMaxPieces);
    std::vector<TrendPoint> pieces;
    for (std::size_t i = 0; i + length <= points.size(); i += length) {
        TrendPoint sum;
        for (const TrendPoint &point : points.subspan(i, length)) {
            sum.at += point.at;
            sum.value += point.value;
        }
        pieces.push_back({sum.at / double(length), sum.value / double(length)});
    }
    return pieces;
}

} // namespace Headroom
