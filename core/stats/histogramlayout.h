// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace Headroom {

/// Which values the counters of an encoded histogram stand for: the layout of HdrHistogram in its general form.
class HistogramLayout
{
public:
    static constexpr int kOurDigits = 3;

    /// Nothing when the layout does not fit into that of our HdrHistogram.
    /// Units: lowest and highest in us.
    static std::optional<HistogramLayout> of(int digits, std::int64_t lowest, std::int64_t highest);

    bool isOurs() const { return m_isOurs; }
    int counterCount() const { return m_counterCount; }
    std::int64_t lowestOf(int counterIndex) const; ///< us
    std::int64_t highestOf(int counterIndex) const; ///< us

private:
    int bucketOf(int counterIndex) const;

    int m_unitBits = 0; // powers of two below the lowest value, not told apart
    int m_subBucketHalfBits = 0;
    int m_counterCount = 0;
    bool m_isOurs = false;
};

} // namespace Headroom
