// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"

#include <deque>
#include <optional>

namespace Headroom {

/// The last seconds of a run as one, for the progress line and the KPI strip.
///
/// Keeps the frames' encoded histograms and merges them when asked; a merge is kept until the next frame.
/// Damaged histograms are left out: whoever reads frames from a file has refused them before.
/// Thread: one.
class TrailingWindow
{
public:
    explicit TrailingWindow(Nanoseconds length)
        : m_length(length)
    {
    }

    /// Frames come in order; those that end at or before the last end minus the window's length are forgotten.
    void add(const MetricsFrame &frame);
    /// Merge of all steps.
    const LatencySet &latencies() const;
    /// Nothing while there are no samples. Range: 0 to 1.
    std::optional<Nanoseconds> quantile(LatencyKind kind, double quantile) const;
    /// Length of the frames that count now, at most about the window's.
    Nanoseconds covered() const;

private:
    struct Part
    {
        Nanoseconds end{};
        Nanoseconds length{};
        std::vector<EncodedLatencySet> steps; // shares its bytes with the frame
    };
    Nanoseconds m_length;
    std::deque<Part> m_parts;
    mutable std::optional<LatencySet> m_merged;
};

} // namespace Headroom
