// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>

#include <cstdint>
#include <optional>

namespace Headroom {

/// How a run ended; stored in the session and judged by the report.
struct RunEnding
{
    enum class Reason : std::uint8_t {
        Completed,   ///< The load profile was walked to its end.
        Stopped,     ///< By hand, in the window.
        Interrupted, ///< SIGINT or SIGTERM; what was in flight was finished or cut.
        StopRule,    ///< A rule with "stop" was not met.
        TargetLost,  ///< The practice target or supervised process died, or nothing answered any more.
        Fault,       ///< A fault of ours, for example a session that could not be written.
    };
    Reason reason = Reason::Completed;
    QString text;                      ///< One sentence; empty when completed.
    std::uint64_t unfinished = 0;      ///< Requests still under way at the end of the grace time; recorded as aborted.
    std::uint64_t auxiliary = 0;       ///< Requests of gates and probes, user agent headroom-aux.
    bool operator==(const RunEnding &) const = default;
};

/// "completed", "stopped", "interrupted", "stop_rule", "target_lost", "fault".
QLatin1String endingName(RunEnding::Reason reason);
std::optional<RunEnding::Reason> endingFromName(QStringView name);

} // namespace Headroom
