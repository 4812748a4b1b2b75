// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plan.h"

#include <algorithm>

namespace Headroom {

bool Plan::Step::expects(int status) const
{
    return std::ranges::any_of(expect, [status](const Scenario::StatusRange &range) {
        return status >= range.low && status <= range.high;
    });
}

FlowIndex Plan::Stream::flowAt(double unit) const
{
    const auto found = std::ranges::upper_bound(upTo, unit);
    return flows[std::min<std::size_t>(std::size_t(found - upTo.begin()), flows.size() - 1)];
}

} // namespace Headroom
