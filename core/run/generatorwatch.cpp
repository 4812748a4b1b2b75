// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/generatorwatch.h"

#include "core/base/humanformat.h"
#include "core/metrics/connectionwords.h"

namespace Headroom {

GeneratorWatch::GeneratorWatch(const Plan &plan, const RunFacts &facts, CeilingCache ceilings)
    : m_shape(loadShape(plan, facts.workers))
    , m_peakRate(peakRequestRate(plan))
    , m_ceilings(std::move(ceilings))
    , m_process(QStringLiteral("/proc/self"), usableProcessors())
    , m_limits(facts)
    , m_wouldGainFromDirect(wouldGainFromDirect(facts))
{
}

std::optional<RunEvent> GeneratorWatch::lookAhead() const
{
    const std::optional<Ceiling> ceiling = m_peakRate ? m_ceilings.find(m_shape) : std::nullopt;
    if (!ceiling || *m_peakRate <= kFlaggedShare * ceiling->ratePerSecond)
        return std::nullopt;
    const QString text =
        QStringLiteral(
            "the plan asks for up to %1 requests, %2 of the %3 that this generator can do (%4): its own delays "
            "will show in the times; %5")
            .arg(formatRate(Rate::perSecond(*m_peakRate)), formatShare(*m_peakRate / ceiling->ratePerSecond),
                 formatRate(Rate::perSecond(ceiling->ratePerSecond)),
                 ceiling->isCalibrated ? QStringLiteral("calibrated") : QStringLiteral("as an earlier run showed"),
                 m_wouldGainFromDirect
                     ? QStringLiteral("lower the rate, use more workers or another machine, or ") + directAdvice()
                     : QStringLiteral("lower the rate, or use more workers or another machine"));
    return RunEvent{0ns, QStringLiteral("generator"), text};
}

std::optional<ProcessUse> GeneratorWatch::useOf(int second)
{
    if (second < m_nextSecond)
        return std::nullopt;
    m_nextSecond = second + 1;
    return m_process.take();
}

std::optional<RunEvent> GeneratorWatch::follow(const MetricsFrame &frame)
{
    if (frame.isMeasured)
        m_ceiling.add(frame);
    return m_limits.add(frame);
}

void GeneratorWatch::keepCeiling()
{
    if (const auto rate = m_ceiling.ratePerSecond())
        (void)m_ceilings.keep(m_shape, {*rate, false});
}

} // namespace Headroom
