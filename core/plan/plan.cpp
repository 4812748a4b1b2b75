// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/plan.h"

#include <algorithm>

namespace Headroom {

namespace {

FlowIndex pick(const Plan::Stream &stream, const std::vector<double> &upTo, double unit)
{
    const auto found = std::ranges::upper_bound(upTo, unit);
    return stream.flows[std::min<std::size_t>(std::size_t(found - upTo.begin()), stream.flows.size() - 1)];
}

/// What holds at a time, of values that hold from an instant on; null: none yet.
template <typename T> const T *lastBefore(const std::vector<std::pair<Nanoseconds, T>> &values, Nanoseconds time)
{
    const auto later = std::ranges::upper_bound(values, time, {}, &std::pair<Nanoseconds, T>::first);
    return later == values.begin() ? nullptr : &std::prev(later)->second;
}

} // namespace

void Plan::Step::repeatUntil(const Check &check)
{
    until = check;
    request.wantsBody = request.wantsBody || check.place.isInBody();
    request.wantsHeaders = request.wantsHeaders || check.place.isInHeaders();
}

bool Plan::Step::expects(int status) const
{
    return std::ranges::any_of(expect, [status](const Scenario::StatusRange &range) {
        return status >= range.low && status <= range.high;
    });
}

FlowIndex Plan::Stream::flowAt(double unit) const { return pick(*this, upTo, unit); }

FlowIndex Plan::Stream::flowAt(double unit, Nanoseconds planned) const
{
    const auto *later = lastBefore(laterUpTo, planned);
    return pick(*this, later ? *later : upTo, unit);
}

double Plan::thinkFactorAt(Nanoseconds time) const
{
    const double *factor = lastBefore(thinkFactors, time);
    return factor ? *factor : 1.0;
}

} // namespace Headroom
