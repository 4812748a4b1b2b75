// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/probe.h"
#include "core/probes/timedincrease.h"

namespace Headroom {

/// Watches the machine as a whole, the load generator with it.
///
/// Fields: cpu_share (percent of all its processors since the reading before), memory (bytes that programs could not
/// get), memory_share (percent of all), cpu_pressure, memory_pressure, io_pressure (percent of the time in which a task
/// had to wait for that). Pressure is missing, without being a failure, where the kernel does not count it.
class HostProbe final : public Probe
{
    Q_OBJECT
public:
    HostProbe(const QString &name, Clock &clock, const QString &procRoot = QStringLiteral("/proc"));

    void read() override;

private:
    std::optional<double> cpuShare(const QByteArray &stat);
    std::optional<double> pressure(std::size_t which, QLatin1StringView file);

    struct Ticks
    {
        double busy = 0.0;
        double all = 0.0;
    };
    Clock &m_clock;
    const QString m_root;
    std::optional<Ticks> m_ticks;
    TimedIncrease m_pressure[3];
};

} // namespace Headroom
