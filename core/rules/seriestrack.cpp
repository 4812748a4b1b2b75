// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/seriestrack.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

std::optional<double> valueOf(const MetricsFrame &frame, std::size_t series)
{
    constexpr double kLargest = 1e30; // whose squares and sums are numbers yet
    if (series >= frame.probes.size() || !frame.probes[series])
        return std::nullopt;
    const double value = *frame.probes[series];
    return std::abs(value) <= kLargest ? std::optional(value) : std::nullopt; // and nothing for what is no number
}

} // namespace

SeriesTrack::SeriesTrack(const RunFacts &facts, std::size_t series)
    : m_series(series)
{
    if (series >= facts.series.size())
        return;
    for (std::size_t i = 0; i < facts.series.size(); ++i) {
        if (facts.series[i].probe == facts.series[series].probe && facts.series[i].field == u"cpu_seconds")
            m_counter = i;
    }
}

void SeriesTrack::add(const MetricsFrame &frame)
{
    const auto counted = m_counter ? valueOf(frame, *m_counter) : std::nullopt;
    if (counted && m_counted && *counted < *m_counted && !m_points.empty()) {
        m_points.clear();
        m_restartedAt = frame.second;
    }
    m_counted = counted ? counted : m_counted;
    const auto value = valueOf(frame, m_series);
    const double minutes = double(frame.second) / 60.0;
    if (value && (m_points.empty() || m_points.back().at < minutes))
        m_points.push_back({minutes, *value});
}

} // namespace Headroom
