// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/batchfigures.h"

#include "core/stats/confidence.h"
#include "core/stats/histogramcodec.h"

#include <algorithm>

namespace Headroom {

namespace {

double rateOf(std::uint64_t count, Nanoseconds length)
{
    return length > 0ns ? double(count) * 1e9 / double(length.count()) : 0.0;
}

} // namespace

double BatchFigures::Batch::perSecond() const { return rateOf(completed, length); }

bool BatchFigures::Batch::hasFewSamples(double quantile) const { return samples < minimumSamplesFor(quantile); }

double BatchFigures::perSecond() const { return rateOf(completed, lastEnd - firstStart); }

double BatchFigures::busyPerSecond() const { return rateOf(completed, busy); }

Result<void> BatchFigures::add(const BatchResult &batch)
{
    firstStart = isEmpty() ? batch.start : std::min(firstStart, batch.start);
    lastEnd = std::max(lastEnd, batch.end);
    completed += batch.completed;
    busy += std::min(batch.length(), Nanoseconds::max() - busy); // a session may say anything
    if (each.size() >= kMostBatches)
        return {};
    Batch figures{batch.index + 1,
                  batch.start,
                  batch.length(),
                  batch.iterations,
                  batch.completed,
                  batch.requests,
                  batch.errors,
                  batch.rejected,
                  0,
                  {},
                  {},
                  {},
                  batch.probes};
    if (!batch.responseTimes.isEmpty()) {
        const Result<HdrHistogram> times = decodeHistogram(batch.responseTimes);
        if (!times)
            return std::unexpected(times.error());
        figures.samples = times->count();
        figures.p50 = times->valueAtQuantile(0.50);
        figures.p95 = times->valueAtQuantile(0.95);
        figures.longest = times->max();
    }
    each.push_back(std::move(figures));
    return {};
}

} // namespace Headroom
