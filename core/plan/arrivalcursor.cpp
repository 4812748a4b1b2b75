// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/arrivalcursor.h"

#include "core/base/random.h"

#include <limits>

namespace Headroom {

ArrivalSpacing ArrivalSpacing::poisson(std::uint64_t seed, std::uint64_t stream)
{
    // The content of arrival k is randomAt(seed, stream, k). A key of its own keeps the gaps independent of it.
    ArrivalSpacing spacing;
    spacing.m_key = randomAt(seed, stream, std::numeric_limits<std::uint64_t>::max());
    return spacing;
}

double ArrivalSpacing::gapBefore(std::uint64_t arrival) const { return exponential(randomAt(*m_key, arrival)); }

ArrivalCursor::ArrivalCursor(const ArrivalSpacing &spacing, std::uint64_t arrival)
    : m_spacing(spacing)
    , m_sum(spacing.isPoisson() ? spacing.gapBefore(0) : 0.0)
{
    advanceBy(arrival);
}

void ArrivalCursor::advanceBy(std::uint64_t arrivals)
{
    const std::uint64_t end = m_arrival + arrivals;
    if (m_spacing.isPoisson()) {
        while (m_arrival < end)
            m_sum += m_spacing.gapBefore(++m_arrival);
    }
    m_arrival = end;
}

} // namespace Headroom
