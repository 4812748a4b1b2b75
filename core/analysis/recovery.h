// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/runsecond.h"
#include "core/metrics/runfacts.h"
#include "core/rules/recoverylevel.h"

namespace Headroom {

/// How long after an overload the response time stayed above what it had been before.
struct Recovery
{
    StageIndex stage; ///< That the overload ended with.
    int from = 0; ///< First second of the overload.
    int end = 0; ///< First second of the lower load.
    double levelMs = 0.0; ///< p95 before the overload.
    std::optional<double> seconds; ///< From `end` until back; nothing: not within ...
    int watchedSeconds = 0; ///< ... so many.
    /// p95 of the last 5 s when it was back, or of the last ones watched; nothing: too few requests or seconds to tell.
    std::optional<double> lastMs;
};

/// Watches for overloads and what comes after them.
///
/// The run is taken in pieces of one load: stages, and what lies between changes by hand. A piece is an overload when a
/// rule broke in it or its backlog grew by more than 1 % of its arrivals and by more than 5. Neighbouring overloads are
/// one. When the load of the next piece is lower by a tenth at least, its p95 is followed: it is back when that of 5 s
/// (3 at the beginning) is at most 10 % or 1 ms above the level, and the seconds count up to the first of those 5. The
/// watch ends with the run, the drain, or a load as high as before. A rule that is still broken when p95 is back, as its
/// last 10 s reach into the slow seconds, is no overload of its own until it was met once. Paused seconds are skipped.
/// The level is the p95 of the last 10 s before the overload; without one nothing can be said, and is.
/// Thread: one.
class RecoveryFinder
{
public:
    static constexpr std::size_t kMaxRecoveries = 1000;

    /// Seconds in order. `response`: response times of all steps in it. `isBroken`: a rule broke in it. `isChange`: the
    /// load was changed by hand in it. Batches and searches for the limit are not for this.
    void add(const RunSecond &second, const HdrHistogram &response, bool isBroken, bool isChange);
    std::vector<Recovery> recoveries() const;

private:
    struct Piece
    {
        int from = 0;
        StageIndex stage;
        double loadSum = 0.0;
        double planned = 0.0;
        int seconds = 0;
        std::uint64_t backlogBefore = 0;
        std::uint64_t backlog = 0;
        bool isBroken = false;

        double load() const { return seconds > 0 ? loadSum / seconds : 0.0; }
        bool isOverload() const;
    };
    struct Watch
    {
        Recovery recovery;
        double peak = 0.0; ///< Load of the overload.
    };
    void beginPiece(const RunSecond &second);
    void follow(const RunSecond &second);
    void endWatch();

    std::optional<Piece> m_piece;
    std::optional<double> m_levelMs; // before the overload that is on, or of now when none is
    std::optional<int> m_overloadFrom;
    SlidingTimes m_before{RecoveryLevel::kSecondsBefore};
    SlidingTimes m_after{RecoveryLevel::kSecondsAfter};
    std::optional<Watch> m_watch;
    bool m_isAftermath = false; // what is broken has been since the overload that is over
    bool m_isChangeSkipped = false; // while paused
    std::vector<Recovery> m_found;
};

} // namespace Headroom
