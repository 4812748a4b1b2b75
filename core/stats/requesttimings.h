// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace Headroom {

/// Time stamps of one request, all from the same steady clock.
///
/// Units: points of CLOCK_MONOTONIC; differences are nanoseconds.
/// Source: intended versus actual start as in wrk2 (src/wrk.c), response versus service time.
struct RequestTimings
{
    SteadyTime planned; ///< When the plan wanted the request to start.
    SteadyTime sent; ///< When it was handed to the network.
    SteadyTime firstByte; ///< When the head of the answer was seen; equal to finished when there was none.
    SteadyTime finished; ///< When the last byte had arrived or the request had failed.

    Nanoseconds serviceTime() const { return finished - sent; }
    Nanoseconds responseTime() const { return finished - planned; }
    Nanoseconds firstByteTime() const { return firstByte - sent; }
    Nanoseconds sendLag() const { return sent - planned; }
};

} // namespace Headroom
