// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "tests/support/framebuilder.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

namespace Headroom {

/// A target of some workers with one queue before them, seen through frames: arrivals come evenly, first come, first
/// served. Its capacity is workers / service time.
class QueueModel
{
public:
    struct Setup
    {
        int workers = 4;
        Nanoseconds service = 20ms;
        double spread = 0.0; ///< Service times lie evenly within this share around the mean.
        int users = 500; ///< At most so many under way; who comes then waits in the backlog, its time kept.
        std::uint64_t seed = 1;
    };

    explicit QueueModel(const Setup &setup)
        : m_setup(setup)
        , m_free(std::size_t(setup.workers), 0.0)
    {
    }

    double capacity() const { return m_setup.workers / seconds(m_setup.service); }

    /// The next second, with so many arrivals a second.
    MetricsFrame nextSecond(double rate)
    {
        const double end = m_second + 1.0;
        FrameBuilder builder(m_second);
        int planned = 0;
        if (rate > 0.0) {
            for (; m_next < end; m_next += 1.0 / rate, ++planned)
                arrive(m_next);
        } else {
            m_next = end;
        }
        std::uint64_t started = 0;
        for (; !m_starts.empty() && m_starts.front() < end; m_starts.pop())
            ++started;
        for (; !m_ends.empty() && m_ends.top().end < end; m_ends.pop())
            builder.answered(0, 1, nanoseconds(m_ends.top().end - m_ends.top().arrival), m_setup.service);
        builder.iterations(std::uint64_t(planned), started).sends(started, 0);
        MetricsFrame frame = builder.frame();
        frame.stage = {0};
        frame.backlog = m_starts.size();
        frame.inFlight = m_ends.size() - m_starts.size();
        ++m_second;
        return frame;
    }

private:
    struct Answer
    {
        double arrival;
        double end;
        bool operator>(const Answer &other) const { return end > other.end; }
    };
    static double seconds(Nanoseconds time) { return std::chrono::duration<double>(time).count(); }
    static Nanoseconds nanoseconds(double value) { return Nanoseconds(qint64(value * 1e9)); }

    void arrive(double time)
    {
        const double unit = unitInterval(randomAt(m_setup.seed, 0, m_count++));
        const double service = seconds(m_setup.service) * (1.0 + m_setup.spread * (2.0 * unit - 1.0));
        const auto worker = std::ranges::min_element(m_free);
        const double end = std::max(time, *worker) + service;
        *worker = end;
        // With all users taken it is sent when the one that many before it has been answered.
        const auto cap = std::size_t(m_setup.users);
        const double start = m_history.size() < cap ? time : std::max(time, m_history[m_history.size() - cap]);
        m_history.push_back(end);
        m_starts.push(start);
        m_ends.push({time, end});
    }

    Setup m_setup;
    std::vector<double> m_free; // by worker: when it will be
    std::vector<double> m_history; // ends in order of arrivals
    std::queue<double> m_starts; // of arrivals that are not sent yet
    std::priority_queue<Answer, std::vector<Answer>, std::greater<>> m_ends;
    std::uint64_t m_count = 0;
    double m_next = 0.0;
    int m_second = 0;
};

} // namespace Headroom
