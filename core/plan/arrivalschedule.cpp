// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/arrivalschedule.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

ArrivalSchedule::ArrivalSchedule(LoadProfile profile, std::optional<std::uint64_t> count, ArrivalSpacing spacing)
    : m_profile(std::move(profile))
    , m_count(count)
    , m_spacing(spacing)
{
}

std::optional<Nanoseconds> ArrivalSchedule::plannedStart(const ArrivalCursor &cursor) const
{
    return isBeyondCount(cursor.arrival()) ? std::nullopt : m_profile.timeOfCumulative(cursor.place());
}

std::uint64_t ArrivalSchedule::countBefore(Nanoseconds time) const
{
    // The integral is right to a rounding error; the planned starts themselves decide.
    const double places = std::max(0.0, std::ceil(m_profile.cumulativeAt(time) - LoadProfile::kRounding));
    ArrivalCursor cursor = cursorAt(m_spacing.isPoisson() ? 0 : std::uint64_t(places));
    while (plannedStart(cursor).value_or(Nanoseconds::max()) < time)
        cursor.advanceBy(1);
    return m_count ? std::min(cursor.arrival(), *m_count) : cursor.arrival();
}

} // namespace Headroom
