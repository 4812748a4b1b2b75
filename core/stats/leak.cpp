// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/leak.h"

#include "core/base/humanformat.h"
#include "core/stats/studentt.h"

#include <algorithm>
#include <numeric>

namespace Headroom {

namespace {

using Verdict = LeakFinding::Verdict;
using Points = std::vector<TrendPoint>;

constexpr double kNormal97 = 1.8807936081512509; // one-sided 3 %
constexpr double kGoesOn = 0.25; // of the whole slope; less has settled
constexpr double kMatters = 0.01; // of the baseline
constexpr double kSeen = 0.10; // of the baseline: a hidden rise of less is no objection

double squaresOff(std::span<const TrendPoint> points)
{
    double sum = 0.0;
    for (const TrendPoint &point : points)
        sum += point.value;
    const double mean = sum / double(points.size());
    double squares = 0.0;
    for (const TrendPoint &point : points)
        squares += (point.value - mean) * (point.value - mean);
    return squares;
}

/// Squares that a line by least squares leaves, over the points' numbers.
double squaresOffLine(std::span<const TrendPoint> points)
{
    const double n = double(points.size());
    const double middle = (n - 1.0) / 2.0;
    double products = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i)
        products += (double(i) - middle) * (points[i].value - points.front().value);
    return squaresOff(points) - products * products / (n * (n * n - 1.0) / 12.0);
}

/// Whether one step describes the points much better than a line does.
bool isOneStep(std::span<const TrendPoint> points)
{
    constexpr double kMuchBetter = 0.6; // chance finds a step in noise as well: of many places, the best
    double best = HUGE_VAL;
    for (std::size_t at = 1; at < points.size(); ++at)
        best = std::min(best, squaresOff(points.first(at)) + squaresOff(points.subspan(at)));
    return best < kMuchBetter * squaresOffLine(points);
}

/// The points without the highest of their steps up.
Points withoutJump(Points points)
{
    std::size_t highest = 0;
    double jump = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (const double step = points[i].value - points[i - 1].value; step > jump) {
            jump = step;
            highest = i;
        }
    }
    for (std::size_t i = highest; jump > 0.0 && i < points.size(); ++i)
        points[i].value -= jump;
    return points;
}

enum class End { GoesOn, HasSettled, Unclear };

/// What the last third of the points does by itself, of which all rise by `slope`.
End endOf(std::span<const TrendPoint> points, double slope)
{
    const auto third = points.last(points.size() / 3);
    const auto trend = trendOf(third);
    if (!trend)
        return End::Unclear;
    const Points kept =
        isOneStep(third) ? withoutJump({third.begin(), third.end()}) : Points(third.begin(), third.end());
    const bool hasSteps = trend->stepScore > kNormal97;
    const bool isEnough = trend->slope >= kGoesOn * slope;
    if ((hasSteps || trendOf(kept)->score > kNormal97) && isEnough)
        return End::GoesOn;
    const bool couldGoOn = !trend->high || *trend->high >= 2.0 * kGoesOn * slope;
    return couldGoOn && !(hasSteps && !isEnough) ? End::Unclear : End::HasSettled;
}

double lengthOf(std::span<const TrendPoint> points) { return points.back().at - points.front().at; }

void measureLevels(std::span<const TrendPoint> points, LeakFinding &finding)
{
    std::vector<double> values;
    for (const TrendPoint &point : points)
        values.push_back(point.value);
    finding.peak = std::ranges::max(values);
    const bool isEnough = values.size() >= kFewestForTenths;
    const Tenths tenths = isEnough ? tenthsOf(values) : Tenths{values.front(), values.back()};
    finding.baseline = tenths.first;
    finding.final = tenths.last;
}

/// Of the pieces, and where these give back, of their floor.
Points measureTrend(std::span<const TrendPoint> points, LeakFinding &finding)
{
    Points pieces = trendPieces(points);
    finding.trend = trendOf(pieces).value_or(Trend{});
    const int steps = finding.trend.rises + finding.trend.falls;
    finding.risingShare = steps > 0 ? double(finding.trend.rises) / double(steps) : 0.0;
    finding.isMonotonic = finding.trend.stepScore > kNormal975;
    finding.isOfFloor = finding.trend.givesBack;
    if (finding.isOfFloor) {
        pieces = trendFloors(points);
        finding.trend = trendOf(pieces).value_or(Trend{});
    }
    const double span = finding.peak - std::ranges::min(points, {}, &TrendPoint::value).value;
    const double bySpan = points.size() > 1 ? span / lengthOf(points) : 0.0;
    finding.steepest = std::min(bySpan, finding.trend.high.value_or(bySpan));
    const double n = double(pieces.size());
    for (const TrendPoint &piece : pieces) {
        finding.trendAt += piece.at / n;
        finding.trendFrom += piece.value / n;
    }
    return pieces;
}

QString shareText(const LeakFinding &finding, double change)
{
    return finding.baseline > 0.0 ? formatShare(change / finding.baseline) : formatNumber(change);
}

void judgeNoRise(double length, LeakFinding &finding)
{
    finding.verdict = Verdict::NoLeak;
    const QString what = finding.isOfFloor ? QStringLiteral("its floor") : QStringLiteral("it");
    finding.reason = what + QLatin1String(finding.trend.isFall ? " falls" : " does not rise beyond chance");
    const double hidden = finding.steepest * length;
    if (finding.trend.isFall || hidden <= kSeen * std::abs(finding.baseline))
        return;
    finding.verdict = Verdict::NotEnough;
    finding.reason = QStringLiteral("it is so restless that a rise by %1 would not be seen; a longer run tells more")
                         .arg(shareText(finding, hidden));
}

void judgeRise(const Points &pieces, double length, double always, LeakFinding &finding)
{
    const QString what = finding.isOfFloor ? QStringLiteral("its floor") : QStringLiteral("it");
    const End end = endOf(pieces, finding.trend.slope);
    const double rise = finding.trend.slope * length;
    finding.keepsRising = end == End::GoesOn && !finding.trend.givesBack;
    if (finding.keepsRising && rise < kMatters * std::abs(finding.baseline) && rise < always) {
        finding.verdict = Verdict::NoLeak;
        finding.reason = QStringLiteral("%1 rises, but by %2 only").arg(what, shareText(finding, rise));
    } else if (finding.keepsRising) {
        finding.verdict = Verdict::Leak;
        finding.reason = QStringLiteral("%1 rises, its last third included").arg(what);
    } else if (end == End::HasSettled) {
        finding.verdict = Verdict::NoLeak;
        finding.reason = QStringLiteral("%1 rose and has settled: its last third adds little").arg(what);
    } else {
        finding.reason = finding.trend.givesBack
            ? QStringLiteral(
                  "it takes and gives back too few times to tell what its floor does; a longer run tells more")
            : QStringLiteral("%1 rose, and its last third does not show whether it goes on; a longer run tells more")
                  .arg(what);
    }
}

/// A rise that begins late bends, which over the whole looks like neighbours that resemble each other.
void judgeLateRise(std::span<const TrendPoint> points, double always, LeakFinding &finding)
{
    const auto half = points.last(points.size() / 2);
    if (half.size() < kFewestForTenths)
        return;
    LeakFinding late = finding;
    const Points pieces = measureTrend(half, late);
    if (late.isOfFloor || !late.trend.isRise)
        return;
    judgeRise(pieces, lengthOf(half), always, late);
    if (!late.keepsRising)
        return;
    finding = late;
    finding.reason += QStringLiteral("; its first half shows nothing of it");
}

} // namespace

std::optional<double> LeakFinding::growthShare() const
{
    return baseline > 0.0 ? std::optional(growth() / baseline) : std::nullopt;
}

LeakFinding findLeak(std::span<const TrendPoint> points, double always)
{
    LeakFinding finding;
    measureLevels(points, finding);
    const Points pieces = measureTrend(points, finding);
    if (points.size() < kFewestForTenths) {
        finding.reason = QStringLiteral("it needs %1 values, there are %2").arg(kFewestForTenths).arg(points.size());
        return finding;
    }
    const double length = lengthOf(points);
    if (finding.trend.isRise && finding.trend.slope > 0.0) {
        judgeRise(pieces, length, always, finding);
    } else {
        judgeNoRise(length, finding);
        if (!finding.isOfFloor && !finding.trend.isFall)
            judgeLateRise(points, always, finding);
    }
    return finding;
}

} // namespace Headroom
