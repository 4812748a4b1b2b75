// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/cgroupprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

namespace Headroom {

CgroupProbe::CgroupProbe(const QString &name, const Target &target, Clock &clock, const CgroupTree &groups)
    : Probe(name,
            {{"memory", "bytes"},
             {"cpu", "percent"},
             {"cpu_seconds", "seconds"},
             {"throttled", "percent"},
             {"cpu_pressure", "percent"},
             {"memory_pressure", "percent"},
             {"io_pressure", "percent"}})
    , m_target(target)
    , m_clock(clock)
    , m_groups(groups)
{
}

bool CgroupProbe::find()
{
    if (!m_group.isEmpty() && m_groups.isThere(m_group))
        return true;
    if (!m_target.unit.isEmpty())
        m_group = m_groups.groupOfUnit(m_target.unit);
    else
        m_group = m_groups.isThere(m_target.group) ? m_target.group : QString();
    return !m_group.isEmpty();
}

QString CgroupProbe::problem() const
{
    if (m_target.unit.isEmpty())
        return QStringLiteral("there is no control group %1; start what makes it, or correct its path")
            .arg(formatQuoted(m_target.group));
    return QStringLiteral("there is no control group of unit %1; start it, or correct its name")
        .arg(formatQuoted(m_target.unit));
}

std::optional<double> CgroupProbe::percent(TimedIncrease &increase, std::optional<double> seconds)
{
    return increase.perSecond(m_clock.now(), seconds).transform([](double share) { return 100.0 * share; });
}

void CgroupProbe::read()
{
    ASSERT_THREAD(this);
    if (!find())
        return fail(problem());
    const auto cpuSeconds = m_groups.cpuSeconds(m_group);
    const ProbeValues values{
        m_groups.memoryBytes(m_group),
        percent(m_cpu, cpuSeconds),
        cpuSeconds,
        percent(m_throttled, m_groups.throttledSeconds(m_group)),
        percent(m_pressure[0], m_groups.pressureSeconds(m_group, QLatin1StringView("cpu"))),
        percent(m_pressure[1], m_groups.pressureSeconds(m_group, QLatin1StringView("memory"))),
        percent(m_pressure[2], m_groups.pressureSeconds(m_group, QLatin1StringView("io"))),
    };
    if (m_cpu.hasGoneBack() && !isFailing())
        Q_EMIT noted(QStringLiteral("control group %1 was made anew").arg(formatQuoted(m_group)));
    succeed(values);
}

} // namespace Headroom
