// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/runsecond.h"
#include "core/analysis/trailingjudge.h"

namespace Headroom {

/// Where a rising load met a rule's bound: when the rule, judged over the last 10 s, broke for good; or up to which
/// load it never did.
struct Crossing
{
    StageIndex stage;
    Rule rule;
    bool isCrossed = false;
    int second = 0; ///< The first of the broken ones; when never crossed, the last one judged.
    double load = 0.0; ///< Wanted then: arrivals per second (open model), users (closed).
    std::uint64_t users = 0; ///< Users (closed) or iterations under way (open) then.
    double startedPerSecond = 0.0; ///< Iterations, then.
    double value = 0.0; ///< Of the last 10 s then, in the rule's unit.
};

/// Follows every stage whose load rises, and every rule of the judge in it.
///
/// Broken for good: not met in at least 3 judged seconds in a row, and not met again in as many later in that stage.
/// The window begins with the stage, so what was before does not count.
/// Thread: one.
class CrossingFinder
{
public:
    static constexpr std::size_t kMaxCrossings = 1000;

    explicit CrossingFinder(RunFactsPtr facts)
        : m_facts(std::move(facts))
    {
    }

    /// Seconds in order, with how the judge's rules stand behind each.
    void add(const RunSecond &second, const std::vector<Rule> &rules,
             const std::vector<TrailingJudge::Standing> &standings);
    /// By stage, then by rule; without rules that were never judged in a stage.
    std::vector<Crossing> crossings() const;

private:
    struct Track ///< Of one rule in the stage that is on.
    {
        int broken = 0; // judged seconds in a row
        int kept = 0;
        Crossing latest; // the second judged last
        Crossing begin; // the first of the broken ones
        bool isCrossed = false;
        std::size_t place = 0; // among the rules
    };
    Track &trackOf(const Rule &rule, std::size_t place);
    void finishStage();

    RunFactsPtr m_facts;
    StageIndex m_stage;
    bool m_isRising = false;
    std::vector<Track> m_tracks; // of the rules that were judged, in the order they first were
    std::vector<Crossing> m_finished;
};

} // namespace Headroom
