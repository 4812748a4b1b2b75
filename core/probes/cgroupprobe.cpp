// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/cgroupprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <algorithm>
#include <array>

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

void CgroupProbe::read()
{
    ASSERT_THREAD(this);
    if (!find())
        return fail(problem());
    const auto memory = m_groups.memoryBytes(m_group);
    const std::array seconds{m_groups.cpuSeconds(m_group), m_groups.throttledSeconds(m_group),
                             m_groups.pressureSeconds(m_group, QLatin1StringView("cpu")),
                             m_groups.pressureSeconds(m_group, QLatin1StringView("memory")),
                             m_groups.pressureSeconds(m_group, QLatin1StringView("io"))};
    if (!memory && std::ranges::none_of(seconds, &std::optional<double>::has_value))
        return fail(QStringLiteral("control group %1 has no memory.current, cpu.stat or pressure file that can be read; "
                                   "enable memory and cpu in cgroup.subtree_control of the group above it, or name a "
                                   "group below it")
                        .arg(formatQuoted(m_group)));
    const auto percent = [&](std::size_t i) {
        return m_shares[i].perSecond(m_clock.now(), seconds[i]).transform([](double share) { return 100.0 * share; });
    };
    const ProbeValues values{memory, percent(0), seconds[0], percent(1), percent(2), percent(3), percent(4)};
    if (m_shares[0].hasGoneBack() && !isFailing())
        Q_EMIT noted(QStringLiteral("control group %1 was made anew").arg(formatQuoted(m_group)));
    succeed(values);
}

} // namespace Headroom
