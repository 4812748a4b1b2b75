// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/clusteredcounts.h"
#include "core/stats/clusteredshare.h"
#include "core/stats/confidence.h"
#include "core/stats/observation.h"

#include <optional>

namespace Headroom {

/// Beyond it, to either side, a number is no measure of anything: sums stay finite and histograms in range.
inline constexpr double kHighestObservedValue = 1e15;

/// A value as the histograms of observations hold it: x 1,000,000, so that ms are ns. Range: 0 to
/// kHighestObservedValue; the histogram clamps to 0.001 and 3,600,000, as it does to 1 us and 1 h.
Nanoseconds histogramTimeOf(double value);
/// The value that a time of such a histogram stands for.
double observedValueOf(Nanoseconds time);

/// Adds up the counts of two stretches; not their histograms: `into` keeps its own.
void addObservationCounts(const ObservationCounts &counts, ObservationCounts &into);

/// What was observed in some seconds, summed: rules, reports and the window ask the same one.
///
/// Memory: 12 KiB for a share of hits; of values 92 KiB and what ClusteredCounts says. Thread: one.
class ObservationSum
{
public:
    enum class Keeps { Hits, Values };
    explicit ObservationSum(Keeps keeps);

    /// Seconds come in order. Errors: InvalidInput for a damaged histogram; then the counts are added all the same.
    Result<void> add(int second, const ObservationCounts &counts, LoadPiece piece = {});
    void reset();

    const ObservationCounts &counts() const { return m_counts; } ///< Without a histogram.
    bool isEmpty() const { return m_counts.count == 0; }
    /// Share of the answers that it held for; nothing without any.
    std::optional<double> hitRate() const;
    /// Its 95 % interval, as wide as answers that resemble each other make it (shareInterval()).
    Interval<double> hitRateInterval() const;
    double hitEffect() const { return m_hits.effect(); }

    std::optional<double> mean() const;
    std::optional<double> min() const;
    std::optional<double> max() const;
    /// Range: quantile in (0, 1). Nothing without values, and when it lies among negative values, which no histogram
    /// keeps.
    std::optional<double> quantile(double quantile) const;
    /// Its 95 % interval (quantileInterval()); open with negative values.
    Interval<double> quantileInterval(double quantile) const;
    double quantileEffect(double quantile) const { return m_spread.effect(quantile); }

private:
    std::uint64_t negatives() const { return m_counts.count - m_values->count(); }
    std::optional<double> ifAny(double value) const;

    ObservationCounts m_counts;
    std::optional<HdrHistogram> m_values; // of Values
    ClusteredShare m_hits;
    ClusteredCounts m_spread;
};

} // namespace Headroom
