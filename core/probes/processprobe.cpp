// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/processprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"
#include "core/probes/mappingsreader.h"

#include <QElapsedTimer>

#include <unistd.h>

#include <algorithm>
#include <functional>

namespace Headroom {

namespace {

// A process of a hundred thousand mappings has 100 MB of smaps; what it would take longer for is left out.
constexpr qsizetype kMostMappingBytes = 64 * 1024 * 1024;
constexpr int kMappingPatienceMs = 1000;

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

std::vector<Probe::Field> fieldsOf(const ProcessProbe::Target &target)
{
    std::vector<Probe::Field> fields{{"rss", "bytes"},         {"cpu", "percent"},       {"cpu_seconds", "seconds"},
                                     {"threads", "count"},     {"fds", "count"},         {"read_bytes", "bytes"},
                                     {"write_bytes", "bytes"}, {"cpu_share", "percent"}, {"switches", "count"}};
    if (target.hasPss)
        fields.push_back({"pss", "bytes"});
    return fields;
}

/// Adds up what is known of several processes; of one that has just ended it is nothing.
template <typename Of, typename Value> std::optional<double> sumOf(const std::vector<Of> &all, Value value)
{
    std::optional<double> sum;
    for (const Of &each : all) {
        if (const auto one = asDouble(std::invoke(value, each)))
            sum = sum.value_or(0.0) + *one;
    }
    return sum;
}

} // namespace

ProcessProbe::ProcessProbe(const QString &name, const Target &target, Clock &clock, const ProcTree &proc,
                           const CgroupTree &groups)
    : Probe(name, fieldsOf(target))
    , m_target(target)
    , m_isPractice(!target.port && !target.pid && target.name.isEmpty() && target.unit.isEmpty())
    , m_clock(clock)
    , m_proc(proc)
    , m_groups(groups)
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
    if (m_isPractice && !m_target.pid)
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
    m_cpu.forget();
    return m_target.pid ? findByPid(problem) : findOldest(problem);
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

/// Those who answer to the description, the oldest first.
std::vector<int> ProcessProbe::candidates(QString &problem)
{
    if (m_target.port) {
        const ProcTree::Listeners listeners = m_proc.listenersOn(*m_target.port);
        problem = nobodyOnPort(listeners.isAnyListening);
        return listeners.pids;
    }
    if (!m_target.name.isEmpty()) {
        problem =
            QStringLiteral("no process is called %1; start it, or correct the name").arg(formatQuoted(m_target.name));
        return m_proc.named(m_target.name);
    }
    problem = QStringLiteral("unit %1 has no process; start it, or correct its name").arg(formatQuoted(m_target.unit));
    m_group = m_groups.groupOfUnit(m_target.unit);
    return m_group.isEmpty() ? std::vector<int>() : m_proc.byAge(m_groups.pids(m_group));
}

QString ProcessProbe::nobodyOnPort(bool isAnyListening) const
{
    return (isAnyListening
                ? QStringLiteral("the process that listens on port %1 cannot be seen; run as its user, or give its pid")
                : QStringLiteral("nothing listens on loopback port %1; start the service, or correct the port"))
        .arg(*m_target.port);
}

std::optional<ProcStat> ProcessProbe::findOldest(QString &problem)
{
    const std::vector<int> pids = candidates(problem);
    const auto stat = pids.empty() ? std::nullopt : m_proc.stat(pids.front());
    if (!stat) {
        if (m_watched)
            problem = QStringLiteral("process %1 has ended, and ").arg(m_watched->pid) + problem;
        return std::nullopt;
    }
    m_replacement = m_watched ? describeReplacement(pids.front()) : describeChoice(pids.size(), pids.front());
    watch(pids.front(), *stat);
    return stat;
}

void ProcessProbe::watch(int pid, const ProcStat &stat)
{
    m_watched = Watched{pid, stat.startTicks};
    m_isGone = false;
}

QString ProcessProbe::describeReplacement(int pid) const
{
    const auto sentence = [&](const QString &what, const QString &now) {
        return QStringLiteral("process %1 %2 has ended; watching process %3, %4")
            .arg(m_watched->pid)
            .arg(what)
            .arg(pid)
            .arg(now);
    };
    if (m_target.port)
        return sentence(QStringLiteral("on port %1").arg(*m_target.port), QStringLiteral("which listens there now"));
    if (!m_target.name.isEmpty())
        return sentence(QStringLiteral("of name %1").arg(formatQuoted(m_target.name)),
                        QStringLiteral("which is called so"));
    return sentence(QStringLiteral("of unit %1").arg(formatQuoted(m_target.unit)),
                    QStringLiteral("the oldest of it now"));
}

/// What there is to say of one that was chosen among several; empty where there is nothing.
QString ProcessProbe::describeChoice(std::size_t count, int pid) const
{
    if (count < 2 || m_target.hasChildren || !m_target.unit.isEmpty())
        return {};
    const QString what = m_target.port
        ? QStringLiteral("%1 processes share port %2").arg(count).arg(*m_target.port)
        : QStringLiteral("%1 processes are called %2").arg(count).arg(formatQuoted(m_target.name));
    return QStringLiteral("%1; watching only the oldest, %2; give a pid to choose another, or children: true for all that it "
                          "has started")
        .arg(what)
        .arg(pid);
}

/// All whose values are added up: this one alone, or with others.
std::vector<int> ProcessProbe::members(int pid) const
{
    if (!m_target.unit.isEmpty())
        return m_groups.pids(m_group);
    std::vector<int> all{pid};
    if (m_target.hasChildren) {
        const std::vector<int> children = m_proc.descendants(pid);
        all.insert(all.end(), children.begin(), children.end());
    }
    return all;
}

/// Of one process its own; of several also what those took that have ended and been waited for.
double ProcessProbe::cpuSeconds(const ProcStat &stat, const std::vector<int> &pids) const
{
    if (m_target.unit.isEmpty() && !m_target.hasChildren)
        return secondsFromTicks(stat.cpuTicks());
    if (const auto counted = m_target.unit.isEmpty() ? std::nullopt : m_groups.cpuSeconds(m_group))
        return *counted;
    std::uint64_t ticks = 0;
    for (const int pid : pids) {
        if (const auto one = m_proc.stat(pid))
            ticks += one->cpuTicks() + one->childTicks;
    }
    return secondsFromTicks(ticks);
}

ProbeValues ProcessProbe::valuesOf(const ProcStat &stat)
{
    const std::vector<int> pids = members(m_watched->pid);
    const double seconds = cpuSeconds(stat, pids);
    const auto cpuPercent =
        m_cpu.perSecond(m_clock.now(), seconds).transform([](double cores) { return 100.0 * cores; });
    std::vector<ProcStatus> status;
    std::vector<ProcIo> io;
    for (const int pid : pids) {
        status.push_back(m_proc.status(pid));
        io.push_back(m_proc.io(pid));
    }
    ProbeValues values{
        sumOf(status, &ProcStatus::rssBytes),
        cpuPercent,
        seconds,
        sumOf(status, &ProcStatus::threads),
        sumOf(pids, [this](int pid) { return m_proc.openDescriptors(pid); }),
        sumOf(io, &ProcIo::readBytes),
        sumOf(io, &ProcIo::writeBytes),
        cpuPercent.transform([](double percent) { return percent / coreCount(); }),
        sumOf(pids, [this](int pid) { return m_proc.switches(pid); }),
    };
    if (m_target.hasPss)
        values.push_back(sumOf(pids, [this](int pid) { return m_proc.pss(pid); }));
    return values;
}

/// The same without choosing anything for good: who would be watched if it were read now.
std::vector<int> ProcessProbe::membersNow()
{
    if (statOfWatched())
        return members(m_watched->pid);
    if (m_target.pid)
        return m_isGone ? std::vector<int>() : members(*m_target.pid);
    QString problem; // the next reading tells
    const std::vector<int> found = m_isPractice ? std::vector<int>() : candidates(problem);
    return found.empty() ? found : members(found.front());
}

std::optional<MemoryMappings> ProcessProbe::mappings()
{
    ASSERT_THREAD(this);
    if (!m_target.hasMappings)
        return std::nullopt;
    const Spending spending = spend();
    MappingsReader reader;
    QElapsedTimer timer;
    timer.start();
    qsizetype bytes = 0;
    bool isWhole = true;
    const auto take = [&](QByteArrayView piece) {
        reader.take(piece);
        bytes += piece.size();
        isWhole = bytes <= kMostMappingBytes && !timer.hasExpired(kMappingPatienceMs);
        return isWhole;
    };
    bool isAny = false;
    for (const int pid : membersNow()) {
        if (isWhole && m_proc.readMappings(pid, take)) {
            reader.endProcess();
            isAny = true;
        }
    }
    return isAny ? std::optional(reader.end(isWhole)) : std::nullopt;
}

} // namespace Headroom
