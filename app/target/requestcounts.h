// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <map>
#include <tuple>

namespace Headroom {

class ExpositionText;

/// All requests that ended, counted by method, route and status, and how long those of each route took.
class RequestCounts
{
public:
    /// Upper ends, seconds: from what a small service takes to what its clients no longer wait for.
    static constexpr std::array kBuckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                         0.1,    0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

    /// `route`: one of few, never what a client made up.
    void add(const QByteArray &method, const QByteArray &route, int status, Nanoseconds took);

    const std::map<int, std::uint64_t> &byStatus() const { return m_byStatus; }
    std::uint64_t errors() const; ///< Refused (429) or failed (500 and above).
    void writeTo(ExpositionText &text) const;

private:
    struct Durations
    {
        std::array<std::uint64_t, kBuckets.size() + 1> inBucket{}; ///< The last one: above all.
        double sum = 0.0; ///< Seconds.
    };
    using Key = std::tuple<QByteArray, QByteArray, int>; // method, route, status

    void writeDurations(ExpositionText &text) const;

    std::map<Key, std::uint64_t> m_counts;
    std::map<QByteArray, Durations> m_durations; // by route
    std::map<int, std::uint64_t> m_byStatus;
};

} // namespace Headroom
