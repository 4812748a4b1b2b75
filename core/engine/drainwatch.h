// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/stats/sample.h"

#include <atomic>
#include <cstdint>

namespace Headroom {

/// Counts what becomes of requests when the target is told to end: of those under way at that moment, and of those sent
/// after it. Shared by all workers.
/// Thread: any; the counts are complete when the load has ended.
class DrainWatch
{
public:
    /// So long before the signal a request may be sent and still not have reached the target by then.
    static constexpr Nanoseconds kOnTheWay = std::chrono::milliseconds(100);

    struct Counts
    {
        std::uint64_t finished = 0; ///< Under way at the signal: completely answered, as expected ...
        std::uint64_t unfinished = 0; ///< ... and not so.
        /// Sent after it and before the end, or on their way just then: answered 503 or 429 ...
        std::uint64_t turnedAway = 0;
        std::uint64_t refused = 0; ///< ... got no connection ...
        std::uint64_t broken = 0; ///< ... failed in another way ...
        std::uint64_t accepted = 0; ///< ... or answered like any other.
        Nanoseconds lastAccepted{}; ///< Of those, when the last was sent; from the signal.
        bool operator==(const Counts &) const = default;
    };

    void begin(SteadyTime signal) { m_signal.store(signal.time_since_epoch().count(), std::memory_order_release); }
    /// The process is gone: what is sent from now on says nothing.
    void end(SteadyTime gone) { m_gone.store(gone.time_since_epoch().count(), std::memory_order_release); }
    void count(const Sample &sample)
    {
        if (sample.timings.finished.time_since_epoch().count() >= m_signal.load(std::memory_order_acquire))
            countLate(sample);
    }
    Counts counts() const;

private:
    using Count = std::atomic<std::uint64_t>;
    void countLate(const Sample &sample);
    Count &placeOf(const Sample &sample);

    std::atomic<std::int64_t> m_signal = INT64_MAX;
    std::atomic<std::int64_t> m_gone = INT64_MAX;
    Count m_finished = 0;
    Count m_unfinished = 0;
    Count m_turnedAway = 0;
    Count m_refused = 0;
    Count m_broken = 0;
    Count m_accepted = 0;
    std::atomic<std::int64_t> m_lastAccepted = 0;
};

} // namespace Headroom
