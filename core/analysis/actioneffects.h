// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/actioneffect.h"
#include "core/metrics/loadpieces.h"

#include <deque>
#include <memory>

namespace Headroom {

/// Follows the seconds of a run and tells what each of its actions has brought about: a metric in the seconds before
/// it, and in those after it has settled. The same for a run that is on and for a session that is read.
///
/// Both windows are whole seconds of one constant load, measured, without a gap, and free of other actions and their
/// settling; what is cut short by one of those is judged on what is left, from kFewestSeconds on. The loads of the two
/// must be the same. Memory: the frames of the last ten minutes and a window, of runs that have actions.
/// Thread: one.
class ActionEffects
{
public:
    static constexpr int kFewestSeconds = 10; ///< Below, neighbours say nothing of how uncertain a window is.
    static constexpr std::size_t kMostEffects = 10'000; ///< What comes later is not followed.

    explicit ActionEffects(RunFactsPtr facts);
    ~ActionEffects();

    /// Frames come in order.
    void add(const MetricsFrame &frame);
    /// One for each action that was done, in the order of their ends.
    const std::vector<ActionEffect> &effects();

private:
    struct Second ///< A frame, and what it says of the load.
    {
        std::shared_ptr<const MetricsFrame> frame;
        LoadPiece piece;
        double load = 0.0;
        bool isSteady = false;
    };
    struct Open ///< The effect whose window behind it is not over: the last one.
    {
        std::size_t effect = 0;
        int firstAfter = 0;
        int endAfter = 0;
        std::unique_ptr<RuleEvaluator> before;
        std::unique_ptr<RuleEvaluator> after;
        LoadPiece piece;
        double loadBefore = 0.0; // summed over its seconds
        double loadAfter = 0.0;
        QString cut; // why it is shorter than it should be
        bool isChanged = false;
    };
    void begin(const ActionDone &done);
    void takeBefore(ActionEffect &effect);
    void follow(const Second &second);
    void finish();
    void judge(ActionEffect &effect) const;
    bool isOtherLoad(const ActionEffect &effect) const;
    void cutAt(Nanoseconds time);
    std::vector<Rule> rulesOf(std::size_t action) const;

    RunFactsPtr m_facts;
    std::vector<std::optional<EffectExpectation>> m_expected; // by action
    LoadPieces m_pieces;
    std::deque<Second> m_seconds;
    std::size_t m_keep = 0;
    std::vector<ActionEffect> m_effects;
    std::optional<Open> m_open;
    std::vector<Nanoseconds> m_begun; // instants of actions, from their events
};

} // namespace Headroom
