// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulemetric.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/rules/networkrule.h"
#include "core/rules/resourcename.h"

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace Headroom {

namespace {

using Selects = MetricWord::Selects;
using BoundKind = MetricWord::BoundKind;
using Metric = Rule::Metric;

struct NamedWord
{
    QLatin1String name;
    MetricWord word;
    QLatin1String example;
    QLatin1String help;
};

// The one list of names, in the order of the help; percentiles are read by percentile().
constexpr std::array kWords{
    NamedWord{"min"_L1, {Metric::Min, 0.0, Selects::StepsOrSeries, BoundKind::Duration}, "min(retrieve) < 50 ms"_L1,
              "fastest response, or lowest value of a probe's series"_L1},
    NamedWord{"max"_L1, {Metric::Max, 0.0, Selects::StepsOrSeries, BoundKind::Duration}, "max(api.rss) < 90 % of machine"_L1,
              "slowest response, or highest value of a probe's series"_L1},
    NamedWord{"mean"_L1, {Metric::Mean, 0.0, Selects::StepsOrSeries, BoundKind::Duration}, "mean(api.cpu) < 80 %"_L1,
              "mean of the responses, or of a probe's series"_L1},
    NamedWord{"errors"_L1, {Metric::Errors, 0.0, Selects::Steps, BoundKind::Share}, "errors < 1 %"_L1,
              "requests that failed, of all"_L1},
    NamedWord{"rejected"_L1, {Metric::Rejected, 0.0, Selects::Steps, BoundKind::Share}, "rejected(retrieve) < 5 %"_L1,
              "requests that were answered with an expected 429 or 503, of all"_L1},
    NamedWord{"share"_L1, {Metric::Share, 0.0, Selects::Code, BoundKind::Share}, "share(retrieve, 5xx) < 0.1 %"_L1,
              "requests with that status, class of statuses or kind of failure, of all"_L1},
    NamedWord{"dropped"_L1, {Metric::Dropped, 0.0, Selects::Nothing, BoundKind::Share}, "dropped < 1 %"_L1,
              "arrivals that found no free user, of those planned; open model"_L1},
    NamedWord{"late"_L1, {Metric::Late, 0.0, Selects::Nothing, BoundKind::Share}, "late < 1 %"_L1,
              "requests that Headroom itself sent too late, of all"_L1},
    NamedWord{"achieved"_L1, {Metric::Achieved, 0.0, Selects::Nothing, BoundKind::Share}, "achieved >= 99 %"_L1,
              "iterations that were started, of those planned; open model"_L1},
    NamedWord{"reached"_L1, {Metric::Reached, 0.0, Selects::Users, BoundKind::Number}, "reached(users) >= 100"_L1,
              "most users, or in the open model iterations, under way at the end of a second"_L1},
    NamedWord{"count"_L1, {Metric::Count, 0.0, Selects::Steps, BoundKind::Number}, "count(retrieve) >= 1000"_L1,
              "finished requests"_L1},
    NamedWord{"throughput"_L1, {Metric::Throughput, 0.0, Selects::Steps, BoundKind::Rate}, "throughput(retrieve) >= 50/s"_L1,
              "finished requests / length of the window"_L1},
    NamedWord{"sustained"_L1, {Metric::Sustained, 0.0, Selects::Stretch, BoundKind::Rate}, "sustained(retrieve, 60 s) >= 45/s"_L1,
              "lowest throughput of all stretches of that length"_L1},
    NamedWord{"bytes_in"_L1, {Metric::BytesIn, 0.0, Selects::Steps, BoundKind::Bytes}, "bytes_in < 500 MB"_L1,
              "bytes of all answers"_L1},
    NamedWord{"bytes_out"_L1, {Metric::BytesOut, 0.0, Selects::Steps, BoundKind::Bytes}, "bytes_out(upload) < 2 GiB"_L1,
              "bytes of all requests"_L1},
    NamedWord{"hit_rate"_L1, {Metric::HitRate, 0.0, Selects::Observation, BoundKind::Share}, "hit_rate(cache) >= 80 %"_L1,
              "answers that an observation holds for, of those that tell"_L1},
    NamedWord{"value"_L1, {Metric::ObservedMean, 0.0, Selects::Observation, BoundKind::Series}, "value(tokens, p95) < 500"_L1,
              "mean, or min, max or a percentile, of an observation's values"_L1},
    NamedWord{"first_byte"_L1, {Metric::NetworkQuantile, 0.0, Selects::Function, BoundKind::Duration}, "first_byte(p95) < 200 ms"_L1,
              "percentile, min, max or mean of the time from the send to the first byte, all steps"_L1},
    NamedWord{"resolve"_L1, {Metric::NetworkQuantile, 0.0, Selects::Function, BoundKind::Duration}, "resolve(max) < 50 ms"_L1,
              "the same of the connections that were opened: to look up the name; direct transport"_L1},
    NamedWord{"connect"_L1, {Metric::NetworkQuantile, 0.0, Selects::Function, BoundKind::Duration}, "connect(p99) < 5 ms"_L1,
              "the same: to connect"_L1},
    NamedWord{"tls"_L1, {Metric::NetworkQuantile, 0.0, Selects::Function, BoundKind::Duration}, "tls(p99) < 20 ms"_L1,
              "the same: the TLS handshake"_L1},
    NamedWord{"opened"_L1, {Metric::Opened, 0.0, Selects::Nothing, BoundKind::Number}, "opened <= 50"_L1,
              "connections that were opened; direct transport"_L1},
    NamedWord{"recovery"_L1, {Metric::Recovery, 0.0, Selects::Stage, BoundKind::Duration}, "recovery(p95(retrieve), burst) < 30 s"_L1,
              "time from the end of the stage until the metric is back at its level before it"_L1},
    NamedWord{"cost"_L1, {Metric::Cost, 0.0, Selects::Resource, BoundKind::Duration}, "cost(cpu, api) < 5 ms"_L1,
              "processor time per finished request; of memory bytes held for a second, of read_bytes, write_bytes, bytes_in and bytes_out bytes"_L1},
    NamedWord{"last"_L1, {Metric::ProbeLast, 0.0, Selects::Series, BoundKind::Series}, "last(queue) == 0"_L1,
              "last value of a probe's series"_L1},
    NamedWord{"growth"_L1, {Metric::ProbeGrowth, 0.0, Selects::Series, BoundKind::Share}, "growth(api.rss) <= 20 %"_L1,
              "median of the last tenth of a series above that of its first tenth"_L1},
    NamedWord{"slope"_L1, {Metric::ProbeSlope, 0.0, Selects::Series, BoundKind::PerMinute}, "slope(api.fds) < 2/min surely"_L1,
              "what a series rises by in a minute, by Theil and Sen"_L1},
    NamedWord{"leak"_L1, {Metric::ProbeLeak, 0.0, Selects::Series, BoundKind::PerMinute}, "leak(api.rss) < 1 MB/min"_L1,
              "the slope of a series that rises beyond chance and to the end, or of its floor; else 0"_L1},
    NamedWord{"drained"_L1, {Metric::Drained, 0.0, Selects::Nothing, BoundKind::Number}, "drained"_L1,
              "an action has stopped the target, and it finished what was under way, refused new work and ended in time"_L1},
    NamedWord{"time_to_ready"_L1, {Metric::TimeToReady, 0.0, Selects::Nothing, BoundKind::Duration}, "time_to_ready < 10 s"_L1,
              "time from the target's start, or from when the run began to wait for it, until it was ready"_L1},
    NamedWord{"headroom"_L1, {Metric::Headroom, 0.0, Selects::Nothing, BoundKind::Number}, "headroom >= 1.5"_L1,
              "highest rate that held / planned rate, of a search for the limit"_L1},
};

bool isNumeral(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// "p99.9" is 0.999: read digit by digit behind the point, as a division by 100 would miss it by a rounding.
std::optional<double> percentile(QStringView name)
{
    constexpr double kHighest = 0.9999;
    const QStringView number = name.sliced(1);
    const qsizetype point = number.indexOf(u'.');
    const QStringView whole = point < 0 ? number : number.first(point);
    const QStringView part = point < 0 ? QStringView() : number.sliced(point + 1);
    if (!isNumeral(whole) || whole.size() > 2 || (point >= 0 && (!isNumeral(part) || part.size() > 2)))
        return std::nullopt;
    const double quantile = QStringLiteral("0.%1%2").arg(whole, 2, u'0').arg(part).toDouble();
    return quantile >= 0.01 && quantile <= kHighest ? std::optional(quantile) : std::nullopt;
}

bool looksLikePercentile(QStringView name)
{
    return name.size() > 1 && name.startsWith(u'p') && (name[1].isDigit() || name[1] == u'.');
}

QStringList knownNames()
{
    QStringList names{QStringLiteral("p50"), QStringLiteral("p90"), QStringLiteral("p95"), QStringLiteral("p99")};
    for (const NamedWord &word : kWords)
        names += word.name;
    return names;
}

std::unexpected<QString> unknown(const QString &name)
{
    const QString near = didYouMean(name, knownNames());
    if (name.contains(u'.') && near.isEmpty()) {
        return std::unexpected(
            QStringLiteral("metric %1 is not known; of a probe's series write a function, as in max(api.rss)")
                .arg(formatQuoted(name)));
    }
    return std::unexpected(QStringLiteral("metric %1 is not known%2").arg(formatQuoted(name), near));
}

QString nameOf(Metric metric, double quantile)
{
    if (metric == Metric::Quantile)
        return quantile > 0.0 ? QLatin1Char('p') + QString::number(quantile * 100.0, 'g', 6) : QString();
    for (const NamedWord &named : kWords) {
        if (named.word.metric == metric || probeMetricOf(named.word.metric) == metric)
            return named.name;
    }
    return metric == Metric::ProbeP95 ? QStringLiteral("p95") : QStringLiteral("value"); // an observation's
}

/// What stands in the brackets of first_byte() and its like.
QString functionName(const Rule &rule)
{
    switch (rule.metric) {
    case Metric::NetworkMin:
        return nameOf(Metric::Min, 0.0);
    case Metric::NetworkMax:
        return nameOf(Metric::Max, 0.0);
    case Metric::NetworkMean:
        return nameOf(Metric::Mean, 0.0);
    default:
        return nameOf(Metric::Quantile, rule.quantile);
    }
}

QString withBrackets(const QString &name, QStringList inside)
{
    inside.removeAll(QString());
    return inside.isEmpty() ? name : name + u'(' + inside.join(", "_L1) + u')';
}

/// What stands in the brackets.
QStringList insideOf(const Rule &rule)
{
    const QString service = rule.isServiceTime ? QStringLiteral("service.") : QString();
    switch (rule.metric) {
    case Metric::Reached:
        return {QStringLiteral("users")};
    case Metric::Cost:
        return {resourceName(rule.resource), rule.selector};
    case Metric::Sustained:
        return {rule.selector, QStringLiteral("%1 s").arg(rule.length.value_or(0ns) / 1s)};
    case Metric::Recovery:
        return {service + withBrackets(nameOf(rule.recovers, rule.quantile), {rule.selector}), rule.argument};
    case Metric::ObservedMin:
        return {rule.selector, QStringLiteral("min")};
    case Metric::ObservedMax:
        return {rule.selector, QStringLiteral("max")};
    case Metric::ObservedQuantile:
        return {rule.selector, nameOf(Metric::Quantile, rule.quantile)};
    default:
        return {rule.selector, rule.argument};
    }
}

} // namespace

std::vector<MetricHelp> metricHelp()
{
    std::vector<MetricHelp> lines{{"p95(retrieve) < 900 ms"_L1, "p1 to p99.99: percentile of the response times"_L1},
                                  {"service.p99 < 2 s"_L1, "the same of the service times; also before min, max and mean"_L1}};
    for (const NamedWord &named : kWords)
        lines.push_back({named.example, named.help});
    return lines;
}

std::expected<MetricWord, QString> metricWord(const QString &name)
{
    if (looksLikePercentile(name)) {
        const auto quantile = percentile(name);
        if (!quantile) {
            return std::unexpected(QStringLiteral("%1 is not a percentile; write one from p1 to p99.99, or min or max")
                                       .arg(formatQuoted(name)));
        }
        // Of a probe's values, one a second, there are too few for any other percentile.
        const auto selects = *quantile == 0.95 ? Selects::StepsOrSeries : Selects::Steps;
        return MetricWord{Metric::Quantile, *quantile, selects, BoundKind::Duration};
    }
    const auto found = std::ranges::find(kWords, name, &NamedWord::name);
    if (found != kWords.end())
        return found->word;
    return unknown(name);
}

Rule::Metric probeMetricOf(Rule::Metric metric)
{
    switch (metric) {
    case Metric::Min:
        return Metric::ProbeMin;
    case Metric::Max:
        return Metric::ProbeMax;
    case Metric::Mean:
        return Metric::ProbeMean;
    case Metric::Quantile:
        return Metric::ProbeP95;
    default:
        return metric;
    }
}

QString metricText(const Rule &rule)
{
    if (isNetworkTime(rule.metric))
        return withBrackets(networkPartName(rule.part), {functionName(rule)});
    const QString name = nameOf(rule.metric, rule.quantile);
    if (name.isEmpty())
        return {};
    const bool isService = rule.isServiceTime && rule.metric != Metric::Recovery;
    return withBrackets(isService ? "service."_L1 + name : name, insideOf(rule));
}

} // namespace Headroom
