// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/procparser.h"

#include <QString>

#include <functional>

namespace Headroom {

/// A /proc file tree: the machine's, or a recorded one in tests.
/// Thread: any. Reading the fields of one process takes tens of microseconds, listenersOn() walks every process.
class ProcTree
{
public:
    explicit ProcTree(const QString &root = QStringLiteral("/proc"))
        : m_root(root)
    {
    }

    std::optional<ProcStat> stat(int pid) const; ///< Nothing when there is no such process.
    ProcStatus status(int pid) const;
    ProcIo io(int pid) const; ///< Other users' is not readable: then empty.
    std::optional<std::uint64_t> openDescriptors(int pid) const;
    /// Proportional set size in bytes. The kernel holds the process's memory map while it walks it: milliseconds for
    /// each GiB.
    std::optional<std::uint64_t> pss(int pid) const;
    std::optional<std::uint64_t> switches(int pid) const; ///< Of contexts, of all threads that live.
    /// Hands out the text of smaps in pieces, until `take` says false. False when it cannot be read at all. Costs the
    /// process as pss() does.
    bool readMappings(int pid, const std::function<bool(QByteArrayView)> &take) const;

    /// What a process has started, with what that has started, as long as its parent lives; at most 10,000.
    std::vector<int> descendants(int pid) const;
    /// All processes of that name, the oldest first.
    std::vector<int> named(const QString &name) const;
    /// Of some processes those that live, the oldest first.
    std::vector<int> byAge(const std::vector<int> &pids) const;

    struct Listeners
    {
        bool isAnyListening = false; ///< True with no pids: they belong to somebody else.
        std::vector<int> pids; ///< All that hold a listening socket of the port, the oldest first.
    };
    Listeners listenersOn(int port) const;

private:
    QString path(int pid, QLatin1String file) const;
    bool holdsAny(int pid, const std::vector<std::uint64_t> &inodes) const;

    QString m_root;
};

} // namespace Headroom
