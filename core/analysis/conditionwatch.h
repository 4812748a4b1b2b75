// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/rules/ruleparser.h"

#include <deque>

namespace Headroom {

/// What an action waits for: a rule that turns true, judged once a second by the last kWindowSeconds.
///
/// Read "p95(retrieve) > 900 ms for 5 s". Of the qualifiers only "for" and "during" stand behind it. Errors: as
/// parseRule().
std::expected<Rule, RuleProblem> parseCondition(const QString &text);
/// As checkRule(); also a condition that can never be true.
std::optional<RuleProblem> checkCondition(const Rule &condition, const RunFacts &facts);

/// Judges such a condition over the frames of a run, by the code that judges its rules.
///
/// Not true: a second that is not measured (or not of the stage that it names); fewer than kFewestSeconds in the
/// window; fewer samples than the percentile takes (minimumSamplesFor()), of other times and shares fewer than 20.
/// Memory: the frames of the window. Thread: one.
class ConditionWatch
{
public:
    static constexpr std::size_t kWindowSeconds = 10;
    static constexpr std::size_t kFewestSeconds = 3;

    ConditionWatch(const Rule &condition, RunFactsPtr facts);

    /// Takes the next frame and tells whether the condition is true behind it, with "for" for as long by now.
    bool isTrueAfter(const FramePtr &frame);
    /// Forgets all frames. From now on it takes `fewest` seconds before it can be true.
    void restart(std::size_t fewest = kFewestSeconds);

private:
    bool isTrueNow() const;

    Rule m_rule; // without "for"
    Nanoseconds m_for{};
    RunFactsPtr m_facts;
    std::deque<FramePtr> m_frames;
    std::size_t m_fewest = kFewestSeconds;
    std::size_t m_seen = 0;
    int m_trueInARow = 0;
};

} // namespace Headroom
