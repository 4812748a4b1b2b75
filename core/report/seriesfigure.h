// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace Headroom {

/// The values of one probe series over the measured window, as rules judge them. Values in the unit of the series.
struct SeriesFigure
{
    std::uint64_t values = 0; ///< Seconds that had one; without any the rest says nothing.
    double lowest = 0.0, highest = 0.0, sum = 0.0, last = 0.0;

    void add(double value)
    {
        lowest = values == 0 ? value : std::min(lowest, value);
        highest = values == 0 ? value : std::max(highest, value);
        sum += value;
        last = value;
        ++values;
    }
    double mean() const { return values == 0 ? 0.0 : sum / double(values); }
};

} // namespace Headroom
