// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

namespace Headroom {

/// What one finished request costs, all steps together.
///
/// cost(cpu): the processor time of a watched process or control group / requests, in ms of one core. cost(memory): its
/// memory summed over time / requests, in bytes held for one second; a service of 1 GB that answers 100 requests in a
/// second costs 10 MB. cost(read_bytes), cost(write_bytes): bytes that a process has read from and written to storage /
/// requests. All from the seconds of the rule's window in which the probe had a value, and the requests finished in
/// those; a counter that goes back begins anew. cost(bytes_in), cost(bytes_out): bytes of the answers' and requests'
/// bodies / requests.
/// Samples: those requests.
class CostGauge : public RuleGauge
{
public:
    CostGauge(const Rule &rule, RunFactsPtr facts);

    void add(const MetricsFrame &frame) override;
    RuleMeasure measure() const override;

private:
    double usedIn(const MetricsFrame &frame, double value);

    std::optional<std::size_t> m_series;
    double m_used = 0.0; // ms, bytes times seconds, or bytes
    std::optional<double> m_counted; // bytes, when they were read last
    std::uint64_t m_requests = 0;
    int m_values = 0;
};

} // namespace Headroom
