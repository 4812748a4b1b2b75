// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/arrivalschedule.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

ArrivalSchedule::ArrivalSchedule(LoadProfile profile, std::optional<std::uint64_t> count)
    : m_profile(std::move(profile))
    , m_count(count)
{
}

std::optional<Nanoseconds> ArrivalSchedule::plannedStart(std::uint64_t arrival) const
{
    return isBeyondCount(arrival) ? std::nullopt : m_profile.timeOfCumulative(double(arrival));
}

std::uint64_t ArrivalSchedule::countBefore(Nanoseconds time) const
{
    // The integral is right to a rounding error; the planned starts themselves decide.
    auto count = std::uint64_t(std::max(0.0, std::ceil(m_profile.cumulativeAt(time) - LoadProfile::kRounding)));
    while (plannedStart(count).value_or(Nanoseconds::max()) < time)
        ++count;
    return m_count ? std::min(count, *m_count) : count;
}

} // namespace Headroom
