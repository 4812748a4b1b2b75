// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace Headroom {

/// A level that goes up and down, summed over the time that it stood: what is taken / the time is its mean.
///
/// Units: level times seconds. What comes late, with a time before the last one known, counts as from that one on, so
/// that nothing is ever counted twice or taken away.
class LevelIntegral
{
public:
    explicit LevelIntegral(SteadyTime start)
        : m_last(start)
    {
    }

    void change(SteadyTime at, std::int64_t by)
    {
        advance(at);
        m_level += by;
    }
    /// Moves out what there is up to `at`.
    double takeUntil(SteadyTime at)
    {
        advance(at);
        return std::exchange(m_sum, 0.0);
    }

private:
    void advance(SteadyTime at)
    {
        const SteadyTime now = std::max(at, m_last);
        m_sum += double(m_level) * std::chrono::duration<double>(now - m_last).count();
        m_last = now;
    }

    SteadyTime m_last;
    std::int64_t m_level = 0;
    double m_sum = 0.0;
};

} // namespace Headroom
