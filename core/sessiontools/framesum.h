// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metricsframe.h"
#include "core/metrics/runfacts.h"
#include "core/stats/histogramsum.h"
#include "core/stats/openingset.h"

#include <functional>
#include <vector>

namespace Headroom {

/// Adds the same second of several generators up to that of all of them.
///
/// Histograms are merged and counts added, so every number is that of one generator that had done it all. Of what they
/// all have watched the first one with a value counts (probes). A second is measured when all of them have measured it,
/// in the same stage; when they are not in the same stage it is of none, as the drain. The generator's own use of its
/// machine is summed; its busiest thread and its descriptors are those of the generator that is nearest to its limit.
/// Thread: one at a time.
class FrameSum
{
public:
    /// `facts`: of each generator, in the order of the parts below.
    explicit FrameSum(std::vector<RunFactsPtr> facts)
        : m_facts(std::move(facts))
    {
    }
    /// `parts`: by generator, each at its place on the common time axis; null: it has no such second. At least one is
    /// there. Errors: InvalidInput when a histogram is damaged.
    Result<MetricsFrame> of(const std::vector<FramePtr> &parts);

private:
    using Frames = std::vector<FramePtr>;
    QByteArray histograms(const Frames &frames, const std::function<const QByteArray &(const MetricsFrame &)> &which);
    void addSteps(const Frames &frames, MetricsFrame &sum);
    void addTimes(const Frames &frames, MetricsFrame &sum);
    void addObservations(const Frames &frames, MetricsFrame &sum);

    const std::vector<RunFactsPtr> m_facts;
    HistogramSum m_histograms;
    Result<void> m_damage;
};

} // namespace Headroom
