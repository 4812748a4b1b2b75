// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/ruletotals.h"
#include "core/stats/hdrhistogram.h"

#include <deque>
#include <utility>
#include <vector>

namespace Headroom {

/// Times and counts of the last seconds, kept so that a second more costs no more than what happened in it and in the
/// one that falls out: percentiles of a window that slides over a whole run.
///
/// Memory: from the first time on 184 KiB, and 8 bytes for each counter that is used in each of the seconds.
/// Thread: one.
class SlidingTimes
{
public:
    explicit SlidingTimes(std::size_t seconds)
        : m_seconds(seconds)
    {
    }

    /// Goes into the second that is under way.
    void add(const HdrHistogram &times);
    void add(const StepCounts &counts) { m_next.counts += counts; }
    void endSecond();
    /// Forgets all seconds that have ended.
    void restart();

    std::size_t seconds() const { return m_parts.size(); } ///< That it covers now.
    std::uint64_t count() const { return m_count; }
    /// Nothing without samples. Units: ms. To the precision of the histogram's buckets.
    std::optional<double> quantileMs(double quantile) const;
    std::optional<double> meanMs() const;
    std::optional<double> maxMs() const;
    StepCounts counts() const;

private:
    struct Part
    {
        std::vector<std::pair<int, std::uint32_t>> counters; // in no order, an index may stand twice
        double sumNanoseconds = 0.0;
        Nanoseconds max{};
        StepCounts counts;
    };
    void forgetFirst();

    std::size_t m_seconds;
    std::deque<Part> m_parts;
    Part m_next;
    std::vector<std::uint64_t> m_counters; // empty before the first time
    std::uint64_t m_count = 0;
};

} // namespace Headroom
