// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/hdrhistogram.h"
#include "core/stats/observation.h"

#include <optional>
#include <vector>

namespace Headroom {

/// Counts what answers say of themselves, for one worker; handed over and emptied once a second.
///
/// Range: a value must be finite and at most kHighestObservedValue to either side, else it counts as missing.
/// Memory: from construction on 92 KiB for each that has values, nothing for a share of hits.
/// Thread: the worker's. record...() takes no lock and allocates nothing.
class ObservationRecorder
{
public:
    enum class Kind { Hits, Values };
    explicit ObservationRecorder(const std::vector<Kind> &kinds);

    /// An answer of which it could be told whether it is a hit.
    void recordHit(std::size_t observation, bool isHit);
    void recordValue(std::size_t observation, double value);
    /// An answer that should have had it.
    void recordMissing(std::size_t observation) { ++m_entries[observation].counts.missing; }
    /// Moves out what was recorded since the last call, by observation.
    std::vector<ObservationCounts> takeInterval();

private:
    struct Entry
    {
        ObservationCounts counts;
        std::optional<HdrHistogram> values;
    };
    std::vector<Entry> m_entries;
};

} // namespace Headroom
