// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace Headroom {

/// How arrivals lie to each other, whatever the rate: one arrival apart each, or as a Poisson process.
class ArrivalSpacing
{
public:
    /// Even.
    ArrivalSpacing() = default;
    /// Gaps are exponential draws of mean 1, each a function of seed, stream and arrival number alone.
    static ArrivalSpacing poisson(std::uint64_t seed, std::uint64_t stream);

    bool isPoisson() const { return m_key.has_value(); }
    /// From the arrival before (of arrival 0: from the start), in arrivals. Range: a Poisson process.
    double gapBefore(std::uint64_t arrival) const;

private:
    std::optional<std::uint64_t> m_key; // of the draws; nothing: even
};

/// Walks the arrivals in the order of their numbers and knows where each of them lies: it is planned when the integral
/// of the rate reaches its place. Even: arrival k lies at k. Poisson: at the sum of the first k + 1 gaps, which is how
/// a process of rate 1 becomes one of any rate (time rescaling).
///
/// Cost: constant for each arrival that is passed; nothing is allocated. The sum is built in the same order whoever
/// walks and in whatever strides, so places are equal to the last bit.
class ArrivalCursor
{
public:
    explicit ArrivalCursor(const ArrivalSpacing &spacing, std::uint64_t arrival = 0);

    std::uint64_t arrival() const { return m_arrival; }
    double place() const { return m_spacing.isPoisson() ? m_sum : double(m_arrival); }
    void advanceBy(std::uint64_t arrivals);

private:
    ArrivalSpacing m_spacing;
    std::uint64_t m_arrival = 0;
    double m_sum = 0.0; // Poisson: of all gaps up to here
};

} // namespace Headroom
