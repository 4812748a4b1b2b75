// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/loadsteering.h"

#include "core/plan/steeredplan.h"
#include "core/run/steeringwords.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

using Kind = SteeringOrder::Kind;

std::size_t weightedFlows(const Plan &plan)
{
    return std::size_t(std::ranges::count_if(plan.flows, [](const Plan::Flow &flow) { return !flow.rate; }));
}

/// Batches have barriers and a search has its own course instead.
bool walksStages(const Plan &plan) { return !plan.stages.empty() && !plan.batches && !plan.findLimit; }

/// Weights that add up, for at least two flows: one alone has all, whatever its weight.
bool isMix(const std::vector<double> &weights, const Plan &plan)
{
    const auto isWeight = [](double weight) { return weight >= 0.0 && weight <= 1e9; };
    return weights.size() == weightedFlows(plan) && weights.size() > 1 && std::ranges::all_of(weights, isWeight)
        && std::ranges::any_of(weights, [](double weight) { return weight > 0.0; });
}

} // namespace

LoadSteering::LoadSteering(PlanPtr written)
    : m_written(std::move(written))
    , m_current(m_written)
{
}

std::optional<SteeredChange> LoadSteering::obey(const SteeringOrder &order, Nanoseconds now)
{
    const Nanoseconds at = std::max({now + kLead, m_changedAt, Nanoseconds(0ns)});
    if (at >= end() || !fits(order, at))
        return std::nullopt;
    const SteeredLoad load = after(order, at);
    if (load == m_load)
        return std::nullopt;
    const QString sentence = described(order, load, at);
    m_pausedAt = load.isPaused && !m_load.isPaused ? at : m_pausedAt;
    m_heldAt = load.isHeld && !m_load.isHeld ? at : m_heldAt;
    m_current = steeredPlan(*m_current, *m_written, at, {load.value, load.time, load.mix, load.thinkFactor});
    m_load = load;
    m_changedAt = at;
    return SteeredChange{m_current, load, {at, QStringLiteral("steer"), sentence}};
}

QString LoadSteering::described(const SteeringOrder &order, const SteeredLoad &load, Nanoseconds at) const
{
    SteeringScene scene{*m_written, load, m_written->profile.valueAt(load.time.at(at)), {}, {}, {}, {}};
    if (!m_written->stages.empty()) {
        const Plan::Stage &stage = stageAt(at);
        const Plan::Stage *next = stageAfter(stage);
        scene.stage = stage.name;
        scene.nextStage = next ? next->name : QString();
        scene.inStage = m_load.time.at(at) - stage.start;
    }
    scene.waited = at - (order.kind == Kind::Resume ? m_pausedAt : m_heldAt);
    return describedOrder(order, scene);
}

bool LoadSteering::fits(const SteeringOrder &order, Nanoseconds at) const
{
    switch (order.kind) {
    case Kind::SetRate:
        return m_written->isOpenModel && weightedFlows(*m_written) > 0 && !std::isnan(order.value);
    case Kind::SetUsers:
        return !m_written->isOpenModel;
    case Kind::SetMix:
        return isMix(order.mix, *m_written);
    case Kind::SetThinkFactor:
        return !std::isnan(order.value);
    case Kind::ExtendStage:
        return walksStages(*m_written) && order.value > 0.0 && stageAt(at).length > 0ns;
    case Kind::Hold:
    case Kind::SkipStage:
        return walksStages(*m_written);
    default:
        return true;
    }
}

SteeredLoad LoadSteering::after(const SteeringOrder &order, Nanoseconds at) const
{
    SteeredLoad load = m_load;
    switch (order.kind) {
    case Kind::SetRate:
        load.value = std::clamp(order.value, 0.0, kMaxSteeredRate.perSecond());
        break;
    case Kind::SetUsers:
        load.value = std::clamp(order.value, 0.0, double(kMaxSteeredUsers));
        break;
    case Kind::SetMix:
        load.mix = order.mix;
        break;
    case Kind::SetThinkFactor:
        load.thinkFactor = std::clamp(order.value, 0.0, kMaxThinkFactor);
        break;
    case Kind::Pause:
    case Kind::Resume:
        load.isPaused = order.kind == Kind::Pause;
        break;
    case Kind::Hold:
    case Kind::Release:
        load.isHeld = order.kind == Kind::Hold;
        break;
    case Kind::BackToPlan:
        load = {};
        load.time = m_load.time;
        break;
    case Kind::SkipStage: {
        const Plan::Stage *next = stageAfter(stageAt(at));
        load.time.jump(at, next ? next->start : PlanTime::kNever);
        break;
    }
    case Kind::ExtendStage: {
        const Plan::Stage &stage = stageAt(at);
        const double seconds = std::min(order.value, std::chrono::duration<double>(kMaxSteeredExtension).count());
        load.time.addWait(at, stage.start + stage.length, Nanoseconds(std::llround(seconds * 1e9)));
        break;
    }
    }
    wait(load, at);
    return load;
}

/// Lets the plan's time stand still or go on as the load says.
void LoadSteering::wait(SteeredLoad &load, Nanoseconds at) const
{
    const auto pace = [](const SteeredLoad &of) {
        return of.isPaused ? PlanTime::Pace::Paused : of.isHeld ? PlanTime::Pace::Held : PlanTime::Pace::Going;
    };
    if (pace(load) != pace(m_load))
        load.time.setPace(at, pace(load));
}

/// The stage that is on at a time, before what is ordered for it. Needs: there is one.
const Plan::Stage &LoadSteering::stageAt(Nanoseconds at) const
{
    const auto later = std::ranges::upper_bound(m_written->stages, m_load.time.at(at), {}, &Plan::Stage::start);
    return later == m_written->stages.begin() ? *later : *std::prev(later);
}

const Plan::Stage *LoadSteering::stageAfter(const Plan::Stage &stage) const
{
    return &stage == &m_written->stages.back() ? nullptr : &stage + 1;
}

} // namespace Headroom
