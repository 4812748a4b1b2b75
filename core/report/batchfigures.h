// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/batchresult.h"

#include <vector>

namespace Headroom {

/// The batches of a run, each with its own figures (they do not share the borders of the seconds), and all together.
struct BatchFigures
{
    static constexpr std::size_t kMostBatches = 10'000; ///< Kept one by one; as many as a scenario may ask for.

    struct Batch
    {
        int number = 1; ///< From 1.
        Nanoseconds start{}; ///< Its release, since the start of the run.
        Nanoseconds length{}; ///< Up to the end of its last request.
        std::uint64_t iterations = 0; ///< Begun.
        std::uint64_t completed = 0; ///< Walked to their end.
        std::uint64_t requests = 0;
        std::uint64_t errors = 0;
        std::uint64_t rejected = 0;
        std::uint64_t samples = 0; ///< Behind the times below, as in a latency block.
        std::optional<Nanoseconds> p50, p95, longest; ///< Response times; nothing without a sample.
        std::vector<std::optional<double>> probes; ///< Read at the barrier.
        /// Whether a percentile rests on too few samples for a two-sided 95 % bound.
        bool hasFewSamples(double quantile) const;
        double perSecond() const; ///< Completed iterations / length; 0 for an empty one.
    };

    std::vector<Batch> each; ///< In order of their barriers.
    std::uint64_t completed = 0;
    Nanoseconds firstStart{};
    Nanoseconds lastEnd{};
    Nanoseconds busy{}; ///< Sum of the lengths: without barriers and what was done between.

    bool isEmpty() const { return each.empty(); }
    /// Throughput of batches: items / (last end - first start), so with all that was done between (LANGUAGE, section
    /// 4).
    double perSecond() const;
    double busyPerSecond() const; ///< The same without the time between.

    /// Errors: InvalidInput for a damaged histogram.
    Result<void> add(const BatchResult &batch);
};

} // namespace Headroom
