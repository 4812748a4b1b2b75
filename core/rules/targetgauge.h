// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

namespace Headroom {

/// drained: 1 when every action that has stopped the target found that it ended as it should (DrainFindings), else 0;
/// no value while none has. Samples: those times. It looks at the whole run.
class DrainedGauge final : public RuleGauge
{
public:
    DrainedGauge(const Rule &rule, RunFactsPtr facts)
        : RuleGauge(rule, std::move(facts))
    {
    }

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    std::uint64_t m_stopped = 0;
    std::uint64_t m_drained = 0;
};

/// time_to_ready: how long the target took to be ready, in ms, as the run has found before its load. One sample.
class ReadyGauge final : public RuleGauge
{
public:
    ReadyGauge(const Rule &rule, RunFactsPtr facts)
        : RuleGauge(rule, std::move(facts))
    {
    }

    void add(const MetricsFrame &frame) override { m_span.add(frame); }
    RuleMeasure measure() const override;
};

} // namespace Headroom
