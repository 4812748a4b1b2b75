// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/ordered.h"

#include <QtAssert>

#include <algorithm>
#include <cmath>

namespace Headroom {

Ordered::Ordered(std::vector<Nanoseconds> values)
    : m_values(std::move(values))
{
    std::ranges::sort(m_values);
}

Nanoseconds Ordered::at(double quantile) const
{
    Q_ASSERT(!m_values.empty());
    const auto rank = std::size_t(std::ceil(quantile * double(m_values.size())));
    return m_values[std::clamp<std::size_t>(rank, 1, m_values.size()) - 1];
}

} // namespace Headroom
