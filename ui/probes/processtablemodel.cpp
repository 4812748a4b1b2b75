// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/processtablemodel.h"

#include "core/base/humanformat.h"
#include "ui/probes/probetexts.h"
#include "ui/run/runtexts.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isSameProcess(const ListedProcess &a, const ListedProcess &b)
{
    return a.pid == b.pid && a.startTicks == b.startTicks;
}

QString portsText(const ListedProcess &process)
{
    QStringList ports;
    for (const int port : process.ports)
        ports << QString::number(port);
    return ports.join(QStringLiteral(", "));
}

} // namespace

ProcessTableModel::ProcessTableModel(QObject *parent)
    : RunTableModel({{tr("Name"), tr("As ps -o comm shows it."), false, QStringLiteral("headroom-target")},
                     {tr("PID"), {}, true, QStringLiteral("4194304")},
                     {tr("User"), {}, false, QStringLiteral("postgres")},
                     {tr("Port"), tr("That it listens on; of other users' processes it cannot be seen."), false,
                      QStringLiteral("18080")},
                     {tr("Memory"), tr("Resident set size."), true, QStringLiteral("1023 MiB")},
                     {tr("CPU"), tr("Percent of one core, in the last second."), true, QStringLiteral("100.0 %")},
                     {tr("Probe"), tr("That watches it already."), false, QStringLiteral("service")},
                     {tr("Command"), tr("What it was started with, secrets hidden.")}},
                    parent)
{
}

void ProcessTableModel::setWatching(const std::vector<Scenario::Probe> &watching)
{
    m_watching = watching;
    reportAllChanged();
}

/// Both are sorted by pid, so one walk finds who came and who went.
void ProcessTableModel::setProcesses(const std::vector<ListedProcess> &processes)
{
    std::size_t row = 0;
    for (const ListedProcess &process : processes) {
        while (row < m_processes.size() && m_processes[row].pid <= process.pid
               && !isSameProcess(m_processes[row], process)) {
            beginRemoveRows({}, int(row), int(row));
            m_processes.erase(m_processes.begin() + std::ptrdiff_t(row));
            endRemoveRows();
        }
        if (row < m_processes.size() && isSameProcess(m_processes[row], process)) {
            m_processes[row] = process;
        } else {
            beginInsertRows({}, int(row), int(row));
            m_processes.insert(m_processes.begin() + std::ptrdiff_t(row), process);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_processes.size()) {
        beginRemoveRows({}, int(row), int(m_processes.size()) - 1);
        m_processes.resize(row);
        endRemoveRows();
    }
    reportAllChanged();
}

int ProcessTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_processes.size());
}

RunTableModel::Cell ProcessTableModel::cell(int row, int column) const
{
    const ListedProcess &process = m_processes[std::size_t(row)];
    switch (Column(column)) {
    case Name:
        return {foreignText(process.name), process.name.toLower()};
    case Pid:
        return {QString::number(process.pid), process.pid};
    case User:
        return {foreignText(process.user), process.user};
    case Port:
        return {portsText(process), process.ports.empty() ? 65536 : process.ports.front()};
    case Memory:
        return {process.rssBytes ? formatBytes(double(*process.rssBytes)) : noValue(),
                double(process.rssBytes.value_or(0))};
    case Cpu:
        return {process.cpuPercent ? QString::number(*process.cpuPercent, 'f', 1) + QStringLiteral(" %") : noValue(),
                process.cpuPercent.value_or(-1.0)};
    case Probe: {
        const Scenario::Probe *probe = watcherOf(process, m_watching);
        const QString name = probe ? foreignText(probe->name) : QString();
        return {name, name};
    }
    case Command:
        return {foreignText(process.command), process.command, foreignText(process.command)};
    }
    return {};
}

QVariant ProcessTableModel::extra(int row, int /*column*/, int role) const
{
    if (role != SearchRole)
        return {};
    const ListedProcess &process = m_processes[std::size_t(row)];
    return QStringList{process.name, QString::number(process.pid), process.user, portsText(process), process.command}
        .join(u' ');
}

} // namespace Headroom
