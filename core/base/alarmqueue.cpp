// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/alarmqueue.h"

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

std::uint32_t slotOf(AlarmQueue::Ticket ticket)
{
    return static_cast<std::uint32_t>(ticket);
}

std::uint32_t useOf(AlarmQueue::Ticket ticket)
{
    return static_cast<std::uint32_t>(ticket >> 32);
}

} // namespace

AlarmQueue::AlarmQueue(Clock &clock)
    : m_clock(clock)
    , m_alarm(clock.makeAlarm([this] {
        m_armedFor = SteadyTime::max();
        callUntil(m_clock.now());
    }))
{
}

AlarmQueue::Ticket AlarmQueue::callAt(SteadyTime time, Call call)
{
    if (m_freeSlots.empty()) {
        m_freeSlots.push_back(static_cast<std::uint32_t>(m_slots.size()));
        m_slots.emplace_back();
    }
    const std::uint32_t slot = m_freeSlots.back();
    m_freeSlots.pop_back();
    m_slots[slot].call = call;
    const Ticket ticket = (Ticket(m_slots[slot].use) << 32) | slot;
    m_heap.push_back({time, ticket});
    std::ranges::push_heap(m_heap, isLater);
    ++m_pending;
    if (!m_isRinging)
        arm();
    return ticket;
}

bool AlarmQueue::isPending(Ticket ticket) const
{
    return ticket != 0 && m_slots[slotOf(ticket)].use == useOf(ticket);
}

void AlarmQueue::cancel(Ticket ticket)
{
    if (!isPending(ticket))
        return;
    release(slotOf(ticket));
    // Cancelled deadlines stay in the heap until their time; keep them from outnumbering the live ones.
    if (m_heap.size() > 64 && m_heap.size() > 4 * m_pending)
        dropStale();
}

void AlarmQueue::callNow(Ticket ticket)
{
    if (!isPending(ticket))
        return;
    const Call call = m_slots[slotOf(ticket)].call;
    cancel(ticket);
    call.function(call.object);
}

void AlarmQueue::release(std::uint32_t slot)
{
    ++m_slots[slot].use;
    m_freeSlots.push_back(slot);
    --m_pending;
}

void AlarmQueue::dropStale()
{
    std::erase_if(m_heap, [this](const Entry &entry) { return !isPending(entry.ticket); });
    std::ranges::make_heap(m_heap, isLater);
}

void AlarmQueue::callAllNow()
{
    // Calls that are set while these are made come later.
    callUntil(m_heap.empty() ? SteadyTime::min() : std::ranges::max(m_heap, {}, &Entry::time).time);
}

void AlarmQueue::callUntil(SteadyTime time)
{
    const bool wasRinging = std::exchange(m_isRinging, true);
    while (!m_heap.empty() && (!isPending(m_heap.front().ticket) || m_heap.front().time <= time)) {
        std::ranges::pop_heap(m_heap, isLater);
        const Entry entry = m_heap.back();
        m_heap.pop_back();
        if (!isPending(entry.ticket))
            continue;
        const Call call = m_slots[slotOf(entry.ticket)].call;
        release(slotOf(entry.ticket));
        call.function(call.object);
    }
    m_isRinging = wasRinging;
    if (!m_isRinging)
        arm();
}

void AlarmQueue::arm()
{
    if (m_heap.empty() || m_heap.front().time >= m_armedFor)
        return; // an alarm that is set too early rings for nothing, once
    m_armedFor = m_heap.front().time;
    m_alarm->setFor(m_armedFor);
}

} // namespace Headroom
