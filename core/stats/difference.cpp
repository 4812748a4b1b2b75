// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/difference.h"

#include <cmath>

namespace Headroom {

Estimate differenceOf(const Estimate &after, const Estimate &before, double factor)
{
    Estimate difference{after.value - factor * before.value, {}};
    if (after.interval.low && before.interval.high) {
        const double reach =
            std::hypot(after.value - *after.interval.low, factor * (*before.interval.high - before.value));
        difference.interval.low = difference.value - reach;
    }
    if (after.interval.high && before.interval.low) {
        const double reach =
            std::hypot(*after.interval.high - after.value, factor * (before.value - *before.interval.low));
        difference.interval.high = difference.value + reach;
    }
    return difference;
}

} // namespace Headroom
