// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace Headroom {

/// What this process has used so far.
struct ProcessStats
{
    double cpuSeconds = 0.0; ///< User and system, all threads.
    std::int64_t rssBytes = 0; ///< Resident now; 0 where /proc cannot be read.
};

ProcessStats ownProcessStats();

} // namespace Headroom
