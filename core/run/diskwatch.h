// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"

#include <optional>
#include <vector>

namespace Headroom {

/// Watches how many seconds wait to be written, says when the disk is slow, and bounds what waits for it.
/// Thread: one, that of the run.
class DiskWatch
{
public:
    static constexpr int kSlow = 5; ///< More that wait are told ...
    static constexpr Nanoseconds kForSoLong{
        1s}; ///< ... when they do for so long: a worker that was held up hands over several at once.
    static constexpr int kMostWithSamples =
        30; ///< Behind more, no raw samples are stored until the disk has caught up.
    static constexpr int kMost = 300; ///< Behind more, the recording ends.

    /// What is to be told at `now`, as so many seconds wait.
    std::vector<RunEvent> look(int waiting, Nanoseconds now);
    bool storesSamples() const { return m_leftOut == 0; } ///< Of the second that comes next.
    bool isTooSlow() const { return m_isTooSlow; } ///< From then on for good.

private:
    std::optional<Nanoseconds> m_behindSince; // more than kSlow wait
    bool m_isTold = false;
    int m_leftOut = 0; // seconds without their raw samples, since it was last in time
    bool m_isTooSlow = false;
};

} // namespace Headroom
