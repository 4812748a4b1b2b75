// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/plan/arrivalcursor.h"
#include "core/plan/loadprofile.h"

#include <cstdint>
#include <optional>

namespace Headroom {

/// When the k-th arrival of the open model is planned: a pure function of profile and spacing, whatever the number of
/// workers. An arrival comes where the integral of the rate reaches its place (ArrivalCursor).
class ArrivalSchedule
{
public:
    explicit ArrivalSchedule(LoadProfile profile, std::optional<std::uint64_t> count = {}, ArrivalSpacing spacing = {});

    /// Goes through the arrivals of this schedule, and of all that continue it.
    ArrivalCursor cursorAt(std::uint64_t arrival) const { return ArrivalCursor(m_spacing, arrival); }
    /// Since the start of the run; nothing when there are not that many arrivals.
    std::optional<Nanoseconds> plannedStart(const ArrivalCursor &cursor) const;
    /// The same by number. Cost: with Poisson spacing proportional to it; who wants many of them keeps a cursor.
    std::optional<Nanoseconds> plannedStart(std::uint64_t arrival) const { return plannedStart(cursorAt(arrival)); }
    /// How many arrivals are planned before a time. Cost: with Poisson spacing proportional to them.
    std::uint64_t countBefore(Nanoseconds time) const;
    /// Whether the fixed count, if there is one, is reached before an arrival.
    bool isBeyondCount(std::uint64_t arrival) const { return m_count && arrival >= *m_count; }

    const LoadProfile &profile() const { return m_profile; }
    /// Goes on with another profile from a time on: what is planned before then stays as it is, number for number.
    ArrivalSchedule continuedBy(const LoadProfile &other, Nanoseconds at) const
    {
        return ArrivalSchedule(m_profile.continuedBy(other, at), m_count, m_spacing);
    }

private:
    LoadProfile m_profile;
    std::optional<std::uint64_t> m_count;
    ArrivalSpacing m_spacing;
};

} // namespace Headroom
