// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"
#include "core/engine/intervalkeeper.h"

#include <functional>

namespace Headroom {

/// Measures how late the event loop is, every other millisecond, in its own second.
/// Thread: the worker's.
class Heartbeat
{
public:
    /// Begins at `start`. `closeSeconds`: called first at each beat, with the time.
    Heartbeat(Clock &clock, AlarmQueue &alarms, IntervalKeeper &keeper, SteadyTime start,
              std::function<void(SteadyTime now)> closeSeconds);
    Q_DISABLE_COPY_MOVE(Heartbeat)

    /// Instants that went by while the loop was late count too, each with the lateness an event of that instant met and
    /// in its own second: else one long stop would count as one late beat.
    void countBefore(SteadyTime limit);
    /// The last beat was.
    void stop() { m_isStopped = true; }

private:
    void beat();
    void setAlarm();

    Clock &m_clock;
    AlarmQueue &m_alarms;
    IntervalKeeper &m_keeper;
    std::function<void(SteadyTime)> m_closeSeconds;
    SteadyTime m_due;
    bool m_isStopped = false;
};

} // namespace Headroom
