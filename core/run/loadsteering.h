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
    enum class Kind { SetRate, SetUsers, Pause, Resume, BackToPlan };
    Kind kind = Kind::Pause;
    double value = 0.0; ///< Arrivals per second or users, where the kind has one.
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

private:
    bool fits(const SteeringOrder &order) const;
    SteeredLoad after(const SteeringOrder &order) const;
    QString described(const SteeringOrder &order, const SteeredLoad &load, Nanoseconds at) const;
    QString number(double value) const;
    QString amount(double value) const;

    const PlanPtr m_written;
    PlanPtr m_current;
    SteeredLoad m_load;
    Nanoseconds m_changedAt{}; // the last instant; never goes back
};

} // namespace Headroom
