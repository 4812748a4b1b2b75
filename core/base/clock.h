// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace Headroom {

using SteadyTime = std::chrono::steady_clock::time_point;
using Nanoseconds = std::chrono::nanoseconds;
using namespace std::chrono_literals;

/// Rings once at an absolute time, in the thread that made it.
class Alarm
{
public:
    virtual ~Alarm() = default;
    /// Rings at or after `time`, also when it has passed already; replaces an earlier setting.
    virtual void setFor(SteadyTime time) = 0;
    virtual void cancel() = 0;
};

/// The time, and alarms on it: the seam that lets tests run a minute of load in a millisecond.
///
/// Units: points of CLOCK_MONOTONIC (std::chrono::steady_clock).
/// Thread: now() from any; an alarm lives, is set and rings in the thread that made it.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual SteadyTime now() const = 0;
    /// An alarm that calls `ring` from the event loop. Owns: the caller.
    virtual std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) = 0;
};

} // namespace Headroom
