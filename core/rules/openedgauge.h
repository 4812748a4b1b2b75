// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

namespace Headroom {

/// Connections that were opened in the rule's window. Samples: the same.
class OpenedGauge : public RuleGauge
{
public:
    OpenedGauge(const Rule &rule, RunFactsPtr facts)
        : RuleGauge(rule, std::move(facts))
    {
    }

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override { return RuleMeasure::of(double(m_opened), m_opened); }

private:
    std::uint64_t m_opened = 0;
};

} // namespace Headroom
