// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace Headroom {

/// What the scheduler says of one thread since it began.
struct SchedStat
{
    double cpuSeconds = 0.0;
    double waitSeconds = 0.0; ///< It could have run, and another thread had its processor: the run-queue wait.
    bool operator==(const SchedStat &) const = default;
};

/// The text of a schedstat file: nanoseconds of CPU, nanoseconds of waiting, number of turns.
/// Nothing for a text that is not one. Source: Linux, Documentation/scheduler/sched-stats.rst.
std::optional<SchedStat> parseSchedStat(std::string_view text);

/// The caller's own thread's, kept open: once a second it costs one read.
/// Thread: the one that made it. 0 on a kernel that does not tell.
class OwnSchedStat
{
public:
    OwnSchedStat();
    ~OwnSchedStat();
    OwnSchedStat(const OwnSchedStat &) = delete;
    OwnSchedStat &operator=(const OwnSchedStat &) = delete;

    double waitSeconds() const;

private:
    const int m_file;
};

} // namespace Headroom
