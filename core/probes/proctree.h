// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/procparser.h"

#include <QString>

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
