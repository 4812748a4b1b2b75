// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"
#include "core/rules/seriestrack.h"

namespace Headroom {

/// How much a probe series rises per minute, over the rule's window; after a restart of its process since that
/// (SeriesTrack).
///
/// slope(): the slope of its pieces with its 95 % interval, below 0 when the series falls (trendOf()). leak(): the slope
/// of what findLeak() says keeps rising to the end, however little it is, else 0; so leak(api.rss) == 0 asks that no
/// leak can be shown. Undecided below 20 values, and leak() also where there is not enough evidence, unless even what
/// it rises by at most keeps the bound.
class TrendGauge : public RuleGauge
{
public:
    TrendGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    RuleMeasure leak() const;
    RuleMeasure slope() const;
    RuleMeasure measureOf(const Trend &trend, double slope) const;
    bool isKeptBy(double slope) const;

    SeriesTrack m_track;
};

} // namespace Headroom
