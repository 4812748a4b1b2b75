// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"

#include <optional>
#include <vector>

namespace Headroom {

/// A value axis whose ends are ticks, so that it changes in steps and stays calm while values move.
///
/// Ticks are 1, 2 or 5 times a power of ten, for bytes a power of two, on a logarithmic axis the decades.
class NiceScale
{
public:
    /// Holds 0 and both values, with at most about `steps` ticks.
    static NiceScale linear(double low, double high, int steps, ChartSpec::Unit unit);
    /// Whole decades around positive values, at most 12 of them: the upper ones. Without such values from 1 to 10.
    static NiceScale logarithmic(double low, double high, int steps);

    double low() const { return m_low; }
    double high() const { return m_high; }
    double step() const { return m_step; } ///< Between ticks; 0 on a logarithmic axis.
    bool isLogarithmic() const { return m_step == 0.0; }
    const std::vector<double> &ticks() const { return m_ticks; }
    /// From 0 at the lower end to 1 at the upper one, outside of that too; nothing for what a logarithm does not have.
    std::optional<double> position(double value) const;

private:
    double m_low = 0.0;
    double m_high = 1.0;
    double m_step = 1.0;
    std::vector<double> m_ticks;
};

/// Whole seconds, minutes or hours between two times, at most `count` of them.
std::vector<double> timeTicks(double from, double to, int count);
/// What a growing axis ends at, so that it moves in steps: at most a tenth more than the time.
double niceEnd(double time);

} // namespace Headroom
