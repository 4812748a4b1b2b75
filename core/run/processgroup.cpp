// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/processgroup.h"

#include <QCoroTimer>
#include <QDeadlineTimer>
#include <QDirIterator>
#include <QFile>

#include <csignal>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kLookEvery{20};
constexpr std::chrono::milliseconds kKillTakes{2000}; // SIGKILL is obeyed at once, but for a process in the kernel

/// Whether the process with this folder belongs to a group and has not ended. Source: proc_pid_stat(5).
bool isAliveIn(const QString &folder, pid_t group)
{
    QFile file(folder + QStringLiteral("/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields =
        text.sliced(text.lastIndexOf(')') + 1).simplified().split(' '); // state, parent, group
    return fields.size() > 2 && fields[2].toInt() == group && fields[0] != "Z" && fields[0] != "X";
}

QCoro::Task<> awaitEnd(ProcessGroup group, QDeadlineTimer limit, std::shared_ptr<const bool> isHurried)
{
    while (group.isThere() && !limit.hasExpired() && !*isHurried)
        co_await QCoro::sleepFor(kLookEvery);
}

} // namespace

void ProcessGroup::signal(int number) const
{
    if (m_leader > 1)
        ::kill(-m_leader, number);
}

bool ProcessGroup::holdsItsNumber() const { return m_leader > 1 && ::kill(-m_leader, 0) == 0; }

bool ProcessGroup::isThere() const
{
    if (!holdsItsNumber())
        return false;
    // The signal also reaches those that have ended and that nobody has asked about; an init may never ask.
    QDirIterator processes(QStringLiteral("/proc"), {QStringLiteral("[0-9]*")}, QDir::Dirs);
    while (processes.hasNext()) {
        if (isAliveIn(processes.next(), m_leader))
            return true;
    }
    return false;
}

QCoro::Task<GroupEnd> endGroup(ProcessGroup group, std::chrono::milliseconds within,
                               std::shared_ptr<const bool> isHurried)
{
    const SteadyTime begun = std::chrono::steady_clock::now();
    group.signal(SIGTERM);
    co_await awaitEnd(group, QDeadlineTimer(within), isHurried);
    GroupEnd end{.wasKilled = group.isThere()};
    if (end.wasKilled) {
        group.signal(SIGKILL);
        co_await awaitEnd(group, QDeadlineTimer(kKillTakes), std::make_shared<const bool>(false));
    }
    end.took = std::chrono::steady_clock::now() - begun;
    co_return end;
}

} // namespace Headroom
