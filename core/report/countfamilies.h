// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

#include <cstddef>
#include <vector>

namespace Headroom {

/// Counts of probes (SeriesGroup::Queues) that stand on one chart.
///
/// Nobody knows how large a count will be, and one of a million presses a queue of three to the ground: so each stands
/// alone, but those of a probe with more than six together. What is up or down has one size, and one chart.
struct CountFamily
{
    QString name; ///< Of the series, or of the probe with many; empty for what is up or down.
    std::vector<std::size_t> series; ///< Indices into RunFacts::series; not empty.
};

inline constexpr std::size_t kMostCountCharts = 24; ///< That window and report draw; whoever wants more asks for it.

/// In the order of their first series.
std::vector<CountFamily> countFamiliesOf(const RunFacts &facts);

} // namespace Headroom
