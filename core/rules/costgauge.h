// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

namespace Headroom {

/// What a watched process uses for one finished request, all steps together.
///
/// cost(cpu): its processor time / requests, in ms of one core. cost(memory): its resident memory summed over time /
/// requests, in bytes held for one second; a service of 1 GB that answers 100 requests in a second costs 10 MB.
/// Both from the seconds of the rule's window in which the probe had a value, and the requests finished in those.
/// Samples: those requests.
class CostGauge : public RuleGauge
{
public:
    CostGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    std::optional<std::size_t> m_series;
    double m_used = 0.0; // ms, or bytes times seconds
    std::uint64_t m_requests = 0;
    int m_values = 0;
};

} // namespace Headroom
