// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/steeredplan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Headroom {

namespace {

static_assert(PlanTime::kNever == LoadProfile::kEndless);

using Pieces = std::vector<LoadProfile::Piece>;

/// What is planned in one stretch of the plan's time.
Pieces piecesOf(const LoadProfile &written, const PlanTime::Stretch &stretch, Nanoseconds length,
                const std::optional<double> &value)
{
    const bool isGoing = stretch.pace == PlanTime::Pace::Going;
    if (stretch.pace == PlanTime::Pace::Paused)
        return {{length, 0.0, 0.0}};
    if (value || !isGoing) {
        const double held = value ? *value : written.valueAt(stretch.plan);
        return {{length, held, held}};
    }
    return written.between(stretch.plan, length == PlanTime::kNever ? PlanTime::kNever : stretch.plan + length);
}

/// A profile of the plan's time as one of the run's time, from the start of the run.
LoadProfile onRunTime(const LoadProfile &written, const PlanTime &time, const std::optional<double> &value)
{
    const Nanoseconds end = time.endOf(written.end());
    Pieces pieces;
    const auto &stretches = time.stretches();
    for (auto stretch = stretches.begin(); stretch != stretches.end() && stretch->from < end; ++stretch) {
        const auto next = std::next(stretch);
        const Nanoseconds to = next == stretches.end() ? end : std::min(next->from, end);
        const Nanoseconds length = to == PlanTime::kNever ? PlanTime::kNever : to - stretch->from;
        const Pieces part = piecesOf(written, *stretch, length, value);
        pieces.insert(pieces.end(), part.begin(), part.end());
    }
    return LoadProfile(std::move(pieces));
}

/// Cumulated shares; from the last flow that has any on it is 1, whatever rounding says.
std::vector<double> cumulated(const std::vector<double> &weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> upTo;
    double before = 0.0;
    for (const double weight : weights)
        upTo.push_back((before += weight) / sum);
    const auto last = std::ranges::find_last_if(weights, [](double weight) { return weight > 0.0; });
    std::fill(upTo.begin() + (last.begin() - weights.begin()), upTo.end(), 1.0);
    return upTo;
}

/// Values that hold from an instant on; what was to begin with it or later never does.
template <typename T>
void holdFrom(std::vector<std::pair<Nanoseconds, T>> &values, Nanoseconds at, const T &written, const T &value)
{
    std::erase_if(values, [at](const auto &one) { return one.first >= at; });
    const T &before = values.empty() ? written : values.back().second;
    if (before != value)
        values.emplace_back(at, value);
}

void mix(Plan &plan, const Plan &written, Nanoseconds at, const std::vector<double> &weights)
{
    for (std::size_t i = 0; i < plan.streams.size(); ++i) {
        Plan::Stream &stream = plan.streams[i];
        if (stream.isWeighted(written)) {
            const std::vector<double> &upTo = written.streams[i].upTo;
            holdFrom(stream.laterUpTo, at, upTo, weights.size() == upTo.size() ? cumulated(weights) : upTo);
        }
    }
}

} // namespace

PlanPtr steeredPlan(const Plan &current, const Plan &written, Nanoseconds at, const LoadWish &wish)
{
    auto plan = std::make_shared<Plan>(current);
    const LoadProfile profile = onRunTime(written.profile, wish.time, wish.value);
    plan->profile = current.profile.continuedBy(profile, at);
    const Nanoseconds end = wish.time.endOf(written.length > 0ns ? written.length : PlanTime::kNever);
    plan->length = end == PlanTime::kNever ? 0ns : std::max(end, 1ns); // 0 would be without an end
    holdFrom(plan->thinkFactors, at, 1.0, wish.thinkFactor);
    mix(*plan, written, at, wish.mix);
    if (!plan->isOpenModel) {
        plan->userCap = std::max(plan->userCap, int(std::ceil(wish.value.value_or(0.0))));
        return plan;
    }
    for (std::size_t i = 0; i < plan->streams.size(); ++i) {
        Plan::Stream &stream = plan->streams[i];
        const auto value = stream.isWeighted(written) ? wish.value : std::nullopt;
        stream.schedule = stream.schedule.continuedBy(
            onRunTime(written.streams[i].schedule.profile(), wish.time, value), at);
    }
    return plan;
}

} // namespace Headroom
