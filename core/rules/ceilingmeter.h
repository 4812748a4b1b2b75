// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <optional>

namespace Headroom {

/// What this generator can do at most, from what it did: its ceiling, in requests per second, is 1 / CPU time that its
/// busiest load thread needs for a request (ProcessUse::busySeconds). At that rate the thread has no time left.
///
/// It says nothing of what a target on the same machine needs beside it, nor of the network.
/// Thread: one.
class CeilingMeter
{
public:
    /// Below this share of its time in use, a thread's own unrest (timers, the second's end) is too much of it.
    static constexpr double kLeastUse = 0.05;

    void add(const MetricsFrame &frame);
    /// Nothing as long as too little was done to tell.
    std::optional<double> ratePerSecond() const;
    /// CPU time of the busiest load thread for a request; nothing before any.
    std::optional<double> secondsPerRequest() const;

private:
    double m_seconds = 0.0;
    double m_busySeconds = 0.0;
    std::uint64_t m_requests = 0;
};

} // namespace Headroom
