// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/loadprofile.h"

#include <cstdint>
#include <optional>

namespace Headroom {

/// When the k-th arrival of the open model is planned: a pure function of the profile, whatever the number of workers.
/// Arrivals are evenly spaced: arrival k comes where the integral of the rate reaches k.
class ArrivalSchedule
{
public:
    explicit ArrivalSchedule(LoadProfile profile, std::optional<std::uint64_t> count = {});

    /// Since the start of the run; nothing when there are not that many arrivals.
    std::optional<Nanoseconds> plannedStart(std::uint64_t arrival) const;
    /// How many arrivals are planned before a time.
    std::uint64_t countBefore(Nanoseconds time) const;
    /// Whether the fixed count, if there is one, is reached before an arrival.
    bool isBeyondCount(std::uint64_t arrival) const { return m_count && arrival >= *m_count; }

    const LoadProfile &profile() const { return m_profile; }
    /// Goes on with another profile from a time on: what is planned before then stays as it is, number for number.
    ArrivalSchedule continuedBy(const LoadProfile &other, Nanoseconds at) const
    {
        return ArrivalSchedule(m_profile.continuedBy(other, at), m_count);
    }

private:
    LoadProfile m_profile;
    std::optional<std::uint64_t> m_count;
};

} // namespace Headroom
