// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemeasure.h"
#include "core/rules/ruleparser.h"

#include <memory>

namespace Headroom {

/// What a rule collects by itself where the sums of its window do not tell its metric: sustained, reached, recovery,
/// cost, opened, drained, time_to_ready, first_byte and its like, slope and leak. Each takes every frame of the run, in order, and keeps to its rule's window itself.
/// Thread: one.
class RuleGauge
{
public:
    virtual ~RuleGauge() = default;

    virtual void add(const MetricsFrame &frame) = 0;
    virtual RuleMeasure measure() const = 0;
    /// Of the frames that counted.
    const RuleSpan &span() const { return m_span; }

protected:
    /// `facts` must not be null.
    RuleGauge(const Rule &rule, RunFactsPtr facts)
        : m_rule(rule)
        , m_facts(std::move(facts))
    {
    }
    bool isInWindow(const MetricsFrame &frame) const
    {
        return RuleWindow{m_rule.during, m_rule.from}.admits(frame, *m_facts);
    }

    const Rule m_rule;
    const RunFactsPtr m_facts;
    RuleSpan m_span;
};

/// A gauge for a rule that resolveRule() and checkRule() have passed; nullptr for a metric that needs none.
std::unique_ptr<RuleGauge> makeGauge(const Rule &rule, const RunFactsPtr &facts);

/// Whether the run has the probe, the stage or the transport for the brackets of a metric that needs a gauge.
std::optional<RuleProblem> checkGauge(const Rule &rule, const RunFacts &facts);

/// The series that cost() takes its use from, by index into RunFacts::series, of a resource that is a probe's.
/// Nothing when there is none, or none is named and several probes have one.
std::optional<std::size_t> costSeries(const Rule &rule, const RunFacts &facts);

} // namespace Headroom
