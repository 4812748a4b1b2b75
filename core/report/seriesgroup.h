// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

namespace Headroom {

/// What a probe series is drawn with, in the window and in the report.
enum class SeriesGroup {
    Queues, ///< Every count that is nothing else.
    Memory, ///< Sizes.
    Cpu, ///< Percentages.
    Handles, ///< A process's threads and open files.
    Traffic, ///< Bytes that a process reads and writes.
    Counters, ///< How often a process was switched since its start; drawn only where someone asks, as Times.
    Times, ///< Seconds; drawn nowhere.
};

SeriesGroup groupOf(const RunFacts::Series &series);

} // namespace Headroom
