// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/observationrule.h"
#include "core/rules/ruleevaluator.h"
#include "core/rules/rulegauge.h"
#include "core/rules/rulemeasure.h"

namespace Headroom {

/// One rule with the totals that it is judged by. Owns: its gauge; the totals belong to the evaluator.
class JudgedRule
{
public:
    /// A rule of steps or of the whole run; `second` is of the last frame alone and set for "for".
    JudgedRule(Rule rule, StepTotals *steps, StepTotals *second);
    /// A probe rule.
    JudgedRule(Rule rule, SeriesTotals *series);
    /// A rule on what answers say of themselves.
    JudgedRule(Rule rule, ObservationTotals *observed);
    /// A rule that collects by itself.
    JudgedRule(Rule rule, std::unique_ptr<RuleGauge> gauge, RunFactsPtr facts);
    /// A rule that can never be judged in this run, and why.
    JudgedRule(Rule rule, const QString &problem);

    const Rule &rule() const { return m_rule; }
    /// Each frame once, whether or not it lies in the rule's window. Goes before judgeSecond().
    void add(const MetricsFrame &frame);
    /// For a rule with "for": judges the frame, which its totals have, alone. A second that cannot be judged or is cut
    /// short neither counts nor breaks the streak; one outside the window breaks it.
    void judgeSecond(const MetricsFrame &frame, const RunFacts &facts);
    /// How it stands. `allowsDrops`: a rule on dropped arrivals judges those.
    RuleResult result(bool allowsDrops) const;
    /// Whether a rule that is not met may end the run. Not on chance: it takes a full second, and for a percentile the
    /// samples that it needs, unless even the favourable end of its interval is over the bound. "for" is patience
    /// enough.
    bool isEnoughToStop() const;

private:
    const RuleSpan &span() const;
    RuleMeasure measure() const;
    RuleMeasure measureOfSecond(const MetricsFrame &frame) const;
    bool hasHiddenDrops() const;
    void judge(const RuleMeasure &measure, bool allowsDrops, RuleResult &result) const;
    void judgeStreak(RuleResult &result) const;

    Rule m_rule;
    QString m_problem;
    StepTotals *m_steps = nullptr;
    StepTotals *m_second = nullptr;
    SeriesTotals *m_series = nullptr;
    ObservationTotals *m_observed = nullptr;
    std::unique_ptr<RuleGauge> m_gauge; // with the facts that it was made for
    RunFactsPtr m_facts;
    int m_judgedSeconds = 0;
    int m_violatedInARow = 0;
    int m_longestInARow = 0;
};

} // namespace Headroom
