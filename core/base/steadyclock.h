// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace Headroom {

/// The machine's monotonic clock. Alarms are absolute timerfds watched by the thread's event loop: no rounding to
/// milliseconds, no drift. Needs Linux and a running event dispatcher.
class SteadyClock final : public Clock
{
public:
    SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) override;
};

/// Lets timers of the calling thread fire without the kernel's default 50 us of slack (prctl(2), PR_SET_TIMERSLACK).
void removeTimerSlack();

/// Lets the calling thread run sooner when it wakes beside others, for as short a time at once as there is: no more of
/// the processor, only earlier. For threads that wait most of the time and are late when they wait for one more.
void askForShortSlices();

} // namespace Headroom
