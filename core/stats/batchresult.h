// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// One batch from its release to its barrier: a worker's share of it, or all of it.
struct BatchResult
{
    int index = 0; ///< From 0.
    Nanoseconds start{}; ///< Its release, since the start of the run: the planned start of all its iterations.
    Nanoseconds end{}; ///< The end of its last request; its start when there was none.
    std::uint64_t iterations = 0; ///< Begun.
    std::uint64_t completed = 0; ///< Walked to their end, with or without errors.
    std::uint64_t requests = 0; ///< Finished.
    std::uint64_t errors = 0;
    std::uint64_t rejected = 0;
    QByteArray responseTimes{}; ///< encodeHistogram(), as in a LatencySet; empty when nothing was recorded.
    std::vector<std::optional<double>> probes{}; ///< Read at the barrier, by RunFacts::series.

    Nanoseconds length() const { return end - start; }
    bool operator==(const BatchResult &) const = default;
};

} // namespace Headroom
