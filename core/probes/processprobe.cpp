// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/processprobe.h"

#include "core/base/ownedthread.h"

#include <unistd.h>

#include <algorithm>

namespace Headroom {

namespace {

double secondsFromTicks(std::uint64_t ticks)
{
    static const double kTicksPerSecond = static_cast<double>(sysconf(_SC_CLK_TCK));
    return static_cast<double>(ticks) / kTicksPerSecond;
}

std::optional<double> asDouble(std::optional<std::uint64_t> value)
{
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

double coreCount()
{
    static const double kCores = std::max(1.0, static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN)));
    return kCores;
}

} // namespace

ProcessProbe::ProcessProbe(const QString &name, const Target &target, Clock &clock, const ProcTree &proc)
    : Probe(name,
            {{"rss", "bytes"},
             {"cpu", "percent"},
             {"cpu_seconds", "seconds"},
             {"threads", "count"},
             {"fds", "count"},
             {"read_bytes", "bytes"},
             {"write_bytes", "bytes"},
             {"cpu_share", "percent"}})
    , m_target(target)
    , m_isPractice(!target.port && !target.pid)
    , m_clock(clock)
    , m_proc(proc)
{
}

void ProcessProbe::setPracticePid(int pid)
{
    ASSERT_THREAD(this);
    if (!m_isPractice)
        return;
    m_target.pid = pid;
    m_watched.reset();
    m_isGone = false;
}

void ProcessProbe::read()
{
    ASSERT_THREAD(this);
    if (!m_target.port && !m_target.pid)
        return skip();
    QString problem;
    auto stat = m_isGone ? std::nullopt : statOfWatched();
    if (!stat)
        stat = find(problem);
    if (!stat)
        return fail(problem);
    const QString replacement = std::exchange(m_replacement, {});
    if (!replacement.isEmpty() && !isFailing())
        Q_EMIT noted(replacement);
    succeed(valuesOf(*stat), replacement);
}

/// Nothing when it has ended, also when its number has gone to another process.
std::optional<ProcStat> ProcessProbe::statOfWatched() const
{
    if (!m_watched)
        return std::nullopt;
    const auto stat = m_proc.stat(m_watched->pid);
    if (!stat || stat->hasEnded() || stat->startTicks != m_watched->startTicks)
        return std::nullopt;
    return stat;
}

std::optional<ProcStat> ProcessProbe::find(QString &problem)
{
    m_isGone = m_isGone || m_watched;
    m_cpuMark.reset();
    return m_target.port ? findByPort(problem) : findByPid(problem);
}

std::optional<ProcStat> ProcessProbe::findByPid(QString &problem)
{
    const int pid = *m_target.pid;
    if (m_isGone) {
        problem = QStringLiteral("process %1 has ended; its values are missing from here on").arg(pid);
        return std::nullopt;
    }
    const auto stat = m_proc.stat(pid);
    if (!stat || stat->hasEnded()) {
        m_isGone = true; // who gets that number later is not meant
        problem = QStringLiteral("there is no process %1; give the pid of a running process, or its port").arg(pid);
        return std::nullopt;
    }
    watch(pid, *stat);
    return stat;
}

std::optional<ProcStat> ProcessProbe::findByPort(QString &problem)
{
    const int port = *m_target.port;
    const ProcTree::Listeners listeners = m_proc.listenersOn(port);
    const auto stat = listeners.pids.empty() ? std::nullopt : m_proc.stat(listeners.pids.front());
    if (!stat) {
        problem = listeners.isAnyListening
            ? QStringLiteral("the process that listens on port %1 cannot be seen; run as its user, or give its pid")
                  .arg(port)
            : QStringLiteral("nothing listens on loopback port %1; start the service, or correct the port").arg(port);
        if (m_watched)
            problem = QStringLiteral("process %1 has ended, and ").arg(m_watched->pid) + problem;
        return std::nullopt;
    }
    const int pid = listeners.pids.front();
    if (m_watched)
        m_replacement = describeReplacement(pid);
    else if (listeners.pids.size() > 1)
        m_replacement =
            QStringLiteral("%1 processes share port %2; watching only the oldest, %3; give a pid to choose another")
                .arg(listeners.pids.size())
                .arg(port)
                .arg(pid);
    watch(pid, *stat);
    return stat;
}

void ProcessProbe::watch(int pid, const ProcStat &stat)
{
    m_watched = Watched{pid, stat.startTicks};
    m_isGone = false;
}

QString ProcessProbe::describeReplacement(int pid) const
{
    return QStringLiteral("process %1 on port %2 has ended; watching process %3, which listens there now")
        .arg(m_watched->pid)
        .arg(*m_target.port)
        .arg(pid);
}

/// From the reading before to this one.
std::optional<double> ProcessProbe::cpuPercentUntil(const ProcStat &stat)
{
    const CpuMark now{m_clock.now(), stat.cpuTicks()};
    const auto before = std::exchange(m_cpuMark, now);
    if (!before || now.at <= before->at || now.ticks < before->ticks)
        return std::nullopt;
    const std::chrono::duration<double> elapsed = now.at - before->at;
    return 100.0 * secondsFromTicks(now.ticks - before->ticks) / elapsed.count();
}

ProbeValues ProcessProbe::valuesOf(const ProcStat &stat)
{
    const int pid = m_watched->pid;
    const auto cpuPercent = cpuPercentUntil(stat);
    const ProcStatus status = m_proc.status(pid);
    const ProcIo io = m_proc.io(pid);
    return {
        asDouble(status.rssBytes),
        cpuPercent,
        secondsFromTicks(stat.cpuTicks()),
        asDouble(status.threads),
        asDouble(m_proc.openDescriptors(pid)),
        asDouble(io.readBytes),
        asDouble(io.writeBytes),
        cpuPercent.transform([](double percent) { return percent / coreCount(); }),
    };
}

} // namespace Headroom
