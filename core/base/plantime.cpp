// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plantime.h"

#include <algorithm>

namespace Headroom {

namespace {

/// Neither reaches beyond kNever.
Nanoseconds sum(Nanoseconds a, Nanoseconds b) { return a >= PlanTime::kNever - b ? PlanTime::kNever : a + b; }

} // namespace

const PlanTime::Stretch &PlanTime::stretchAt(Nanoseconds run) const
{
    const auto later = std::ranges::upper_bound(m_stretches, run, {}, &Stretch::from);
    return later == m_stretches.begin() ? m_stretches.front() : *std::prev(later);
}

Nanoseconds PlanTime::at(Nanoseconds run) const
{
    const Stretch &stretch = stretchAt(run);
    if (stretch.pace != Pace::Going || stretch.plan == kNever)
        return stretch.plan;
    return stretch.plan + (run - stretch.from); // also before the run, where both are negative
}

PlanTime::Pace PlanTime::paceAt(Nanoseconds run) const { return stretchAt(run).pace; }

bool PlanTime::isPausedWithin(Nanoseconds from, Nanoseconds to) const
{
    for (auto stretch = m_stretches.begin(); stretch != m_stretches.end() && stretch->from < to; ++stretch) {
        const auto next = std::next(stretch);
        if (stretch->pace == Pace::Paused && (next == m_stretches.end() || next->from > from))
            return true;
    }
    return false;
}

Nanoseconds PlanTime::whenPlanReaches(Nanoseconds plan) const
{
    for (auto stretch = m_stretches.begin(); stretch != m_stretches.end(); ++stretch) {
        if (stretch->plan >= plan)
            return stretch->from;
        const auto next = std::next(stretch);
        const Nanoseconds end = next == m_stretches.end() ? kNever : next->from;
        if (stretch->pace == Pace::Going && plan != kNever && sum(stretch->from, plan - stretch->plan) < end)
            return stretch->from + (plan - stretch->plan);
    }
    return kNever;
}

Nanoseconds PlanTime::endOf(Nanoseconds planEnd) const
{
    const Nanoseconds end = whenPlanReaches(planEnd);
    const Stretch &last = m_stretches.back();
    return end == kNever && last.pace != Pace::Going ? last.from + kLongestWait : end;
}

void PlanTime::setPace(Nanoseconds at, Pace pace)
{
    const Nanoseconds plan = this->at(at);
    settle(at);
    begin({at, plan, pace});
    layOutWaits();
}

void PlanTime::jump(Nanoseconds at, Nanoseconds plan)
{
    const Pace pace = m_stretches.back().pace; // a hand's wait goes on, one that was planned for the stage does not
    settle(at);
    std::erase_if(m_waits, [plan](const Wait &wait) { return wait.plan < plan; });
    begin({at, plan, pace});
    layOutWaits();
}

void PlanTime::addWait(Nanoseconds at, Nanoseconds plan, Nanoseconds length)
{
    const Stretch now{at, this->at(at), m_stretches.back().pace};
    settle(at);
    const auto place = std::ranges::lower_bound(m_waits, plan - 1ns, {}, &Wait::plan);
    if (place != m_waits.end() && place->plan == plan - 1ns)
        place->length += length;
    else
        m_waits.insert(place, {plan - 1ns, length});
    begin(now);
    layOutWaits();
}

/// What is laid out behind an instant is taken back; waits that have begun keep what is left of them.
void PlanTime::settle(Nanoseconds at)
{
    if (m_stretches.back().pace == Pace::Going) { // the last stretches are a wait and a going on for each wait
        auto end = m_stretches.rbegin();
        for (auto wait = m_waits.rbegin(); wait != m_waits.rend(); ++wait, end += 2)
            wait->length = std::clamp(end->from - at, Nanoseconds(0), wait->length);
        std::erase_if(m_waits, [](const Wait &wait) { return wait.length == 0ns; });
    }
    std::erase_if(m_stretches, [at](const Stretch &stretch) { return stretch.from > at; });
}

/// One that begins where the last one does takes its place; one that only goes on with it is not needed.
void PlanTime::begin(const Stretch &stretch)
{
    if (m_stretches.back().from == stretch.from) {
        m_stretches.pop_back();
        if (m_stretches.empty())
            return m_stretches.push_back(stretch);
    }
    if (m_stretches.back().pace != stretch.pace || at(stretch.from) != stretch.plan)
        m_stretches.push_back(stretch);
}

void PlanTime::layOutWaits()
{
    if (m_stretches.back().pace != Pace::Going)
        return;
    for (const Wait &wait : m_waits) {
        const Stretch last = m_stretches.back();
        const Nanoseconds from = last.from + (wait.plan - last.plan);
        begin({from, wait.plan, Pace::Held});
        m_stretches.push_back({from + wait.length, wait.plan, Pace::Going});
    }
}

} // namespace Headroom
