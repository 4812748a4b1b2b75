// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rule.h"

#include <QStringList>

#include <expected>

namespace Headroom {

/// What the language says of one metric's name: what may stand in its brackets and how its bound is written.
struct MetricWord
{
    enum class Selects { Nothing, Steps, Series, StepsOrSeries, Code };
    enum class BoundKind { Duration, Share, Rate, Bytes, Number, Series };

    Rule::Metric metric = Rule::Metric::Quantile;
    double quantile = 0.0;
    Selects selects = Selects::Steps;
    BoundKind bound = BoundKind::Duration;
};

/// Looks a metric up: "p95", "errors", "growth" ... Errors: one sentence; names that are planned but not built say so.
std::expected<MetricWord, QString> metricWord(const QString &name);

/// The probe metric of the same name as a latency one: Max is ProbeMax. Only for those that can mean both.
Rule::Metric probeMetricOf(Rule::Metric metric);

} // namespace Headroom
