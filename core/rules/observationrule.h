// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulemeasure.h"
#include "core/rules/ruleparser.h"
#include "core/rules/rulescanner.h"
#include "core/stats/observationsum.h"

#include <vector>

namespace Headroom {

/// One observation of the run in one window: shared by all rules that ask for the same.
class ObservationTotals
{
public:
    /// `observation`: index into RunFacts::observations.
    ObservationTotals(RuleWindow window, std::size_t observation, const RunFacts &facts);

    const RuleWindow &window() const { return m_window; }
    std::size_t observation() const { return m_observation; }
    const RuleSpan &span() const { return m_span; }
    const ObservationSum &sum() const { return m_sum; }
    /// A damaged histogram is left out: whoever reads frames from a file has refused it before.
    void add(const MetricsFrame &frame, LoadPiece piece = {});
    /// The same observation in this second alone.
    ObservationTotals ofSecond(const MetricsFrame &frame) const;

private:
    RuleWindow m_window;
    std::size_t m_observation;
    ObservationSum::Keeps m_keeps;
    RuleSpan m_span;
    ObservationSum m_sum;
};

/// Reads what stands in the brackets of hit_rate(NAME), value(NAME) and value(NAME, p95), whose metric `rule` has.
/// `name` is where the metric stands. Gives a problem, or nothing.
std::optional<RuleProblem> readObserved(const RulePiece &name, const std::vector<RulePiece> &brackets, Rule &rule);

/// Whether the run observes what the rule names, and as the rule takes it. Range: isObserved() metrics.
std::optional<RuleProblem> checkObserved(const Rule &rule, const RunFacts &facts);

/// Index into RunFacts::observations. Range: rules that checkObserved() has let through.
std::size_t observationOf(const Rule &rule, const RunFacts &facts);

/// Range: isObserved() metrics. Times in ms, other values as the target wrote them.
RuleMeasure measureObserved(const Rule &rule, const ObservationTotals &totals);

} // namespace Headroom
