// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>

namespace Headroom {

/// How often something happens. Kept per second; written per second, minute, hour or day.
class Rate
{
public:
    constexpr Rate() = default;
    static constexpr Rate perSecond(double value) { return Rate(value); }
    static constexpr Rate perMinute(double value) { return Rate(value / 60.0); }
    static constexpr Rate perHour(double value) { return Rate(value / 3600.0); }
    static constexpr Rate perDay(double value) { return Rate(value / 86400.0); }

    constexpr double perSecond() const { return m_perSecond; }
    auto operator<=>(const Rate &) const = default;

private:
    constexpr explicit Rate(double perSecond) : m_perSecond(perSecond) { }
    double m_perSecond = 0.0;
};

} // namespace Headroom
