// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/nicescale.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kMost = 1e18; // beyond it neither steps nor texts make sense
constexpr int kMostDecades = 12;

double decimalStep(double atLeast)
{
    const double power = std::pow(10.0, std::floor(std::log10(atLeast)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= atLeast * (1.0 - 1e-9))
            return factor * power;
    }
    return 10.0 * power;
}

double binaryStep(double atLeast) { return std::max(1.0, std::exp2(std::ceil(std::log2(atLeast) - 1e-9))); }

double timeStep(double atLeast)
{
    for (const double step : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200}) {
        if (step >= atLeast * (1.0 - 1e-9))
            return step;
    }
    return 86400.0 * decimalStep(std::max(1.0, atLeast / 86400.0));
}

} // namespace

NiceScale NiceScale::linear(double low, double high, int steps, ChartSpec::Unit unit)
{
    low = std::clamp(low, -kMost, 0.0);
    high = std::clamp(high, 0.0, kMost);
    if (high - low <= 1e-9)
        high = low + (unit == ChartSpec::Unit::Bytes ? 1024.0 : 1.0);
    const double atLeast = (high - low) / std::max(1, steps);
    NiceScale scale;
    scale.m_step = unit == ChartSpec::Unit::Bytes ? binaryStep(atLeast) : decimalStep(atLeast);
    const double first = std::floor(low / scale.m_step + 1e-9);
    const double last = std::ceil(high / scale.m_step - 1e-9);
    scale.m_low = first * scale.m_step;
    scale.m_high = last * scale.m_step;
    for (double tick = first; tick <= last; ++tick)
        scale.m_ticks.push_back(tick * scale.m_step);
    return scale;
}

NiceScale NiceScale::logarithmic(double low, double high, int steps)
{
    if (!(low > 0.0) || high < low) {
        low = 1.0;
        high = 10.0;
    }
    const double last = std::ceil(std::log10(high) - 1e-9);
    const double first = std::clamp(std::floor(std::log10(low) + 1e-9), last - kMostDecades, last - 1.0);
    const double every = std::ceil((last - first) / std::max(1, steps));
    NiceScale scale;
    scale.m_step = 0.0;
    scale.m_low = std::pow(10.0, first);
    scale.m_high = std::pow(10.0, last);
    for (double decade = first; decade <= last; decade += every)
        scale.m_ticks.push_back(std::pow(10.0, decade));
    return scale;
}

std::optional<double> NiceScale::position(double value) const
{
    if (!isLogarithmic())
        return (value - m_low) / (m_high - m_low);
    if (!(value > 0.0))
        return std::nullopt;
    return std::log10(value / m_low) / std::log10(m_high / m_low);
}

std::vector<double> timeTicks(double from, double to, int count)
{
    std::vector<double> ticks;
    if (!(from < to) || to - from > kMost || count <= 0)
        return ticks;
    const double step = timeStep((to - from) / count);
    for (double tick = std::ceil(from / step - 1e-9); tick * step <= to + 1e-9; ++tick)
        ticks.push_back(tick * step);
    return ticks;
}

double niceEnd(double time)
{
    constexpr double kShortest = 10.0; // a chart of fewer seconds would jump with each of them
    if (!(time > kShortest))
        return kShortest;
    const double step = timeStep(time / 20.0); // the next larger step is up to 2.5 times as long
    return std::ceil(time / step - 1e-9) * step;
}

} // namespace Headroom
