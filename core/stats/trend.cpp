// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/trend.h"

#include "core/stats/studentt.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Headroom {

namespace {

constexpr std::size_t kMaxPieces = 60;
constexpr std::size_t kMaxFloors = 20;

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

/// Of Kendall's score of independent values in any order.
double varianceOf(std::span<const TrendPoint> points)
{
    std::vector<double> values;
    for (const TrendPoint &point : points)
        values.push_back(point.value);
    std::ranges::sort(values);
    const auto term = [](double n) { return n * (n - 1.0) * (2.0 * n + 5.0); };
    double sum = term(double(values.size()));
    for (auto same = values.begin(); same != values.end();) {
        const auto end = std::upper_bound(same, values.end(), *same);
        sum -= term(double(end - same));
        same = end;
    }
    return sum / 18.0;
}

/// What is left without the slope; what differs by a rounding only is made the same.
std::vector<double> withoutSlope(std::span<const TrendPoint> points, double slope)
{
    double largest = 0.0;
    for (const TrendPoint &point : points)
        largest = std::max(largest, std::abs(point.value));
    const double grain = largest * 1e-9;
    std::vector<double> left;
    for (const TrendPoint &point : points) {
        const double value = point.value - slope * (point.at - points.front().at);
        left.push_back(grain > 0.0 ? std::round(value / grain) : value);
    }
    return left;
}

/// How many lie below each, those that are equal by half.
std::vector<double> ranksOf(const std::vector<double> &values)
{
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    std::vector<double> ranks;
    for (const double value : values) {
        const auto [low, high] = std::ranges::equal_range(sorted, value);
        ranks.push_back(double((low - sorted.begin()) + (high - sorted.begin())) / 2.0);
    }
    return ranks;
}

/// Of values and those after them; 0 when all are the same.
double autocorrelationOf(const std::vector<double> &values)
{
    const double mean = std::reduce(values.begin(), values.end()) / double(values.size());
    double squares = 0.0;
    double products = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        squares += (values[i] - mean) * (values[i] - mean);
        if (i > 0)
            products += (values[i] - mean) * (values[i - 1] - mean);
    }
    return squares > 0.0 ? products / squares : 0.0;
}

/// How much more chance brings than with independent values.
double inflationOf(std::span<const TrendPoint> points, double slope)
{
    constexpr double kHighest = 0.99;
    const double n = double(points.size());
    const double seen = autocorrelationOf(ranksOf(withoutSlope(points, slope)));
    const double correlation = std::min(kHighest, seen + (1.0 + 4.0 * seen) / n);
    if (seen <= 0.0 || correlation <= 0.0)
        return 1.0;
    double sum = 1.0;
    double power = 1.0;
    for (std::size_t lag = 1; lag < points.size(); ++lag) {
        power *= correlation;
        sum += 2.0 * (1.0 - double(lag) / n) * power;
    }
    return sum;
}

/// A score without the half step that counting adds, in standard deviations.
double inDeviations(double score, double variance)
{
    if (variance <= 0.0 || std::abs(score) <= 1.0)
        return 0.0;
    return (score > 0.0 ? score - 1.0 : score + 1.0) / std::sqrt(variance);
}

/// The most that values fall below an earlier one, or with a falling slope rise above it.
double setbackOf(std::span<const TrendPoint> points, double slope)
{
    const double sign = slope < 0.0 ? -1.0 : 1.0;
    double highest = sign * points.front().value;
    double setback = 0.0;
    for (const TrendPoint &point : points) {
        highest = std::max(highest, sign * point.value);
        setback = std::max(setback, highest - sign * point.value);
    }
    return setback;
}

/// Of neighbours, into `trend`, whose slope is known.
void countSteps(std::span<const TrendPoint> points, Trend &trend)
{
    for (std::size_t i = 1; i < points.size(); ++i) {
        trend.rises += points[i].value > points[i - 1].value ? 1 : 0;
        trend.falls += points[i].value < points[i - 1].value ? 1 : 0;
    }
    const double change = std::abs(trend.slope) * (points.back().at - points.front().at);
    const double setback = setbackOf(points, trend.slope);
    trend.givesBack = setback > 0.0 && setback >= change / 2.0;
    if (!trend.givesBack)
        trend.stepScore = inDeviations(double(trend.rises - trend.falls), double(trend.rises + trend.falls));
}

/// The interval of the mean step, for a trend that only its steps show. It holds the slope in any case.
void boundBySteps(std::span<const TrendPoint> points, Trend &trend)
{
    const double steps = double(points.size() - 1);
    const double mean = (points.back().value - points.front().value) / steps;
    double squares = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double off = points[i].value - points[i - 1].value - mean;
        squares += off * off;
    }
    const double length = (points.back().at - points.front().at) / steps;
    const double reach = studentT975(steps - 1.0) * std::sqrt(squares / (steps - 1.0) / steps);
    trend.low = std::min(trend.slope, (mean - reach) / length);
    trend.high = std::max(trend.slope, (mean + reach) / length);
}

template <typename Value>
std::vector<TrendPoint> piecesOf(std::span<const TrendPoint> points, std::size_t most, Value value)
{
    const std::size_t length = std::max<std::size_t>(1, (points.size() + most - 1) / most);
    std::vector<TrendPoint> pieces;
    for (std::size_t i = 0; i + length <= points.size(); i += length) {
        const auto piece = points.subspan(i, length);
        double time = 0.0;
        for (const TrendPoint &point : piece)
            time += point.at;
        pieces.push_back({time / double(length), value(piece)});
    }
    return pieces;
}

} // namespace

bool Trend::risesBeyond(double deviations) const { return score > deviations || stepScore > deviations; }

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
    Trend trend;
    trend.slope = medianOf(slopes);
    countSteps(points, trend);
    const double variance = varianceOf(points) * inflationOf(points, trend.slope);
    const double reach = kNormal975 * std::sqrt(variance);
    const double pairs = double(slopes.size());
    trend.low = atRank(slopes, std::floor((pairs - reach) / 2.0));
    trend.high = atRank(slopes, std::ceil((pairs + reach) / 2.0) + 1.0);
    trend.score = inDeviations(score, variance);
    trend.isRise = trend.risesBeyond(kNormal975);
    trend.isFall = !trend.isRise && (trend.score < -kNormal975 || trend.stepScore < -kNormal975);
    if ((trend.isRise || trend.isFall) && std::abs(trend.score) <= kNormal975)
        boundBySteps(points, trend);
    return trend;
}

std::vector<TrendPoint> trendPieces(std::span<const TrendPoint> points)
{
    return piecesOf(points, kMaxPieces, [](std::span<const TrendPoint> piece) {
        double sum = 0.0;
        for (const TrendPoint &point : piece)
            sum += point.value;
        return sum / double(piece.size());
    });
}

std::vector<TrendPoint> trendFloors(std::span<const TrendPoint> points)
{
    return piecesOf(points, kMaxFloors, [](std::span<const TrendPoint> piece) {
        return std::ranges::min(piece, {}, &TrendPoint::value).value;
    });
}

Tenths tenthsOf(std::span<const double> values)
{
    const auto median = [](std::span<const double> part) {
        std::vector<double> sorted(part.begin(), part.end());
        std::ranges::sort(sorted);
        return medianOf(sorted);
    };
    const std::size_t tenth = values.size() / 10;
    return {median(values.first(tenth)), median(values.last(tenth))};
}

} // namespace Headroom
