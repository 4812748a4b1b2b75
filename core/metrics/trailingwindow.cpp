// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/trailingwindow.h"

namespace Headroom {

void TrailingWindow::add(const MetricsFrame &frame)
{
    const Nanoseconds end = frame.second * Nanoseconds(1s) + frame.length;
    m_parts.push_back({end, frame.length, frame.steps});
    while (m_parts.front().end <= end - m_length && m_parts.size() > 1)
        m_parts.pop_front();
    m_merged.reset();
}

const LatencySet &TrailingWindow::latencies() const
{
    if (!m_merged) {
        m_merged.emplace();
        for (const Part &part : m_parts) {
            for (const EncodedLatencySet &step : part.steps)
                (void)mergeInto(*m_merged, step);
        }
    }
    return *m_merged;
}

std::optional<Nanoseconds> TrailingWindow::quantile(LatencyKind kind, double quantile) const
{
    const HdrHistogram &histogram = latencies()[kind];
    if (histogram.isEmpty())
        return std::nullopt;
    return histogram.valueAtQuantile(quantile);
}

Nanoseconds TrailingWindow::covered() const
{
    Nanoseconds sum{};
    for (const Part &part : m_parts)
        sum += part.length;
    return sum;
}

} // namespace Headroom
