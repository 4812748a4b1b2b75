// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/alarmqueue.h"

#include <coroutine>

namespace Headroom {

/// Lets a coroutine wait for a time: `co_await Pause{queue, time};`. Goes on from the queue's alarm, or earlier when the
/// queue calls all at once. Not QCoro::sleepFor: that rounds to milliseconds.
struct Pause
{
    AlarmQueue &queue;
    SteadyTime until;
    AlarmQueue::Ticket *ticket = nullptr; ///< Gets the ticket of the alarm, for who wants to end the pause early.

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting)
    {
        const auto alarm = queue.callAt(until, {[](void *frame) { std::coroutine_handle<>::from_address(frame).resume(); }, waiting.address()});
        if (ticket)
            *ticket = alarm;
    }
    void await_resume() const noexcept { }
};

} // namespace Headroom
