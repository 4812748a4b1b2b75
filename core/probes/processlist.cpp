// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/processlist.h"

#include "core/probes/argumentmask.h"
#include "core/probes/smallfile.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

namespace fs = std::filesystem;

namespace Headroom {

namespace {

constexpr std::size_t kMostProcesses = 20'000;
constexpr qsizetype kMaxCommandLength = 400;
constexpr qsizetype kMaxTableBytes = 1024 * 1024;

template <typename Visit> void forEachEntry(const QString &folder, Visit visit)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder.toStdString(), error); !error && entry != fs::directory_iterator();
         entry.increment(error))
        visit(entry->path());
}

std::vector<int> pidsIn(const QString &root)
{
    std::vector<int> pids;
    forEachEntry(root, [&pids](const fs::path &folder) {
        bool isNumber = false;
        const int pid = QString::fromStdString(folder.filename().string()).toInt(&isNumber);
        if (isNumber && pid > 0 && pids.size() < kMostProcesses)
            pids.push_back(pid);
    });
    std::ranges::sort(pids);
    return pids;
}

/// The arguments as the kernel keeps them, with a zero behind each.
QString commandIn(const QByteArray &text)
{
    QStringList arguments;
    for (const QByteArray &argument : text.split('\0'))
        arguments << QString::fromUtf8(argument);
    const QString whole = maskedArguments(arguments).join(u' ').simplified(); // scripts have line breaks
    return whole.size() > kMaxCommandLength ? whole.left(kMaxCommandLength - 1) + u'\u2026' : whole;
}

using PortsByInode = std::map<std::uint64_t, int>;

PortsByInode listeningSockets(const QString &root)
{
    PortsByInode ports;
    for (const auto table : {QLatin1StringView("/net/tcp"), QLatin1StringView("/net/tcp6")}) {
        for (const LoopbackListener &listener : loopbackListeners(textOfSmallFile(root + table, kMaxTableBytes)))
            ports[listener.inode] = listener.port;
    }
    return ports;
}

/// Of other users' processes nothing is seen.
std::vector<int> portsOf(const QString &descriptors, const PortsByInode &sockets)
{
    std::vector<int> ports;
    if (sockets.empty())
        return ports;
    forEachEntry(descriptors, [&](const fs::path &descriptor) {
        std::error_code error;
        const std::string link = fs::read_symlink(descriptor, error).string();
        const auto inode = error ? std::nullopt : socketInode(QByteArrayView(link.data(), qsizetype(link.size())));
        const auto found = inode ? sockets.find(*inode) : sockets.end();
        if (found != sockets.end() && !std::ranges::contains(ports, found->second))
            ports.push_back(found->second);
    });
    std::ranges::sort(ports);
    return ports;
}

using Age = std::pair<std::uint64_t, int>; // by start, then pid, as ProcTree::byAge() has it

Age ageOf(const ListedProcess &process) { return {process.startTicks, process.pid}; }

template <typename Key> void noteOldest(std::map<Key, Age> &oldest, const Key &key, const Age &age)
{
    const auto [known, isNew] = oldest.emplace(key, age);
    known->second = std::min(known->second, age);
}

/// Workers have the name of what started them, and its sockets.
void markOldest(std::vector<ListedProcess> &processes)
{
    std::map<QString, Age> ofName;
    std::map<int, Age> ofPort;
    for (const ListedProcess &process : processes) {
        noteOldest(ofName, process.name, ageOf(process));
        for (const int port : process.ports)
            noteOldest(ofPort, port, ageOf(process));
    }
    for (ListedProcess &process : processes) {
        process.isOldestOfName = ofName[process.name] == ageOf(process);
        std::ranges::copy_if(process.ports, std::back_inserter(process.sharedPorts),
                             [&](int port) { return ofPort[port] != ageOf(process); });
    }
}

} // namespace

std::vector<ProcessAddress> addressesOf(const ListedProcess &process)
{
    std::vector<ProcessAddress> addresses;
    for (const int port : process.ports) {
        if (!std::ranges::contains(process.sharedPorts, port))
            addresses.push_back({ProcessAddress::By::Port, port, {}});
    }
    if (process.isOldestOfName && !process.name.isEmpty())
        addresses.push_back({ProcessAddress::By::Name, 0, process.name});
    addresses.push_back({ProcessAddress::By::Pid, process.pid, {}});
    return addresses;
}

ProcessList::ProcessList(const QString &root)
    : m_root(root)
{
}

QString ProcessList::path(int pid, QLatin1StringView file) const
{
    return QStringLiteral("%1/%2/%3").arg(m_root).arg(pid).arg(file);
}

std::vector<ListedProcess> ProcessList::read(SteadyTime now)
{
    const double seconds = m_readAt ? std::chrono::duration<double>(now - *m_readAt).count() : 0.0;
    m_readAt = now;
    const PortsByInode sockets = listeningSockets(m_root);
    std::vector<ListedProcess> processes;
    QHash<int, Known> seen;
    for (const int pid : pidsIn(m_root)) {
        auto process = readOne(pid, seconds, seen);
        if (!process)
            continue;
        process->ports = portsOf(path(pid, QLatin1StringView("fd")), sockets);
        processes.push_back(std::move(*process));
    }
    markOldest(processes);
    m_known = std::move(seen);
    return processes;
}

std::optional<ListedProcess> ProcessList::readOne(int pid, double seconds, QHash<int, Known> &seen)
{
    const QByteArray text = textOfSmallFile(path(pid, QLatin1StringView("stat")));
    const auto stat = parseProcStat(text);
    if (!stat || stat->hasEnded())
        return std::nullopt;
    Known known = m_known.value(pid);
    const bool isKnown = known.startTicks == stat->startTicks && !known.user.isEmpty();
    if (!isKnown)
        known = {stat->startTicks, 0, userOf(pid),
                 commandIn(textOfSmallFile(path(pid, QLatin1StringView("cmdline")), 8192))};
    ListedProcess process{.pid = pid, .startTicks = stat->startTicks, .name = QString::fromUtf8(processName(text))};
    process.rssBytes = parseProcStatus(textOfSmallFile(path(pid, QLatin1StringView("status")))).rssBytes;
    if (!process.rssBytes && known.command.isEmpty())
        return std::nullopt; // a thread of the kernel
    if (isKnown && seconds > 0.0 && stat->cpuTicks() >= known.cpuTicks) {
        static const double kTicksPerSecond = static_cast<double>(sysconf(_SC_CLK_TCK));
        process.cpuPercent = 100.0 * static_cast<double>(stat->cpuTicks() - known.cpuTicks) / kTicksPerSecond / seconds;
    }
    known.cpuTicks = stat->cpuTicks();
    process.user = known.user;
    process.command = known.command;
    seen.insert(pid, known);
    return process;
}

QString ProcessList::userOf(int pid)
{
    struct stat folder = {};
    if (::stat(QStringLiteral("%1/%2").arg(m_root).arg(pid).toLocal8Bit().constData(), &folder) != 0)
        return QStringLiteral("?");
    const auto cached = m_users.constFind(folder.st_uid);
    if (cached != m_users.constEnd())
        return *cached;
    struct passwd entry = {};
    struct passwd *found = nullptr;
    char buffer[4096];
    const bool isNamed =
        ::getpwuid_r(folder.st_uid, &entry, buffer, sizeof buffer, &found) == 0 && found && found->pw_name[0];
    const QString name = isNamed ? QString::fromLocal8Bit(found->pw_name) : QString::number(folder.st_uid);
    m_users.insert(folder.st_uid, name);
    return name;
}

} // namespace Headroom
