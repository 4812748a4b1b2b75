// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/openedgauge.h"

namespace Headroom {

void OpenedGauge::add(const MetricsFrame &frame)
{
    if (!isInWindow(frame))
        return;
    m_span.add(frame);
    m_opened += frame.openings.opened;
}

} // namespace Headroom
