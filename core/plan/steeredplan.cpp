// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/steeredplan.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

LoadProfile wished(const LoadProfile &written, const LoadWish &wish)
{
    const auto value = wish.isPaused ? std::optional(0.0) : wish.value;
    return value ? LoadProfile({{written.end(), *value, *value}}) : written;
}

} // namespace

PlanPtr steeredPlan(const Plan &current, const Plan &written, Nanoseconds at, const LoadWish &wish)
{
    auto plan = std::make_shared<Plan>(current);
    plan->profile = current.profile.continuedBy(wished(written.profile, wish), at);
    if (!plan->isOpenModel) {
        plan->userCap = std::max(plan->userCap, int(std::ceil(wish.value.value_or(0.0))));
        return plan;
    }
    for (std::size_t i = 0; i < plan->streams.size(); ++i) {
        Plan::Stream &stream = plan->streams[i];
        const LoadWish own{stream.isWeighted(written) ? wish.value : std::nullopt, wish.isPaused};
        stream.schedule = stream.schedule.continuedBy(wished(written.streams[i].schedule.profile(), own), at);
    }
    return plan;
}

} // namespace Headroom
