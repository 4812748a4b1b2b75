// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <vector>

namespace Headroom {

/// A clock that moves only when told; alarms ring in order of time while it moves.
class ManualClock final : public Clock
{
public:
    SteadyTime now() const override { return m_now; }
    std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) override;

    /// Moves on by `duration`, stopping at every alarm on the way to let it ring.
    void advance(Nanoseconds duration);
    /// Moves on without letting any alarm ring, as for a thread that was not given the processor.
    void stall(Nanoseconds duration) { m_now += duration; }
    /// Moves to the next alarm and lets it ring. False when none is set.
    bool advanceToNextAlarm();

private:
    class ManualAlarm;
    ManualAlarm *next() const;

    SteadyTime m_now{std::chrono::hours(1)};
    std::vector<ManualAlarm *> m_alarms;
};

} // namespace Headroom
