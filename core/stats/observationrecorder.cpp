// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/observationrecorder.h"

#include "core/stats/histogramcodec.h"
#include "core/stats/observationsum.h"

#include <cmath>
#include <utility>

namespace Headroom {

ObservationRecorder::ObservationRecorder(const std::vector<Kind> &kinds)
    : m_entries(kinds.size())
{
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == Kind::Values)
            m_entries[i].values.emplace();
    }
}

void ObservationRecorder::recordHit(std::size_t observation, bool isHit)
{
    ObservationCounts &counts = m_entries[observation].counts;
    ++counts.count;
    counts.hits += isHit;
}

void ObservationRecorder::recordValue(std::size_t observation, double value)
{
    if (!(std::abs(value) <= kHighestObservedValue)) // also what is no number
        return recordMissing(observation);
    Entry &entry = m_entries[observation];
    addObservationCounts({.count = 1, .sum = value, .min = value, .max = value}, entry.counts);
    if (value >= 0.0)
        entry.values->record(histogramTimeOf(value));
}

std::vector<ObservationCounts> ObservationRecorder::takeInterval()
{
    std::vector<ObservationCounts> taken;
    taken.reserve(m_entries.size());
    for (Entry &entry : m_entries) {
        taken.push_back(std::exchange(entry.counts, {}));
        if (!entry.values)
            continue;
        taken.back().histogram = encodeHistogram(*entry.values);
        entry.values->reset();
    }
    return taken;
}

} // namespace Headroom
