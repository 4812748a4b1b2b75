// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/probe.h"
#include "core/probes/proctree.h"

namespace Headroom {

/// Watches one process through /proc: memory, processor time, threads, descriptors, storage.
///
/// Fields: rss (bytes), cpu (percent of one core since the reading before), cpu_seconds (since the process started),
/// threads, fds, read_bytes, write_bytes, cpu_share (cpu as percent of all cores of the machine). A field the kernel does not let us read is missing without being a failure.
class ProcessProbe final : public Probe
{
    Q_OBJECT
public:
    /// Who is watched. Neither: the practice target, whose number comes by setPracticePid(); nothing is read before.
    struct Target
    {
        std::optional<int> port; ///< Who listens on this loopback port; looked up again when that process has ended.
        std::optional<int> pid;
    };
    ProcessProbe(const QString &name, const Target &target, Clock &clock, const ProcTree &proc = ProcTree());

    void read() override;
    void setPracticePid(int pid) override;

private:
    struct Watched
    {
        int pid = 0;
        std::uint64_t startTicks = 0;
    };
    struct CpuMark
    {
        SteadyTime at;
        std::uint64_t ticks = 0;
    };
    std::optional<ProcStat> statOfWatched() const;
    std::optional<ProcStat> find(QString &problem);
    std::optional<ProcStat> findByPid(QString &problem);
    std::optional<ProcStat> findByPort(QString &problem);
    void watch(int pid, const ProcStat &stat);
    QString describeReplacement(int pid) const;
    std::optional<double> cpuPercentUntil(const ProcStat &stat);
    ProbeValues valuesOf(const ProcStat &stat);

    Target m_target;
    bool m_isPractice;
    Clock &m_clock;
    ProcTree m_proc;
    std::optional<Watched> m_watched; ///< Stays after its end, to name it in the next sentence.
    bool m_isGone = false; ///< The watched process has ended.
    std::optional<CpuMark> m_cpuMark;
    QString m_replacement; ///< To be told when the reading has succeeded.
};

} // namespace Headroom
