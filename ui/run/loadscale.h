// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

namespace Headroom {

/// How the load is turned by hand: its range, the size of a step, the places of a slider. Values are arrivals per
/// second in the open model, else users.
class LoadScale
{
public:
    LoadScale() = default;
    explicit LoadScale(const RunFacts &facts);

    bool isOpenModel() const { return m_isOpenModel; }
    double maximum() const; ///< What may be typed.
    int decimals() const { return m_isOpenModel ? 2 : 0; }

    /// The value `steps` steps on; each is the largest of 1, 2, 5, 10, 20, 50 ... that is at most a tenth of the value,
    /// and at least 1 (0.1 for rates below 1/s).
    double stepped(double value, int steps) const;

    static constexpr int kSliderEnd = 1000;
    /// The slider reaches ten times what the plan wants at most, with finer places below; what is above is its end.
    int sliderPlaceOf(double value) const;
    double valueAtSliderPlace(int place) const; ///< Rounded to a step.

private:
    double stepSize(double value) const;
    bool m_isOpenModel = true;
    double m_sliderTop = 100.0;
};

} // namespace Headroom
