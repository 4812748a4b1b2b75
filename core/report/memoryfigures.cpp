// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/memoryfigures.h"

#include "core/base/humanformat.h"
#include "core/report/seriesgroup.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Estimate = MemoryFigure::Estimate;
using Verdict = LeakFinding::Verdict;

constexpr double kMinutes = 60.0;
constexpr double kAlwaysMatters = 10e6; // bytes

double secondsOf(Nanoseconds length) { return std::chrono::duration<double>(length).count(); }

Estimate times(const Estimate &estimate, double factor)
{
    const auto scaled = [factor](double value) { return value * factor; };
    return {estimate.value * factor,
            {estimate.interval.low.transform(scaled), estimate.interval.high.transform(scaled)}};
}

bool isUpperBound(const Rule &rule)
{
    using enum Rule::Comparison;
    return rule.comparison == Less || rule.comparison == LessOrEqual || rule.comparison == Between;
}

double upperBoundOf(const Rule &rule)
{
    return rule.comparison == Rule::Comparison::Between ? rule.upperBound : rule.bound;
}

/// The lowest bound that a rule sets to the level of the series; its text with it.
void readLimits(const QString &name, const std::vector<RuleResult> &rules, MemoryFigure &figure)
{
    for (const RuleResult &result : rules) {
        const Rule &rule = result.rule;
        if (rule.selector != name || !isProbeMetric(rule.metric) || !isUpperBound(rule))
            continue;
        const double bound = upperBoundOf(rule);
        if (rule.metric == Rule::Metric::ProbeGrowth)
            figure.growthLimit = std::min(bound, figure.growthLimit.value_or(bound));
        const bool isSize = rule.unit == Rule::Unit::Bytes || rule.unit == Rule::Unit::Number;
        if (!isSeriesLevel(rule.metric) || rule.metric == Rule::Metric::ProbeMin || !isSize)
            continue;
        if (!figure.limitBytes || bound < *figure.limitBytes) {
            figure.limitBytes = bound;
            figure.limitRule = rule.text;
        }
    }
}

/// Whether it is memory of this machine: that of a process or a control group, by the names that their probes give it.
bool isOfMachine(const RunFacts::Series &series)
{
    return series.field == u"rss" || series.field == u"pss" || series.field == u"memory";
}

void measureLimit(MemoryFigure &figure)
{
    if (!figure.limitBytes || figure.finding.verdict != Verdict::Leak)
        return;
    const double left = std::max(0.0, *figure.limitBytes - figure.finding.final);
    const Estimate slope = figure.perHour();
    const auto hours = [left](double perHour) { return perHour > 0.0 ? std::optional(left / perHour) : std::nullopt; };
    if (const auto value = hours(slope.value))
        figure.hoursToLimit =
            Estimate{*value, {slope.interval.high.and_then(hours), slope.interval.low.and_then(hours)}};
}

QString hoursText(double hours)
{
    constexpr double kLongest = 24.0 * 365.0 * 10.0;
    if (hours > kLongest)
        return QStringLiteral("over 10 years");
    if (hours > 240.0)
        return formatNumber(std::round(hours / 24.0)) + QStringLiteral(" days");
    return formatDuration(Nanoseconds(std::llround(hours * 3600.0)) * 1'000'000'000);
}

QString signedBytes(double bytes) { return (bytes >= 0.0 ? QStringLiteral("+") : QString()) + formatBytes(bytes); }

} // namespace

Estimate MemoryFigure::perHour() const
{
    return times({finding.trend.slope, {finding.trend.low, finding.trend.high}}, kMinutes);
}

double MemoryFigure::trendAt(double seconds, double bytesPerHour) const
{
    return finding.trendFrom + bytesPerHour / kMinutes * (seconds / kMinutes - finding.trendAt);
}

MemoryFigures::MemoryFigures(const RunFacts &facts)
{
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        if (groupOf(facts.series[i]) == SeriesGroup::Memory)
            m_watched.push_back({i, SeriesTrack(facts, i)});
    }
}

void MemoryFigures::add(const MetricsFrame &frame)
{
    if (!frame.isMeasured)
        return;
    for (Watched &watched : m_watched) {
        const auto restart = watched.track.restartedAt();
        watched.track.add(frame);
        if (watched.track.restartedAt() != restart) {
            watched.requests = 0;
            watched.seconds = 0.0;
        }
        if (watched.track.points().empty())
            continue;
        watched.requests += frame.requests().requests;
        watched.seconds += secondsOf(frame.length);
    }
}

MemoryFigure MemoryFigures::figureOf(const Watched &watched)
{
    const std::vector<TrendPoint> &points = watched.track.points();
    MemoryFigure figure;
    figure.series = watched.series;
    figure.finding = findLeak(points, kAlwaysMatters);
    figure.samples = points.size();
    figure.fromSeconds = std::round(points.front().at * kMinutes);
    figure.toSeconds = std::round(points.back().at * kMinutes);
    figure.restartedAt = watched.track.restartedAt();
    if (watched.requests > 0 && points.size() > 1) {
        const double hoursOfThousand = watched.seconds / 3600.0 * 1000.0 / double(watched.requests);
        figure.perThousand = times(figure.perHour(), hoursOfThousand);
    }
    return figure;
}

std::vector<MemoryFigure> MemoryFigures::figures(const RunFacts &facts, const std::vector<RuleResult> &rules) const
{
    std::vector<MemoryFigure> figures;
    for (const Watched &watched : m_watched) {
        if (watched.track.points().empty())
            continue;
        MemoryFigure figure = figureOf(watched);
        const RunFacts::Series &series = facts.series[watched.series];
        readLimits(series.name(), rules, figure);
        if (const double machine = double(facts.machineMemoryBytes); machine > 0.0 && isOfMachine(series)) {
            figure.machineShare = figure.finding.peak / machine;
            figure.limitBytes = figure.limitBytes.value_or(machine);
        }
        measureLimit(figure);
        figures.push_back(std::move(figure));
    }
    return figures;
}

const char *leakVerdictName(Verdict verdict)
{
    return verdict == Verdict::Leak ? "leak" : verdict == Verdict::NoLeak ? "no_leak" : "not_enough";
}

QString leakVerdictText(Verdict verdict)
{
    return verdict == Verdict::Leak  ? QStringLiteral("LEAK")
        : verdict == Verdict::NoLeak ? QStringLiteral("no leak")
                                     : QStringLiteral("not enough evidence");
}

QString estimateText(const Estimate &bytes, const QString &per)
{
    const auto end = [](const std::optional<double> &value) {
        return value ? signedBytes(*value) : QStringLiteral("open");
    };
    const QString text = signedBytes(bytes.value) + per;
    if (!bytes.interval.low && !bytes.interval.high)
        return text;
    return text + QStringLiteral(" (%1 to %2)").arg(end(bytes.interval.low), end(bytes.interval.high));
}

QString timeToLimitText(const MemoryFigure &figure)
{
    if (!figure.hoursToLimit)
        return {};
    const Interval<double> &interval = figure.hoursToLimit->interval;
    const auto end = [](const std::optional<double> &hours, const char *without) {
        return hours ? hoursText(*hours) : QLatin1String(without);
    };
    return QStringLiteral("reaches %1 (%2) in %3 (%4 to %5)")
        .arg(formatBytes(*figure.limitBytes),
             figure.limitRule.isEmpty() ? QStringLiteral("all memory of this machine") : figure.limitRule,
             hoursText(figure.hoursToLimit->value), end(interval.low, "0 s"), end(interval.high, "never"));
}

} // namespace Headroom
