// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/thinktime.h"

#include "core/base/random.h"

#include <algorithm>

namespace Headroom {

Nanoseconds thinkTimeAt(const Scenario::ThinkTime &think, std::uint64_t random)
{
    const auto scaled = [](Nanoseconds time, double factor) {
        return Nanoseconds(std::int64_t(factor * double(time.count())));
    };
    if (think.mean > 0ns)
        return std::min(scaled(think.mean, exponential(random)), think.high);
    return think.low + scaled(think.high - think.low, unitInterval(random));
}

} // namespace Headroom
