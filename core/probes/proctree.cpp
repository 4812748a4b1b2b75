// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/proctree.h"

#include "core/probes/smallfile.h"

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
    return parseProcStat(textOfSmallFile(path(pid, QLatin1String("stat")), kMaxTextBytes));
}

ProcStatus ProcTree::status(int pid) const
{
    return parseProcStatus(textOfSmallFile(path(pid, QLatin1String("status")), kMaxTextBytes));
}

ProcIo ProcTree::io(int pid) const
{
    return parseProcIo(textOfSmallFile(path(pid, QLatin1String("io")), kMaxTextBytes));
}

std::optional<std::uint64_t> ProcTree::openDescriptors(int pid) const
{
    std::uint64_t count = 0;
    const bool isReadable = forEachEntry(path(pid, QLatin1String("fd")), [&count](const fs::path &) {
        ++count;
        return true;
    });
    return isReadable ? std::optional(count) : std::nullopt;
}

std::optional<std::uint64_t> ProcTree::pss(int pid) const
{
    return parsePss(textOfSmallFile(path(pid, QLatin1String("smaps_rollup")), kMaxTextBytes));
}

std::optional<std::uint64_t> ProcTree::switches(int pid) const
{
    std::optional<std::uint64_t> sum;
    forEachEntry(path(pid, QLatin1String("task")), [&sum](const fs::path &thread) {
        const ProcStatus status =
            parseProcStatus(textOfSmallFile(QString::fromStdString(thread / "status"), kMaxTextBytes));
        if (status.switches)
            sum = sum.value_or(0) + *status.switches;
        return true;
    });
    return sum;
}

bool ProcTree::readMappings(int pid, const std::function<bool(QByteArrayView)> &take) const
{
    QFile file(path(pid, QLatin1String("smaps")));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    bool isAnything = false;
    while (true) {
        const QByteArray piece = file.read(64 * 1024);
        if (piece.isEmpty())
            return isAnything;
        isAnything = true;
        if (!take(piece))
            return true;
    }
}

std::vector<int> ProcTree::descendants(int pid) const
{
    constexpr std::size_t kMost = 10'000;
    std::vector<int> found;
    std::vector<int> parents{pid};
    while (!parents.empty() && found.size() < kMost) {
        const int parent = parents.back();
        parents.pop_back();
        forEachEntry(path(parent, QLatin1String("task")), [&](const fs::path &thread) {
            for (const int child :
                 parsePids(textOfSmallFile(QString::fromStdString(thread / "children"), kMaxTextBytes))) {
                if (child == pid || std::ranges::contains(found, child))
                    continue; // numbers may be given away while we look
                found.push_back(child);
                parents.push_back(child);
            }
            return true;
        });
    }
    return found;
}

std::vector<int> ProcTree::named(const QString &name) const
{
    const QByteArray wanted = name.toUtf8().left(15); // TASK_COMM_LEN of the kernel, less its zero
    std::vector<int> pids;
    forEachEntry(m_root, [&](const fs::path &folder) {
        bool isNumber = false;
        const int pid = QString::fromStdString(folder.filename().string()).toInt(&isNumber);
        const QByteArray text =
            isNumber ? textOfSmallFile(path(pid, QLatin1String("stat")), kMaxTextBytes) : QByteArray();
        if (!text.isEmpty() && processName(text) == QByteArrayView(wanted))
            pids.push_back(pid);
        return true;
    });
    return byAge(pids);
}

std::vector<int> ProcTree::byAge(const std::vector<int> &pids) const
{
    std::vector<std::pair<std::uint64_t, int>> living; // by start, then pid
    for (const int pid : pids) {
        if (const auto found = stat(pid); found && !found->hasEnded())
            living.emplace_back(found->startTicks, pid);
    }
    std::ranges::sort(living);
    std::vector<int> sorted;
    for (const auto &[start, pid] : living)
        sorted.push_back(pid);
    return sorted;
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
        std::ranges::copy(loopbackListeners(textOfSmallFile(m_root + table, kMaxTableBytes), port),
                          std::back_inserter(inodes));
    if (inodes.empty())
        return {};

    std::vector<int> holders;
    forEachEntry(m_root, [&](const fs::path &folder) {
        bool isNumber = false;
        const int pid = QString::fromStdString(folder.filename().string()).toInt(&isNumber);
        if (isNumber && pid > 0 && holdsAny(pid, inodes))
            holders.push_back(pid);
        return true;
    });
    Listeners listeners{.isAnyListening = true, .pids = byAge(holders)};
    return listeners;
}

} // namespace Headroom
