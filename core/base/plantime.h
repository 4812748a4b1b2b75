// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <vector>

namespace Headroom {

/// The plan's own time as a function of the run's: a hand makes it wait, and jump to the next stage.
///
/// It begins with the run and goes on with it. Changes are told in order of their instants and leave what was before as
/// it is; a wait that begins later stays planned until it is over or jumped over. Both times count from the start of
/// the run, in nanoseconds. A value; thread: any.
class PlanTime
{
public:
    enum class Pace {
        Going,
        Held, ///< Stands still; the load stays what it is there.
        Paused, ///< Stands still; nothing is planned.
    };
    /// A part of the run with one pace; it ends where the next one begins.
    struct Stretch
    {
        Nanoseconds from{}; ///< Time of the run ...
        Nanoseconds plan{}; ///< ... and of the plan, there.
        Pace pace = Pace::Going;
        bool operator==(const Stretch &) const = default;
    };
    /// The end of a plan, and the time of what was never reached.
    static constexpr Nanoseconds kNever = Nanoseconds::max();
    /// A plan that is left waiting comes to its end after this long.
    static constexpr Nanoseconds kLongestWait = std::chrono::hours(1); // LANGUAGE, section 2

    Nanoseconds at(Nanoseconds run) const;
    Pace paceAt(Nanoseconds run) const;
    bool isPausedWithin(Nanoseconds from, Nanoseconds to) const; ///< Anywhere in [from, to).
    /// When the plan first reaches a time of its own, as far as is known now; kNever while it waits before it.
    Nanoseconds whenPlanReaches(Nanoseconds plan) const;
    /// When a plan that ends at `planEnd` (kNever: not by itself) is over: while it waits without an end, when that has
    /// lasted for kLongestWait.
    Nanoseconds endOf(Nanoseconds planEnd) const;
    /// The whole run, the waits to come included.
    const std::vector<Stretch> &stretches() const { return m_stretches; }

    /// Goes on, or waits, from an instant on.
    void setPace(Nanoseconds at, Pace pace);
    /// Goes on (or waits) at another time of the plan, not before the present one; kNever ends every plan.
    void jump(Nanoseconds at, Nanoseconds plan);
    /// The plan waits, held, for `length` just before it reaches `plan`, beside what it waits there already.
    void addWait(Nanoseconds at, Nanoseconds plan, Nanoseconds length);

    bool operator==(const PlanTime &) const = default;

private:
    struct Wait
    {
        Nanoseconds plan{};
        Nanoseconds length{};
        bool operator==(const Wait &) const = default;
    };
    const Stretch &stretchAt(Nanoseconds run) const;
    void settle(Nanoseconds at);
    void begin(const Stretch &stretch);
    void layOutWaits();

    std::vector<Stretch> m_stretches{{}};
    std::vector<Wait>
        m_waits; // that are not over, in order of the plan; laid out in m_stretches unless it stands still
};

} // namespace Headroom
