// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"
#include "core/stats/trend.h"

namespace Headroom {

/// How much a probe series rises per minute (core/stats/trend.h, over at most 40 pieces of the rule's window).
///
/// slope(): the slope with its 95 % interval, below 0 when the series falls. leak(): the same when the series rises
/// beyond chance, else 0; so leak(api.rss) == 0 asks that no rise can be shown. Undecided below 20 values.
class TrendGauge : public RuleGauge
{
public:
    TrendGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    std::size_t m_series;
    std::vector<TrendPoint> m_points; // minutes, values as the series has them
};

} // namespace Headroom
