// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/observationfigures.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Observation = RunFacts::Observation;
using Kind = Observation::Kind;

QString millisecondsText(double milliseconds)
{
    constexpr double kLongest = 1e12; // ms; what a target says may be anything
    return formatDuration(Nanoseconds(std::llround(std::clamp(milliseconds, -kLongest, kLongest) * 1e6)));
}

/// Answers that the stretch has: those with a server time, else the most that had any part.
std::uint64_t answersOf(const std::vector<Observation> &observations, const std::vector<ObservedSecond> &seconds)
{
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < std::min(observations.size(), seconds.size()); ++i) {
        if (observations[i].kind == Kind::ServerTime && seconds[i].count > 0)
            return seconds[i].count;
        if (observations[i].kind == Kind::Part)
            most = std::max(most, seconds[i].count);
    }
    return most;
}

/// Sum of the server's whole time; nothing where it is not observed.
std::optional<double> wholeOf(const std::vector<Observation> &observations, const std::vector<ObservedSecond> &seconds)
{
    for (std::size_t i = 0; i < std::min(observations.size(), seconds.size()); ++i) {
        if (observations[i].kind == Kind::ServerTime && seconds[i].count > 0)
            return seconds[i].sum;
    }
    return std::nullopt;
}

} // namespace

ObservedSecond &ObservedSecond::operator+=(const ObservedSecond &other)
{
    count += other.count;
    hits += other.hits;
    sum += other.sum;
    return *this;
}

std::optional<double> levelOf(const ObservedSecond &second, Kind kind)
{
    if (second.count == 0)
        return std::nullopt;
    return (kind == Kind::Hit ? double(second.hits) : second.sum) / double(second.count);
}

ObservationFigures::ObservationFigures(const std::vector<Observation> &observations)
{
    for (const Observation &one : observations) {
        const bool isHit = one.kind == Kind::Hit;
        rows.push_back({one, ObservationSum(isHit ? ObservationSum::Keeps::Hits : ObservationSum::Keeps::Values)});
    }
}

Result<void> ObservationFigures::add(const MetricsFrame &frame, LoadPiece piece)
{
    for (std::size_t i = 0; i < std::min(rows.size(), frame.observations.size()); ++i) {
        if (auto added = rows[i].sum.add(frame.second, frame.observations[i], piece); !added)
            return added;
    }
    return {};
}

const ObservationSum *ObservationFigures::serverTime() const
{
    const auto found = std::ranges::find(rows, Kind::ServerTime, [](const Row &row) { return row.what.kind; });
    return found == rows.end() || found->sum.isEmpty() ? nullptr : &found->sum;
}

std::vector<ObservedSecond> ObservationFigures::totals() const
{
    std::vector<ObservedSecond> totals;
    for (const Row &row : rows)
        totals.push_back({row.sum.counts().count, row.sum.counts().hits, row.sum.counts().sum});
    return totals;
}

const ServerParts::Part &ServerParts::dominant() const
{
    return *std::ranges::max_element(parts, {}, &Part::milliseconds);
}

std::optional<ServerParts> serverPartsOf(const std::vector<Observation> &observations,
                                         const std::vector<ObservedSecond> &seconds)
{
    const auto answers = double(answersOf(observations, seconds));
    ServerParts taken;
    double sum = 0.0;
    for (std::size_t i = 0; i < std::min(observations.size(), seconds.size()); ++i) {
        if (observations[i].kind != Kind::Part || seconds[i].count == 0 || !(seconds[i].sum >= 0.0))
            continue;
        sum += seconds[i].sum;
        taken.parts.push_back({i, seconds[i].sum / answers, 0.0});
    }
    if (taken.parts.empty())
        return std::nullopt;
    const std::optional<double> whole = wholeOf(observations, seconds);
    constexpr double kRounding = 1e-9; // of sums in another order
    taken.doOverlap = whole && sum > *whole * (1.0 + kRounding);
    taken.milliseconds = whole.value_or(sum) / answers;
    if (whole && !taken.doOverlap)
        taken.uncoveredMilliseconds = std::max(0.0, *whole - sum) / answers;
    for (ServerParts::Part &part : taken.parts)
        part.share = taken.milliseconds > 0.0 ? part.milliseconds / taken.milliseconds : 0.0;
    return taken;
}

QString dominantPartText(const ObservationFigures &figures)
{
    std::vector<Observation> observations;
    for (const ObservationFigures::Row &row : figures.rows)
        observations.push_back(row.what);
    const auto taken = serverPartsOf(observations, figures.totals());
    if (!taken)
        return {};
    const ServerParts::Part &part = taken->dominant();
    QString text = QStringLiteral("%1 is the longest part of the server's time: %2 of it, %3 of %4 an answer")
                       .arg(observations[part.observation].name, formatShare(part.share),
                            millisecondsText(part.milliseconds), millisecondsText(taken->milliseconds));
    if (taken->doOverlap)
        text += QStringLiteral("; together the parts are longer than the whole, so some run at the same time");
    else if (taken->uncoveredMilliseconds && taken->milliseconds > 0.0)
        text += QStringLiteral("; %1 is covered by no part")
                    .arg(formatShare(*taken->uncoveredMilliseconds / taken->milliseconds));
    return text + u'.';
}

QString observedText(double value, const QString &unit)
{
    if (unit == u"ms")
        return millisecondsText(value);
    const QString number = formatNumber(value);
    return unit.isEmpty() || unit == u"count" ? number : number + u' ' + unit;
}

} // namespace Headroom
