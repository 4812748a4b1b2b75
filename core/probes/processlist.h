// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/procparser.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace Headroom {

/// One process of this machine, to be chosen from.
struct ListedProcess
{
    int pid = 0;
    std::uint64_t startTicks = 0; ///< Tells it from a later one with the same number.
    QString name{}; ///< As ps -o comm shows it: at most 15 characters.
    QString user{}; ///< Whose it is; the number where it has no name.
    QString command{}; ///< With its arguments, secrets hidden, cut to 400 characters.
    std::vector<int>
        ports{}; ///< That it listens on by the loopback interface, sorted; empty also where we may not look.
    std::vector<int> sharedPorts{}; ///< Of these an older process holds the same: a probe that looks for the port finds that one.
    bool isOldestOfName = true; ///< A probe that looks for the name finds this one.
    std::optional<std::uint64_t> rssBytes{};
    std::optional<double> cpuPercent{}; ///< Of one core since the list before; nothing in the first one.
};

/// How a probe finds a process again.
struct ProcessAddress
{
    enum class By { Port, Name, Pid };
    By by = By::Pid;
    int number = 0; ///< The port or the pid.
    QString name{};
    bool operator==(const ProcessAddress &) const = default;
};
/// All ways that find this process and no other, the one that lasts longest first: a port and a name outlive a restart, a
/// pid does not.
std::vector<ProcessAddress> addressesOf(const ListedProcess &process);

/// The processes of this machine, looked at again and again. Threads of the kernel are left out.
/// Thread: any, one at a time. A list takes some milliseconds for each hundred processes.
class ProcessList
{
public:
    explicit ProcessList(const QString &root = QStringLiteral("/proc"));

    /// Sorted by pid, at most 20,000.
    std::vector<ListedProcess> read(SteadyTime now);

private:
    struct Known ///< What does not change, and what the next share of a processor is counted from.
    {
        std::uint64_t startTicks = 0;
        std::uint64_t cpuTicks = 0;
        QString user{};
        QString command{};
    };
    std::optional<ListedProcess> readOne(int pid, double seconds, QHash<int, Known> &seen);
    QString userOf(int pid);
    QString path(int pid, QLatin1StringView file) const;

    QString m_root;
    QHash<int, Known> m_known; ///< By pid, of the list before.
    QHash<unsigned int, QString> m_users;
    std::optional<SteadyTime> m_readAt;
};

} // namespace Headroom
