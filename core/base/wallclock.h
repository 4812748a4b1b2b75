// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>

namespace Headroom {

/// What time of day a point of a clock is, by the computer's calendar clock as it was when this was made: later changes
/// of that one do not move it. Thread: any.
class WallClock
{
public:
    explicit WallClock(const Clock &clock)
        : m_ahead(std::chrono::system_clock::now().time_since_epoch() - clock.now().time_since_epoch())
    {
    }

    /// Microseconds since 1970-01-01, UTC.
    std::int64_t unixMicrosecondsAt(SteadyTime time) const
    {
        return std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch() + m_ahead).count();
    }

private:
    Nanoseconds m_ahead; // of the steady clock
};

} // namespace Headroom
