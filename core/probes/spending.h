// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <ctime>

namespace Headroom {

/// Adds the processor time that the calling thread takes while this lives to a sum. The sum outlives it.
class Spending
{
public:
    explicit Spending(Nanoseconds &sum)
        : m_sum(sum)
        , m_begin(ofThread())
    {
    }
    ~Spending() { m_sum += ofThread() - m_begin; }
    Spending(const Spending &) = delete;
    Spending &operator=(const Spending &) = delete;

private:
    static Nanoseconds ofThread()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
    }

    Nanoseconds &m_sum;
    const Nanoseconds m_begin;
};

} // namespace Headroom
