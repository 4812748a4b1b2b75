// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/cpuburner.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace Headroom {

namespace {

constexpr int kMostThreads = 64; // more than processors, so that pieces share them as threads of a service do

Nanoseconds threadCpuTime()
{
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + Nanoseconds(used.tv_nsec);
}

/// What it burnt; the steps between two looks at the clock are below a microsecond.
Nanoseconds burnHere(Nanoseconds cpuTime, const std::atomic<bool> &isHalted)
{
    const Nanoseconds begin = threadCpuTime();
    Nanoseconds burnt{};
    while (burnt < cpuTime && !isHalted.load(std::memory_order_relaxed))
        burnt = threadCpuTime() - begin;
    return burnt;
}

} // namespace

CpuBurner::CpuBurner(int threads) { m_threads.setMaxThreadCount(std::clamp(threads, 1, kMostThreads)); }

CpuBurner::~CpuBurner() { halt(); }

void CpuBurner::burn(Nanoseconds cpuTime, Done done)
{
    const std::uint64_t number = m_last++;
    m_pending.emplace(number, std::move(done));
    m_threads.start([this, number, cpuTime] {
        const Nanoseconds burnt = burnHere(cpuTime, m_isHalted);
        QMetaObject::invokeMethod(this, [this, number, burnt] { finish(number, burnt); }, Qt::QueuedConnection);
    });
}

void CpuBurner::finish(std::uint64_t number, Nanoseconds burnt)
{
    m_burnt += burnt;
    auto pending = m_pending.extract(number);
    if (!pending.empty()) // else it was abandoned
        pending.mapped()(true);
}

void CpuBurner::abandonAll()
{
    halt();
    m_isHalted = false;
    for (auto &[number, done] : std::exchange(m_pending, {}))
        done(false);
}

void CpuBurner::halt()
{
    m_isHalted = true;
    m_threads.waitForDone(); // what has not begun yet ends as soon as it begins
}

} // namespace Headroom
