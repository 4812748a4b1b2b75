// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <vector>

namespace Headroom {

/// Any number of deadlines on one alarm: think times, request deadlines, spawns.
///
/// Setting costs O(log n), cancelling O(1); in steady state nothing is allocated.
/// Thread: one, that of its alarm. A call may set and cancel others.
class AlarmQueue
{
public:
    /// What is called: an object and a function, so that nothing needs to be allocated for it.
    struct Call
    {
        void (*function)(void *object) = nullptr;
        void *object = nullptr;
    };
    using Ticket = std::uint64_t; ///< 0: none.

    explicit AlarmQueue(Clock &clock);
    Ticket callAt(SteadyTime time, Call call);
    /// A cancelled call is never made. Spent tickets and 0 are ignored.
    void cancel(Ticket ticket);
    /// Makes a pending call at once instead of at its time. Spent tickets and 0 are ignored.
    void callNow(Ticket ticket);
    /// Makes every pending call at once, earliest first.
    void callAllNow();
    std::size_t pending() const { return m_pending; }
    std::size_t remembered() const { return m_heap.size(); } ///< Cancelled ones included; for tests.

private:
    // A ticket is a slot and the number of times it was used: a stale heap entry is recognised and skipped.
    struct Slot
    {
        std::uint32_t use = 1;
        Call call;
    };
    struct Entry
    {
        SteadyTime time;
        Ticket ticket;
    };
    static bool isLater(const Entry &a, const Entry &b) { return a.time > b.time; }
    bool isPending(Ticket ticket) const;
    void release(std::uint32_t slot);
    void dropStale();
    void callUntil(SteadyTime time);
    void arm();

    Clock &m_clock;
    std::unique_ptr<Alarm> m_alarm;
    std::vector<Slot> m_slots;
    std::vector<std::uint32_t> m_freeSlots;
    std::vector<Entry> m_heap; // earliest in front
    std::size_t m_pending = 0;
    SteadyTime m_armedFor = SteadyTime::max();
    bool m_isRinging = false;
};

} // namespace Headroom
