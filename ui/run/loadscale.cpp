// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/loadscale.h"

#include "core/run/steering.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kLeastSliderTop = 100.0;
constexpr double kCurve = 1000.0; // the slider's places: 1 at the start are this many at its end

/// The largest of 1, 2, 5 times a power of ten that is at most `value`. Range: above 0.
double ladderBelow(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
    for (const double rung : {5.0, 2.0}) {
        if (rung * decade <= value * (1.0 + 1e-9))
            return rung * decade;
    }
    return decade;
}

double highestLoad(const RunFacts &facts)
{
    double highest = 0.0;
    for (const RunFacts::Stage &stage : facts.stages)
        highest = std::max({highest, stage.from, stage.to});
    return highest;
}

} // namespace

LoadScale::LoadScale(const RunFacts &facts)
    : m_isOpenModel(facts.isOpenModel)
{
    m_sliderTop = std::min(maximum(), std::max(kLeastSliderTop, 10.0 * highestLoad(facts)));
}

double LoadScale::maximum() const { return m_isOpenModel ? kMaxSteeredRate.perSecond() : double(kMaxSteeredUsers); }

double LoadScale::stepSize(double value) const
{
    if (m_isOpenModel && value > 0.0 && value < 1.0)
        return 0.1;
    return value < 10.0 ? 1.0 : ladderBelow(value / 10.0);
}

double LoadScale::stepped(double value, int steps) const
{
    for (int i = 0; i < std::abs(steps); ++i) {
        // A step down is that of the value it starts below, so that up and down meet again.
        value = steps > 0 ? value + stepSize(value) : value - stepSize(value * (1.0 - 1e-6));
        value = std::clamp(value, 0.0, maximum());
    }
    const double grain = std::pow(10.0, decimals());
    return std::round(value * grain) / grain;
}

int LoadScale::sliderPlaceOf(double value) const
{
    const double share = std::clamp(value / m_sliderTop, 0.0, 1.0);
    return int(std::lround(kSliderEnd * std::log1p(share * (kCurve - 1.0)) / std::log(kCurve)));
}

double LoadScale::valueAtSliderPlace(int place) const
{
    const double share = std::clamp(double(place) / kSliderEnd, 0.0, 1.0);
    const double value = m_sliderTop * std::expm1(share * std::log(kCurve)) / (kCurve - 1.0);
    if (place >= kSliderEnd)
        return m_sliderTop;
    const double step = stepSize(value);
    return std::round(value / step) * step;
}

} // namespace Headroom
