// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "core/rules/limitclassifier.h"

#include <QString>

namespace Headroom {

/// Classifies the frames of a run that is on, and says once when the generator has become what limits it.
/// Thread: one.
class LimitWatch
{
public:
    explicit LimitWatch(const RunFacts &facts);

    /// Frames come in order. An event, of kind "generator": once, in the third second in a row that the generator
    /// limited.
    std::optional<RunEvent> add(const MetricsFrame &frame);
    const SecondLimit &latest() const { return m_latest; } ///< Of the last frame.

private:
    void classify(const MetricsFrame &frame);

    LimitClassifier m_classifier;
    SecondLimit m_latest;
    Nanoseconds m_medianService{}; // of the last second with answers
    const bool m_wouldGainFromDirect;
    int m_limitedInRow = 0;
    bool m_hasTold = false;
    HdrHistogram m_step; // scratch
    HdrHistogram m_second; // scratch
};

/// Why the generator was late, as far as it can be seen, and what would help: half a sentence; empty when it cannot.
/// `wouldGainFromDirect`: connectionwords.h.
QString reasonOf(const SecondLimit &limit, bool wouldGainFromDirect);

} // namespace Headroom
