// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <vector>

namespace Headroom {

/// Durations in rising order, each of them kept: percentiles without buckets.
class Ordered
{
public:
    explicit Ordered(std::vector<Nanoseconds> values);
    /// By rank ceil(quantile * count), at least 1, as HdrHistogram does. Range: quantile 0 to 1; not empty.
    Nanoseconds at(double quantile) const;

private:
    std::vector<Nanoseconds> m_values;
};

} // namespace Headroom
