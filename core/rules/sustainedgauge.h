// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

#include <deque>

namespace Headroom {

/// Lowest throughput of all stretches of the rule's length that lie wholly in its window: requests finished in the
/// stretch / its length. Stretches begin at whole seconds and hold no pause; a second that was cut short ends one.
/// Samples: the requests of the slowest stretch. Undecided until one was complete.
class SustainedGauge : public RuleGauge
{
public:
    SustainedGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    std::vector<bool> m_steps;
    std::size_t m_seconds;
    std::deque<std::uint64_t> m_stretch; // requests of each second of the one that is under way
    std::uint64_t m_sum = 0; // of those
    int m_next = 0; // second that would go on with it
    std::optional<std::uint64_t> m_lowest;
};

} // namespace Headroom
