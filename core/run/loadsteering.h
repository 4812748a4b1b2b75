// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runevent.h"
#include "core/plan/plan.h"
#include "core/run/steering.h"

#include <optional>

namespace Headroom {

/// What a hand asks for; see Steering.
struct SteeringOrder
{
    enum class Kind {
        SetRate,
        SetUsers,
        Pause,
        Resume,
        BackToPlan,
        Hold,
        Release,
        SkipStage,
        ExtendStage,
        SetMix,
        SetThinkFactor,
    };
    Kind kind = Kind::Pause;
    double value = 0.0; ///< Arrivals per second, users, seconds or a factor, where the kind has one.
    std::vector<double> mix{}; ///< Of SetMix.
};

/// What an order comes to: the plan to run from now on, and how it is told.
struct SteeredChange
{
    PlanPtr plan;
    SteeredLoad load;
    RunEvent event; ///< At the instant of the change.
};

/// Turns orders into plans and events: knows what holds now, and chooses the instants.
/// Thread: one, that of the run.
class LoadSteering
{
public:
    /// Enough for every worker to be told before the instant comes.
    static constexpr Nanoseconds kLead = 50ms;

    explicit LoadSteering(PlanPtr written);

    /// Nothing when the order changes nothing: it holds already, is for the other model, or comes at the planned end.
    /// A value given during a pause holds once it is over. `now`: since the start of the run; may be negative.
    std::optional<SteeredChange> obey(const SteeringOrder &order, Nanoseconds now);
    const SteeredLoad &load() const { return m_load; }
    Nanoseconds end() const { return m_current->profile.end(); } ///< Planned, as things are; kEndless: by a count.

private:
    bool fits(const SteeringOrder &order, Nanoseconds at) const;
    QString described(const SteeringOrder &order, const SteeredLoad &load, Nanoseconds at) const;
    SteeredLoad after(const SteeringOrder &order, Nanoseconds at) const;
    void wait(SteeredLoad &load, Nanoseconds at) const;
    const Plan::Stage &stageAt(Nanoseconds at) const;
    const Plan::Stage *stageAfter(const Plan::Stage &stage) const;

    const PlanPtr m_written;
    PlanPtr m_current;
    SteeredLoad m_load;
    Nanoseconds m_changedAt{}; // the last instant; never goes back
    Nanoseconds m_pausedAt{};
    Nanoseconds m_heldAt{};
};

} // namespace Headroom
