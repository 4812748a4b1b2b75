// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

namespace Headroom {

/// Most users at the end of any second of the rule's window; in the open model, most iterations under way.
/// Samples: the seconds.
class ReachedGauge : public RuleGauge
{
public:
    ReachedGauge(const Rule &rule, RunFactsPtr facts)
        : RuleGauge(rule, std::move(facts))
    {
    }

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    std::uint64_t m_most = 0;
    std::uint64_t m_seconds = 0;
};

} // namespace Headroom
