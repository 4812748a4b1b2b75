// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

#include <QStringList>

#include <expected>
#include <vector>

namespace Headroom {

/// What the language says of one metric's name: what may stand in its brackets and how its bound is written.
struct MetricWord
{
    enum class Selects {
        Nothing,
        Steps,
        Series,
        StepsOrSeries,
        Code, ///< share(5xx), share(retrieve, 5xx)
        Stretch, ///< sustained(60 s), sustained(retrieve, 60 s)
        Users, ///< reached(users)
        Stage, ///< recovery(p95, burst), recovery(p95(retrieve), burst)
        Observation, ///< hit_rate(cache), value(tokens, p95)
        Resource, ///< cost(cpu), cost(memory, api)
        Function, ///< first_byte(p95), connect(max)
    };
    enum class BoundKind {
        Duration,
        Share,
        Rate,
        Bytes,
        Number,
        Series, ///< Whatever fits the series.
        PerMinute, ///< The same over a time: 1 MB/min.
    };

    Rule::Metric metric = Rule::Metric::Quantile;
    double quantile = 0.0;
    Selects selects = Selects::Steps;
    BoundKind bound = BoundKind::Duration;
};

/// One line of the table of metrics in the help.
struct MetricHelp
{
    QLatin1String example; ///< A rule.
    QLatin1String help; ///< What the metric is, half a sentence.
};

/// All metrics, in the order of the help; percentiles as one.
std::vector<MetricHelp> metricHelp();

/// Looks a metric up: "p95", "errors", "growth" ... Errors: one sentence.
std::expected<MetricWord, QString> metricWord(const QString &name);

/// The probe metric of the same name as a latency one: Max is ProbeMax. Only for those that can mean both.
Rule::Metric probeMetricOf(Rule::Metric metric);

/// "service.p99(retrieve)", "recovery(p95, burst)": a rule up to its comparison, in one spelling.
/// Empty for a rule that could not be read.
QString metricText(const Rule &rule);

} // namespace Headroom
