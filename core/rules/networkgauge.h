// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/loadpieces.h"
#include "core/rules/rulegauge.h"
#include "core/stats/clusteredcounts.h"

namespace Headroom {

/// Times to the first byte, or of the connections that were opened, in the rule's window.
/// Memory: 92 KiB and what ClusteredCounts says.
class NetworkGauge : public RuleGauge
{
public:
    NetworkGauge(const Rule &rule, RunFactsPtr facts)
        : RuleGauge(rule, std::move(facts))
    {
    }

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    LoadPieces m_pieces;
    HdrHistogram m_times;
    ClusteredCounts m_spread;
};

} // namespace Headroom
