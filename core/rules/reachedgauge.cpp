// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/reachedgauge.h"

#include <algorithm>

namespace Headroom {

void ReachedGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    m_most = std::max(m_most, frame.activeUsers);
    ++m_seconds;
}

RuleMeasure ReachedGauge::measure() const
{
    return m_seconds > 0 ? RuleMeasure::of(double(m_most), m_seconds)
                         : RuleMeasure::none(QStringLiteral("no second lies in its window"));
}

} // namespace Headroom
