// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <map>

namespace Headroom {

/// Keeps processors busy on threads of its own, each piece until its thread's own CPU clock has advanced as asked:
/// what is burnt does not depend on how much of a processor the thread gets.
/// Thread: one with an event loop.
class CpuBurner final : public QObject
{
    Q_OBJECT

public:
    using Done = std::move_only_function<void(bool isFinished)>;

    /// At most so many pieces at a time; the threads are started when there is something to burn.
    explicit CpuBurner(int threads);
    ~CpuBurner() override; ///< Calls nothing any more.
    /// `done` is called from the event loop, or by abandonAll().
    void burn(Nanoseconds cpuTime, Done done);
    /// Ends all that is under way; `done` of each is called, with false.
    void abandonAll();

    Nanoseconds burnt() const { return m_burnt; } ///< By all that has ended, as the clocks of the threads had it.

private:
    void finish(std::uint64_t number, Nanoseconds burnt);
    void halt();

    QThreadPool m_threads;
    std::atomic<bool> m_isHalted = false;
    std::map<std::uint64_t, Done> m_pending;
    std::uint64_t m_last = 0;
    Nanoseconds m_burnt{};
};

} // namespace Headroom
