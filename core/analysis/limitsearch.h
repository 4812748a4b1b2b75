// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/limitbracket.h"
#include "core/analysis/limitfinding.h"
#include "core/analysis/limitwindow.h"

#include <map>
#include <memory>

namespace Headroom {

/// Looks for the highest rate that the rules hold at, second by second.
///
/// A function of the facts and of the frames in their order: who steers a run and who reads its session come to the
/// same. A decision taken with the frame of second s takes effect with second s + 2. Seconds until a rate has settled
/// are not judged; neither is one that did not plan that rate. After a rule broke, nothing is sent until the target has
/// answered everything. A rate is left early when its rules cannot be met any more or arrivals wait ever longer for a
/// free user. A rate at which the generator was late is tried again, and in the end ends the search: it says nothing
/// about the target. Bound: an hour. Thread: one.
class LimitSearch
{
public:
    /// What to do about a frame.
    struct Advice
    {
        std::optional<double> ratePerSecond; ///< To be planned ...
        int fromSecond = 0; ///< ... from the start of this second on.
        std::vector<RunEvent> events; ///< Of kind "search".
        bool isOver = false; ///< Nothing more is to be sent.
    };

    /// Range: facts with a limitSearch. Rules are parsed from the facts; those that cannot be are left out.
    explicit LimitSearch(RunFactsPtr facts);
    ~LimitSearch();

    /// What to tell before the first frame.
    RunEvent begin() const;
    /// Frames come in order of seconds.
    Advice add(const MetricsFrame &frame);
    LimitFinding finding() const;
    /// How the rules stand where the search has come to rest: at the confirmed rate; else at the highest that held;
    /// else at the lowest that broke; else at the one that runs. One for each rule that can be parsed, headroom
    /// included.
    std::vector<RuleResult> judged() const;

private:
    bool isAtRate(const MetricsFrame &frame, double rate) const;
    bool isHopeless(const MetricsFrame &frame) const;
    void judge(const MetricsFrame &frame, Advice &advice);
    void awaitRecovery(const MetricsFrame &frame, Advice &advice);
    void finishProbe(int second, bool isHopeless, Advice &advice);
    void settle(const LimitProbe &probe, int second, Advice &advice);
    void repeat(const LimitBracket::Move &move, int second, Advice &advice);
    void recover(const LimitBracket::Move &next, int second, Advice &advice);
    void startProbe(const LimitBracket::Move &move, int second, Advice &advice);
    void end(LimitFinding::Ending ending, int second, Advice &advice);
    LimitFinding::Ending endingOfBracket() const;
    const LimitProbe *lowestBroken() const;
    const std::vector<RuleResult> *resultsAtRest() const;

    RunFactsPtr m_facts;
    RunFacts::LimitSearch m_wanted;
    std::vector<Rule> m_rules;
    LimitBracket m_bracket;
    LimitFinding::Ending m_ending = LimitFinding::Ending::Running;
    std::vector<LimitProbe> m_probes; // the last one runs, unless the target recovers or the search is over
    std::vector<std::vector<RuleResult>> m_results; // by probe, of those that are over
    std::unique_ptr<LimitWindow> m_window; // of the probe that runs
    std::optional<LimitBracket::Move> m_afterRecovery; // set while the target recovers ...
    int m_recoversFrom = 0; // ... from this second on
    std::map<double, int> m_lateAt; // by rate: how often the generator was late there
};

} // namespace Headroom
