// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/limitwatch.h"
#include "core/rules/ruleevaluator.h"

#include <optional>
#include <vector>

namespace Headroom {

/// Whether more load can break a rule: latencies, first bytes, errors and other shares, arrivals not kept up with, and probes. Those
/// that need a length of time (counts, bytes, growth) or more load (throughput) are not what a search looks for.
bool isBrokenByLoad(const Rule &rule);

/// Judges one stretch of a search in which one rate held.
/// Thread: one.
class LimitWindow
{
public:
    /// `seconds`: how many make the window complete.
    LimitWindow(const std::vector<Rule> &rules, const RunFactsPtr &facts, int seconds);

    /// Every second at the rate, the ones that are not judged as well: whether the generator was late. Before add().
    void watch(const MetricsFrame &frame);
    /// A second that is judged. Cheap: the rules are asked only below.
    void add(const MetricsFrame &frame);
    int seconds() const { return m_seconds; }
    bool isComplete() const { return m_seconds >= m_wanted; }
    /// Half of the window is over, and whatever the other half brings, a rule will not be met.
    bool isBrokenForCertain() const;

    /// How all rules stand, in their order.
    std::vector<RuleResult> results() const;
    /// The first rule that load breaks and that is not met.
    std::optional<RuleResult> broken() const;
    /// The first "surely" rule that load breaks and that these samples neither confirm nor refute.
    std::optional<RuleResult> notShown() const;
    std::optional<double> p95Ms() const;
    std::optional<double> errorShare() const;
    std::optional<double> achievedShare() const;
    /// Whether arrivals waited or were dropped because all users were taken.
    bool isAtCap() const { return m_isAtCap; }
    /// Whether more than 1 % of the arrivals were dropped and no rule allows it: who was let through says little.
    bool hasLostArrivals() const;
    /// Whether the generator was late in so many seconds that a rule that is not met is no evidence against the target.
    bool isGeneratorLimited() const;
    /// The same of all seconds at the rate: of one that was left before it had settled, there are no others.
    bool isGeneratorLimitedSinceStart() const;

private:
    std::optional<double> measured(std::size_t index) const;

    std::size_t m_ruleCount;
    RuleEvaluator m_evaluator; // the rules, then the measures
    RuleEvaluator m_firstHalf; // the rules, so much looser that the second half cannot save what breaks them
    LimitWatch m_limits;
    int m_wanted;
    int m_half;
    int m_seconds = 0;
    int m_generatorLimited = 0; // of them
    int m_watched = 0; // seconds
    int m_watchedLimited = 0; // of them
    bool m_isAtCap = false;
    bool m_allowsDrops;
    FlowCounts m_iterations;
};

} // namespace Headroom
