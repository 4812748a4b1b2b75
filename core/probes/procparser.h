// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdint>
#include <optional>
#include <vector>

namespace Headroom {

/// Reading the texts of /proc, without touching it. Any bytes may come in; what cannot be read is missing.
/// Source: proc_pid_stat(5), proc_pid_status(5), proc_pid_io(5), the kernel's
/// Documentation/networking/proc_net_tcp.rst.

/// The part of /proc/PID/stat that we need.
struct ProcStat
{
    char state = '?'; ///< As in ps: R, S, D, Z, ...
    std::uint64_t userTicks = 0; ///< Of all threads, those that have ended included.
    std::uint64_t systemTicks = 0;
    std::uint64_t startTicks = 0; ///< Since boot: tells a process from a later one with the same number.
    std::uint64_t childTicks = 0; ///< Of children that have ended and been waited for, with theirs.

    std::uint64_t cpuTicks() const { return userTicks + systemTicks; }
    /// A zombie has ended; only its parent has not asked yet.
    bool hasEnded() const { return state == 'Z' || state == 'X' || state == 'x'; }
};
std::optional<ProcStat> parseProcStat(QByteArrayView text);
/// The name of the process in the same text, as ps -o comm shows it; empty when there is none.
QByteArrayView processName(QByteArrayView stat);

struct ProcStatus
{
    std::optional<std::uint64_t> rssBytes; ///< Missing for kernel threads and zombies.
    std::optional<std::uint64_t> threads;
    std::optional<std::uint64_t> switches; ///< Of contexts, voluntary or not: of one thread alone.
};
ProcStatus parseProcStatus(QByteArrayView text);

struct ProcIo
{
    std::optional<std::uint64_t> readBytes; ///< From storage, not from caches or sockets.
    std::optional<std::uint64_t> writeBytes; ///< To storage.
};
ProcIo parseProcIo(QByteArrayView text);

/// The proportional set size in the text of /proc/PID/smaps_rollup, in bytes.
std::optional<std::uint64_t> parsePss(QByteArrayView text);

/// The numbers in a text of blanks, line ends and numbers, as in task/TID/children and in cgroup.procs.
std::vector<int> parsePids(QByteArrayView text);

/// A socket that listens on a port of the loopback interface or of all interfaces.
struct LoopbackListener
{
    int port = 0;
    std::uint64_t inode = 0;
};
/// All of them, in the text of /proc/net/tcp or tcp6; or those of one port, by inode.
std::vector<LoopbackListener> loopbackListeners(QByteArrayView text);
std::vector<std::uint64_t> loopbackListeners(QByteArrayView text, int port);

/// The inode behind a link of /proc/PID/fd: "socket:[12345]" is 12345.
std::optional<std::uint64_t> socketInode(QByteArrayView link);

} // namespace Headroom
