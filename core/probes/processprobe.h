// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/cgrouptree.h"
#include "core/probes/probe.h"
#include "core/probes/proctree.h"
#include "core/probes/timedincrease.h"

namespace Headroom {

/// Watches a process through /proc, alone or with others: memory, processor time, threads, descriptors, storage.
///
/// What is watched is the oldest process that answers to the description, or with it all that it has started, or all of
/// a unit; then their values are added up. Fields: rss (bytes), cpu (percent of one core since the reading before),
/// cpu_seconds (since the process started), threads, fds, read_bytes, write_bytes, cpu_share (cpu as percent of all
/// cores of the machine), switches (of contexts, by the threads that live), pss (bytes; only when asked for, see
/// ProcTree::pss). A field the kernel does not let us read is missing without being a failure.
class ProcessProbe final : public Probe
{
    Q_OBJECT
public:
    /// Who is watched, in one way at most. None: the practice target, whose number comes by setPracticePid(); nothing
    /// is read before.
    struct Target
    {
        std::optional<int> port; ///< Who listens on this loopback port; looked up again when that process has ended.
        std::optional<int> pid;
        QString name{}; ///< The oldest process of this name; looked up again as well.
        QString unit{}; ///< All processes of this systemd unit.
        bool hasChildren = false; ///< With all that it has started.
        bool hasPss = false;
        bool hasMappings = true; ///< Whether mappings() looks.
    };
    ProcessProbe(const QString &name, const Target &target, Clock &clock, const ProcTree &proc = ProcTree(),
                 const CgroupTree &groups = CgroupTree());

    void read() override;
    void setPracticePid(int pid) override;
    std::optional<MemoryMappings> mappings() override;

private:
    struct Watched
    {
        int pid = 0;
        std::uint64_t startTicks = 0;
    };
    std::optional<ProcStat> statOfWatched() const;
    std::optional<ProcStat> find(QString &problem);
    std::optional<ProcStat> findByPid(QString &problem);
    std::optional<ProcStat> findOldest(QString &problem);
    std::vector<int> candidates(QString &problem);
    QString nobodyOnPort(bool isAnyListening) const;
    void watch(int pid, const ProcStat &stat);
    QString describeReplacement(int pid) const;
    QString describeChoice(std::size_t count, int pid) const;
    std::vector<int> members(int pid) const;
    std::vector<int> membersNow();
    double cpuSeconds(const ProcStat &stat, const std::vector<int> &pids) const;
    ProbeValues valuesOf(const ProcStat &stat);

    Target m_target;
    bool m_isPractice;
    Clock &m_clock;
    ProcTree m_proc;
    CgroupTree m_groups;
    QString m_group; ///< Of the unit.
    std::optional<Watched> m_watched; ///< Stays after its end, to name it in the next sentence.
    bool m_isGone = false; ///< The watched process has ended.
    TimedIncrease m_cpu;
    QString m_replacement; ///< To be told when the reading has succeeded.
};

} // namespace Headroom
