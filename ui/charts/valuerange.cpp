// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/valuerange.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kFar = 2.5; // times the highest value
constexpr double kFarLogarithmic = 100.0; // two decades

} // namespace

ValueRange::ValueRange(bool isLogarithmic)
    : m_isLogarithmic(isLogarithmic)
{
}

void ValueRange::include(double value)
{
    if (m_isLogarithmic && !(value > 0.0))
        return;
    m_low = m_isEmpty ? value : std::min(m_low, value);
    m_high = m_isEmpty ? value : std::max(m_high, value);
    m_isEmpty = false;
}

void ValueRange::add(const SeriesStore::Polyline &line, double from, double to)
{
    for (const SeriesStore::Point &point : line) {
        if (point.time >= from && point.time <= to)
            include(point.value);
    }
}

void ValueRange::addBound(double value)
{
    const bool isNear = value <= m_high * (m_isLogarithmic ? kFarLogarithmic : kFar)
        && (!m_isLogarithmic || value * kFarLogarithmic >= m_low);
    if (m_isEmpty || isNear)
        include(value);
}

} // namespace Headroom
