// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/openingset.h"

#include "core/stats/histogramcodec.h"

#include <utility>

namespace Headroom {

void OpeningSet::record(const ConnectionOpening &opening)
{
    ++m_opened;
    m_resumed += opening.isResumed;
    const std::array took{opening.resolve, opening.connect, opening.tls}; // by OpeningPart
    for (std::size_t part = 0; part < kOpeningPartCount; ++part) {
        if (took[part] > 0ns)
            m_times[part].record(took[part]);
    }
}

Result<void> OpeningSet::merge(const EncodedOpenings &from)
{
    m_opened += from.opened;
    m_resumed += from.resumed;
    for (std::size_t part = 0; part < kOpeningPartCount; ++part) {
        if (auto merged = mergeEncodedHistogram(from.times[part], m_times[part]); !merged)
            return merged;
    }
    return {};
}

EncodedOpenings OpeningSet::take()
{
    EncodedOpenings taken{std::exchange(m_opened, 0), std::exchange(m_resumed, 0)};
    for (std::size_t part = 0; part < kOpeningPartCount; ++part) {
        taken.times[part] = encodeHistogram(m_times[part]);
        m_times[part].reset();
    }
    return taken;
}

} // namespace Headroom
