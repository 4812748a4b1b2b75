// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/trend.h"

#include <optional>
#include <vector>

namespace Headroom {

/// The values of one probe series, as trends and leaks are told from.
///
/// A process that is started anew begins anew: where the processor time that its probe counts (field cpu_seconds) goes
/// back, what was before is forgotten.
class SeriesTrack
{
public:
    /// `series`: index into RunFacts::series.
    SeriesTrack(const RunFacts &facts, std::size_t series);

    /// Frames that count, in order. What is no number is left out, and a second that does not come after the last.
    void add(const MetricsFrame &frame);
    /// Times in minutes since the start of the run, values as the series has them.
    const std::vector<TrendPoint> &points() const { return m_points; }
    std::optional<int> restartedAt() const { return m_restartedAt; } ///< Second of the last one that was seen.

private:
    std::size_t m_series;
    std::optional<std::size_t> m_counter; ///< That tells a restart.
    std::optional<double> m_counted;
    std::vector<TrendPoint> m_points;
    std::optional<int> m_restartedAt;
};

} // namespace Headroom
