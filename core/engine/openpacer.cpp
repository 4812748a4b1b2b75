// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/openpacer.h"

#include "core/base/random.h"

#include <algorithm>

namespace Headroom {

OpenPacer::OpenPacer(PlanPtr plan, int worker, int workers, SteadyTime start)
    : m_plan(std::move(plan))
    , m_workers(workers)
    , m_start(start)
{
    for (std::size_t stream = 0; stream < m_plan->streams.size(); ++stream) {
        const auto first = std::uint64_t((worker - int(stream % std::size_t(workers)) + workers) % workers);
        const ArrivalSchedule &schedule = m_plan->streams[stream].schedule;
        const ArrivalCursor arrival = schedule.cursorAt(first);
        m_cursors.push_back({stream, arrival, schedule.plannedStart(arrival)});
    }
}

const OpenPacer::Cursor *OpenPacer::earliest() const
{
    const Cursor *best = nullptr;
    for (const Cursor &cursor : m_cursors) {
        if (cursor.planned && (!best || *cursor.planned < *best->planned))
            best = &cursor;
    }
    return best;
}

std::optional<SteadyTime> OpenPacer::nextPlanned() const
{
    const Cursor *cursor = earliest();
    return cursor ? std::optional(m_start + *cursor->planned) : std::nullopt;
}

Arrival OpenPacer::take()
{
    Cursor &cursor = m_cursors[earliest()->stream];
    const Plan::Stream &stream = m_plan->streams[cursor.stream];
    const std::uint64_t content = randomAt(m_plan->seed, cursor.stream, cursor.arrival.arrival());
    // Every arrival is a user of its own, with a number that no arrival of another stream has.
    const std::uint64_t number = cursor.arrival.arrival() * m_plan->streams.size() + cursor.stream;
    const Arrival arrival{stream.flowAt(unitInterval(content), *cursor.planned), content, m_start + *cursor.planned,
                          0ns, {.user = number, .iteration = number, .number = number}};
    cursor.arrival.advanceBy(std::uint64_t(m_workers));
    cursor.planned = stream.schedule.plannedStart(cursor.arrival);
    return arrival;
}

bool OpenPacer::isCountTaken() const
{
    return std::ranges::all_of(m_cursors, [this](const Cursor &cursor) {
        return m_plan->streams[cursor.stream].schedule.isBeyondCount(cursor.arrival.arrival());
    });
}

void OpenPacer::steer(PlanPtr plan)
{
    m_plan = std::move(plan);
    for (Cursor &cursor : m_cursors)
        cursor.planned = m_plan->streams[cursor.stream].schedule.plannedStart(cursor.arrival);
}

} // namespace Headroom
