// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/cgrouptree.h"
#include "core/probes/probe.h"
#include "core/probes/timedincrease.h"

namespace Headroom {

/// Watches a control group: all that runs in it together, as the kernel counts it.
///
/// Fields: memory (bytes, caches of files included), cpu (percent of one core since the reading before), cpu_seconds,
/// throttled (percent of the time that its limit held it back), cpu_pressure, memory_pressure, io_pressure (percent of
/// the time in which one of its tasks had to wait for that). What the kernel does not count is missing; that is a failure
/// only where it counts nothing at all.
class CgroupProbe final : public Probe
{
    Q_OBJECT
public:
    /// One of both: a systemd unit, or a path below the root that begins with a slash.
    struct Target
    {
        QString unit;
        QString group;
    };
    CgroupProbe(const QString &name, const Target &target, Clock &clock, const CgroupTree &groups = CgroupTree());

    void read() override;

private:
    bool find();
    QString problem() const;

    const Target m_target;
    Clock &m_clock;
    CgroupTree m_groups;
    QString m_group; ///< Empty: not found yet, or gone.
    TimedIncrease m_shares[5]; // cpu, throttled, and the pressures
};

} // namespace Headroom
