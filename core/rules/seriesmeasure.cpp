// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulemeasure.h"
#include "core/stats/trend.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Headroom {

namespace {

using enum Rule::Metric;

/// Range: values not empty. Source: nearest rank.
double quantileOf(std::vector<double> values, double quantile)
{
    const auto rank = std::size_t(std::ceil(quantile * double(values.size())));
    const auto nth = values.begin() + std::ptrdiff_t(std::max<std::size_t>(rank, 1) - 1);
    std::ranges::nth_element(values, nth);
    return *nth;
}

RuleMeasure growth(const std::vector<double> &values)
{
    RuleMeasure measure;
    measure.samples = values.size();
    measure.isVague = true;
    if (values.size() < kFewestForTenths) {
        measure.missing = QStringLiteral("growth needs 20 values, there are %1").arg(values.size());
        return measure;
    }
    const auto [first, last] = tenthsOf(values);
    if (first > 0.0)
        measure.value = last / first - 1.0;
    else if (first == 0.0 && last == 0.0)
        measure.value = 0.0;
    else
        measure.missing = QStringLiteral("growth has no meaning for values that begin at or below 0");
    return measure;
}

} // namespace

double factorTo(Rule::Unit unit)
{
    return unit == Rule::Unit::Duration ? 1000.0 : unit == Rule::Unit::Share ? 0.01 : 1.0;
}

RuleMeasure measureSeries(const Rule &rule, const SeriesTotals &totals)
{
    const std::vector<double> &values = totals.values;
    if (values.empty())
        return RuleMeasure::none(QStringLiteral("its probe had no values in its window"));
    if (rule.metric == ProbeGrowth)
        return growth(values);
    double value = values.back();
    if (rule.metric == ProbeMean)
        value = std::reduce(values.begin(), values.end()) / double(values.size());
    else if (rule.metric == ProbeMax)
        value = std::ranges::max(values);
    else if (rule.metric == ProbeMin)
        value = std::ranges::min(values);
    else if (rule.metric == ProbeP95)
        value = quantileOf(values, 0.95);
    return RuleMeasure::of(value * factorTo(rule.unit), values.size());
}

} // namespace Headroom
