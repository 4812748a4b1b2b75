// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// The control groups (version 2) of the machine, or recorded ones in tests. What a group does not tell is missing.
/// Thread: any. Reading a file takes tens of microseconds, looking for a unit some milliseconds.
class CgroupTree
{
public:
    explicit CgroupTree(const QString &root = QStringLiteral("/sys/fs/cgroup"))
        : m_root(root)
    {
    }

    /// The group of a systemd unit, of the system or of a user, as "/system.slice/nginx.service"; empty when there is
    /// none. "nginx" means nginx.service.
    QString groupOfUnit(const QString &unit) const;
    bool isThere(const QString &group) const;

    std::vector<int> pids(const QString &group) const; ///< With those of the groups below it.
    std::optional<double> memoryBytes(const QString &group) const;
    std::optional<double> cpuSeconds(const QString &group) const; ///< Since the group was made.
    std::optional<double> throttledSeconds(const QString &group) const; ///< Held back by its own limit.
    /// Seconds in which a task of the group had to wait for it. `what`: cpu, memory or io.
    std::optional<double> pressureSeconds(const QString &group, QLatin1StringView what) const;

private:
    QString file(const QString &group, QLatin1StringView name) const;

    QString m_root;
};

} // namespace Headroom
