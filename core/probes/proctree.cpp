// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/proctree.h"

#include <QFile>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace fs = std::filesystem;

namespace Headroom {

namespace {

constexpr qsizetype kMaxTextBytes = 64 * 1024;
// The kernel lists listening sockets before all others (tcp_seq_start), so the tail of a busy table is not missed.
constexpr qsizetype kMaxTableBytes = 1024 * 1024;

QByteArray textOf(const QString &path, qsizetype maxBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    QByteArray text;
    while (text.size() < maxBytes) { // a file of /proc has no size and answers in pieces
        const QByteArray piece = file.read(maxBytes - text.size());
        if (piece.isEmpty())
            break;
        text += piece;
    }
    return text;
}

/// Calls `visit` with every entry until it says false; unreadable folders are empty ones.
template <typename Visit> bool forEachEntry(const QString &folder, Visit visit)
{
    std::error_code error;
    fs::directory_iterator entry(folder.toStdString(), error);
    if (error)
        return false;
    while (entry != fs::directory_iterator()) {
        if (!visit(entry->path()))
            break;
        entry.increment(error); // becomes the end on an error
    }
    return true;
}

} // namespace

QString ProcTree::path(int pid, QLatin1String file) const
{
    return m_root + QLatin1Char('/') + QString::number(pid) + QLatin1Char('/') + file;
}

std::optional<ProcStat> ProcTree::stat(int pid) const
{
    return parseProcStat(textOf(path(pid, QLatin1String("stat")), kMaxTextBytes));
}

ProcStatus ProcTree::status(int pid) const
{
    return parseProcStatus(textOf(path(pid, QLatin1String("status")), kMaxTextBytes));
}

ProcIo ProcTree::io(int pid) const { return parseProcIo(textOf(path(pid, QLatin1String("io")), kMaxTextBytes)); }

std::optional<std::uint64_t> ProcTree::openDescriptors(int pid) const
{
    std::uint64_t count = 0;
    const bool isReadable = forEachEntry(path(pid, QLatin1String("fd")), [&count](const fs::path &) {
        ++count;
        return true;
    });
    return isReadable ? std::optional(count) : std::nullopt;
}

bool ProcTree::holdsAny(int pid, const std::vector<std::uint64_t> &inodes) const
{
    bool isHeld = false;
    forEachEntry(path(pid, QLatin1String("fd")), [&](const fs::path &descriptor) {
        std::error_code error;
        const std::string link = fs::read_symlink(descriptor, error).string();
        const auto inode = error ? std::nullopt : socketInode(QByteArrayView(link.data(), qsizetype(link.size())));
        isHeld = inode && std::ranges::contains(inodes, *inode);
        return !isHeld;
    });
    return isHeld;
}

ProcTree::Listeners ProcTree::listenersOn(int port) const
{
    std::vector<std::uint64_t> inodes;
    for (const auto table : {QLatin1String("/net/tcp"), QLatin1String("/net/tcp6")})
        std::ranges::copy(loopbackListeners(textOf(m_root + table, kMaxTableBytes), port), std::back_inserter(inodes));
    if (inodes.empty())
        return {};

    std::vector<std::pair<std::uint64_t, int>> holders; // by start, then pid
    forEachEntry(m_root, [&](const fs::path &folder) {
        bool isNumber = false;
        const int pid = QString::fromStdString(folder.filename().string()).toInt(&isNumber);
        if (!isNumber || pid <= 0 || !holdsAny(pid, inodes))
            return true;
        if (const auto found = stat(pid); found && !found->hasEnded())
            holders.emplace_back(found->startTicks, pid);
        return true;
    });
    std::ranges::sort(holders);
    Listeners listeners{.isAnyListening = true, .pids = {}};
    for (const auto &[start, pid] : holders)
        listeners.pids.push_back(pid);
    return listeners;
}

} // namespace Headroom
