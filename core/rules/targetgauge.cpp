// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/targetgauge.h"

namespace Headroom {

void DrainedGauge::add(const MetricsFrame &frame)
{
    m_span.add(frame);
    for (const ActionDone &done : frame.actions) {
        m_stopped += done.drain.has_value();
        m_drained += done.drain && done.drain->isDrained();
    }
}

RuleMeasure DrainedGauge::measure() const
{
    if (m_stopped > 0)
        return RuleMeasure::of(m_drained == m_stopped ? 1.0 : 0.0, m_stopped);
    RuleMeasure measure = RuleMeasure::none(QStringLiteral("the target was not stopped while the load went on"));
    measure.isVague = true;
    return measure;
}

RuleMeasure ReadyGauge::measure() const
{
    if (m_facts->timeToReady)
        return RuleMeasure::of(double(m_facts->timeToReady->count()) / 1e6, 1);
    return RuleMeasure::none(
        QStringLiteral("the run has neither started its target nor waited for it; write target.ready"));
}

} // namespace Headroom
