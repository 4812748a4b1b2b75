// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>

namespace Headroom {

/// What the generator's process used of the machine in some time: its CPU, and the run-queue wait of its threads.
///
/// Load threads are those that requests pass through: the workers, and the threads that Qt hides behind its network
/// access managers.
struct ProcessUse
{
    /// CPU of the busiest load thread; when the load threads together used more per processor than that, so much. At as
    /// many seconds as have passed the generator can do no more: requests / busySeconds is its ceiling.
    double busySeconds = 0.0;
    double loadWaitSeconds = 0.0; ///< That load threads could have run and other threads had their processor, summed.
    double waitSeconds = 0.0; ///< The same of all threads of the process.
    std::uint64_t connections = 0; ///< Connected TCP sockets at the end, those of probes and gates included.
    std::uint64_t descriptors = 0; ///< Open ones at the end.
    std::uint64_t descriptorLimit = 0; ///< How many may be open; 0: not known.

    /// What was used in both times together; of the second the state at its end.
    ProcessUse &operator+=(const ProcessUse &later)
    {
        busySeconds += later.busySeconds;
        loadWaitSeconds += later.loadWaitSeconds;
        waitSeconds += later.waitSeconds;
        connections = later.connections;
        descriptors = later.descriptors;
        descriptorLimit = later.descriptorLimit;
        return *this;
    }
    bool operator==(const ProcessUse &) const = default;
};

/// What one worker thread used in a second.
struct WorkerUse
{
    Nanoseconds loopLagP99{}; ///< 99th percentile of its event loop's lateness.
    double cpuSeconds = 0.0;
    double waitSeconds = 0.0; ///< That it could have run and another thread had its processor.
    bool operator==(const WorkerUse &) const = default;
};

} // namespace Headroom
