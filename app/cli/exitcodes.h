// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Headroom {

/// What the process returns (LANGUAGE, section 7). Of several: 130, 1, 3, 5, 4, 0.
enum ExitCode {
    kExitMet = 0,            ///< Rules met; also undecided or none, with a warning.
    kExitFault = 1,          ///< A fault of ours, or an output that cannot be written.
    kExitUsage = 2,          ///< Bad usage or bad input file.
    kExitUnreachable = 3,    ///< Target not reachable or not ready before the start.
    kExitNotMet = 4,         ///< Rules not met, a stop rule, target lost.
    kExitNotValid = 5,       ///< The generator was the limit; the numbers do not count.
    kExitInterrupted = 130,  ///< SIGINT or SIGTERM.
};

} // namespace Headroom
