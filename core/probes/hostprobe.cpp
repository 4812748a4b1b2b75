// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/hostprobe.h"

#include "core/base/ownedthread.h"
#include "core/probes/hostparser.h"
#include "core/probes/smallfile.h"

namespace Headroom {

HostProbe::HostProbe(const QString &name, Clock &clock, const QString &procRoot)
    : Probe(name,
            {{"cpu_share", "percent"},
             {"memory", "bytes"},
             {"memory_share", "percent"},
             {"cpu_pressure", "percent"},
             {"memory_pressure", "percent"},
             {"io_pressure", "percent"}})
    , m_clock(clock)
    , m_root(procRoot)
{
}

std::optional<double> HostProbe::cpuShare(const QByteArray &stat)
{
    const auto ticks = parseHostTicks(stat);
    if (!ticks)
        return std::nullopt;
    const Ticks now{double(ticks->busy), double(ticks->all)};
    const auto before = std::exchange(m_ticks, now);
    if (!before || now.all <= before->all || now.busy < before->busy) // waiting for storage may be counted back
        return std::nullopt;
    return 100.0 * (now.busy - before->busy) / (now.all - before->all);
}

std::optional<double> HostProbe::pressure(std::size_t which, QLatin1StringView file)
{
    const auto seconds = parsePressure(textOfSmallFile(m_root + QLatin1String("/pressure/") + file));
    return m_pressure[which].perSecond(m_clock.now(), seconds).transform([](double share) { return 100.0 * share; });
}

void HostProbe::read()
{
    ASSERT_THREAD(this);
    const QByteArray stat = textOfSmallFile(m_root + QLatin1String("/stat"));
    const auto memory = parseHostMemory(textOfSmallFile(m_root + QLatin1String("/meminfo")));
    if (stat.isEmpty() && !memory)
        return fail(QStringLiteral("%1 cannot be read; it tells of the machine on Linux alone").arg(m_root));
    ProbeValues values(3);
    values[0] = cpuShare(stat);
    if (memory) {
        const auto used = double(memory->totalBytes - memory->availableBytes);
        values[1] = used;
        values[2] = 100.0 * used / double(memory->totalBytes);
    }
    values.push_back(pressure(0, QLatin1StringView("cpu")));
    values.push_back(pressure(1, QLatin1StringView("memory")));
    values.push_back(pressure(2, QLatin1StringView("io")));
    succeed(values);
}

} // namespace Headroom
