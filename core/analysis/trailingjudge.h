// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/rules/rule.h"
#include "core/rules/ruletotals.h"
#include "core/rules/slidingtimes.h"

namespace Headroom {

/// Judges the rules that can be judged by the last 10 s alone, second after second: percentiles, means and maxima of
/// requests, and shares of errors, rejections and statuses, all with an upper bound. At most kMaxRules of them.
///
/// Not judged: a second that the rule's own window leaves out; a window that covers less than 3 s or holds too few
/// samples: those of the percentile (minimumSamplesFor()), else 20.
/// Thread: one.
class TrailingJudge
{
public:
    static constexpr std::size_t kWindowSeconds = 10;
    static constexpr std::size_t kMaxRules = 50;

    struct Standing
    {
        bool isJudged = false;
        bool isKept = true;
        double value = 0.0; ///< In the rule's unit.
    };

    TrailingJudge(const QStringList &rules, RunFactsPtr facts);

    const std::vector<Rule> &rules() const { return m_rules; }
    /// Times and counts of one step in the second that ends next.
    void addStep(std::size_t step, const LatencySet &set);
    /// How every rule stands behind the frame's second, in the order of rules().
    const std::vector<Standing> &endSecond(const MetricsFrame &frame);
    /// Forgets all seconds that have ended.
    void restart();

private:
    struct Group ///< Rules that judge the same times of the same steps share their window.
    {
        QString selector;
        std::vector<bool> steps;
        LatencyKind kind = LatencyKind::Response;
        SlidingTimes window{kWindowSeconds};
    };
    std::size_t groupFor(const Rule &rule);
    Standing judge(const Rule &rule, const SlidingTimes &window) const;

    RunFactsPtr m_facts;
    std::vector<Rule> m_rules;
    std::vector<std::size_t> m_groupOf; // by rule
    std::vector<Group> m_groups;
    std::vector<Standing> m_standings; // by rule
};

} // namespace Headroom
