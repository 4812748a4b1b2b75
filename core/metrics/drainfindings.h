// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace Headroom {

/// How a target ended that was told to (SIGTERM) while the load went on.
struct DrainFindings
{
    /// So long after the signal a request may still be accepted: a process needs a moment to take note of it.
    static constexpr Nanoseconds kNoticeTakes = std::chrono::milliseconds(100);

    std::uint64_t finished = 0; ///< Of the requests under way at the signal: completely answered, as expected ...
    std::uint64_t unfinished = 0; ///< ... and not so.
    /// Of those sent after it, as long as there was a process, or on their way at that moment: answered 503 or 429 ...
    std::uint64_t turnedAway = 0;
    std::uint64_t refused = 0; ///< ... got no connection ...
    std::uint64_t broken = 0; ///< ... failed in another way ...
    std::uint64_t accepted = 0; ///< ... or were answered as if nothing had happened.
    Nanoseconds lastAccepted{}; ///< Of those, when the last was sent; from the signal.
    Nanoseconds took{}; ///< From the signal to the end of the process.
    Nanoseconds within{}; ///< What it was given.
    bool wasKilled = false; ///< It had not ended by then.
    std::optional<int> exitCode{}; ///< Nothing: a signal ended it, or it was no child of ours.

    bool hasFinishedItsWork() const { return unfinished == 0; }
    bool hasRefusedNewWork() const { return accepted == 0 || lastAccepted <= kNoticeTakes; }
    bool hasEndedInTime() const { return !wasKilled; }
    bool isDrained() const { return hasFinishedItsWork() && hasRefusedNewWork() && hasEndedInTime(); }
    bool operator==(const DrainFindings &) const = default;
};

/// "3 of 3 requests under way were finished", "new work was refused: 12 x 503, 4 without a connection", "it ended after
/// 1.20 s with exit code 0".
QString workText(const DrainFindings &found);
QString refusalText(const DrainFindings &found);
QString endText(const DrainFindings &found);
/// All three as one sentence: what came of the action.
QString drainText(const DrainFindings &found);

} // namespace Headroom
