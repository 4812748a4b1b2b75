// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulemetric.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

using Selects = MetricWord::Selects;
using BoundKind = MetricWord::BoundKind;
using Metric = Rule::Metric;

struct NamedWord
{
    QLatin1String name;
    MetricWord word;
};

// The one list of names, in the order of LANGUAGE's section 5; percentiles are read by percentile().
constexpr std::array kWords{
    NamedWord{QLatin1String("min"), {Metric::Min, 0.0, Selects::StepsOrSeries, BoundKind::Duration}},
    NamedWord{QLatin1String("max"), {Metric::Max, 0.0, Selects::StepsOrSeries, BoundKind::Duration}},
    NamedWord{QLatin1String("mean"), {Metric::Mean, 0.0, Selects::StepsOrSeries, BoundKind::Duration}},
    NamedWord{QLatin1String("errors"), {Metric::Errors, 0.0, Selects::Steps, BoundKind::Share}},
    NamedWord{QLatin1String("rejected"), {Metric::Rejected, 0.0, Selects::Steps, BoundKind::Share}},
    NamedWord{QLatin1String("share"), {Metric::Share, 0.0, Selects::Code, BoundKind::Share}},
    NamedWord{QLatin1String("dropped"), {Metric::Dropped, 0.0, Selects::Nothing, BoundKind::Share}},
    NamedWord{QLatin1String("late"), {Metric::Late, 0.0, Selects::Nothing, BoundKind::Share}},
    NamedWord{QLatin1String("achieved"), {Metric::Achieved, 0.0, Selects::Nothing, BoundKind::Share}},
    NamedWord{QLatin1String("count"), {Metric::Count, 0.0, Selects::Steps, BoundKind::Number}},
    NamedWord{QLatin1String("throughput"), {Metric::Throughput, 0.0, Selects::Steps, BoundKind::Rate}},
    NamedWord{QLatin1String("bytes_in"), {Metric::BytesIn, 0.0, Selects::Steps, BoundKind::Bytes}},
    NamedWord{QLatin1String("bytes_out"), {Metric::BytesOut, 0.0, Selects::Steps, BoundKind::Bytes}},
    NamedWord{QLatin1String("headroom"), {Metric::Headroom, 0.0, Selects::Nothing, BoundKind::Number}},
    NamedWord{QLatin1String("last"), {Metric::ProbeLast, 0.0, Selects::Series, BoundKind::Series}},
    NamedWord{QLatin1String("growth"), {Metric::ProbeGrowth, 0.0, Selects::Series, BoundKind::Share}},
};

constexpr std::array kNotBuilt{
    QLatin1String("hit_rate"), QLatin1String("value"),     QLatin1String("recovery"),
    QLatin1String("cost"),     QLatin1String("leak"),      QLatin1String("slope"),
    QLatin1String("sustained"), QLatin1String("reached"),
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

} // namespace

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
    if (std::ranges::find(kNotBuilt, name) != kNotBuilt.end())
        return std::unexpected(QStringLiteral("metric '%1' is not built yet").arg(name));
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

} // namespace Headroom
