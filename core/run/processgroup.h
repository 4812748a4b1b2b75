// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QCoroTask>

#include <memory>
#include <optional>

#include <sys/types.h>

namespace Headroom {

/// A process that leads a session of its own, with all that it has started and that has stayed with it.
/// Thread: any.
class ProcessGroup
{
public:
    ProcessGroup() = default;
    explicit ProcessGroup(pid_t leader)
        : m_leader(leader)
    {
    }
    pid_t leader() const { return m_leader; } ///< 0: none.
    void signal(int number) const;
    /// Whether anybody of it is alive. Looks at every process: some milliseconds.
    bool isThere() const;
    /// Whether the number still names this group: as long as not all of it have ended and been noticed. Quick.
    bool holdsItsNumber() const;

private:
    pid_t m_leader = 0;
};

/// How long a group took to end, and whether it had to be made to.
struct GroupEnd
{
    Nanoseconds took{};
    bool wasKilled = false;
    std::optional<int> exitCode{}; ///< Of its leader, if that was our child and no signal ended it.
};

/// SIGTERM for all of it; SIGKILL for what is left after `within`, or as soon as `isHurried` turns true.
/// Needs an event loop, which also takes note of a child's end.
QCoro::Task<GroupEnd> endGroup(ProcessGroup group, std::chrono::milliseconds within,
                               std::shared_ptr<const bool> isHurried);

} // namespace Headroom
