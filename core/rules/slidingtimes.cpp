// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/slidingtimes.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

void SlidingTimes::add(const HdrHistogram &times)
{
    for (int index = times.firstUsed(); index <= times.lastUsed(); ++index) {
        if (const std::uint32_t count = times.counterAt(index); count > 0)
            m_next.counters.emplace_back(index, count);
    }
    m_next.sumNanoseconds += times.totals().sumNanoseconds;
    m_next.max = std::max(m_next.max, times.max());
}

void SlidingTimes::endSecond()
{
    if (m_counters.empty() && !m_next.counters.empty())
        m_counters.resize(HdrHistogram::kCounterCount);
    for (const auto &[index, count] : m_next.counters) {
        m_counters[std::size_t(index)] += count;
        m_count += count;
    }
    m_parts.push_back(std::exchange(m_next, {}));
    while (m_parts.size() > m_seconds)
        forgetFirst();
}

void SlidingTimes::restart()
{
    while (!m_parts.empty())
        forgetFirst();
}

void SlidingTimes::forgetFirst()
{
    for (const auto &[index, count] : m_parts.front().counters) {
        m_counters[std::size_t(index)] -= count;
        m_count -= count;
    }
    m_parts.pop_front();
}

std::optional<double> SlidingTimes::quantileMs(double quantile) const
{
    if (m_count == 0)
        return std::nullopt;
    const double wanted = std::ceil(quantile * double(m_count));
    const auto rank = std::clamp<std::uint64_t>(std::uint64_t(std::max(wanted, 1.0)), 1, m_count);
    std::uint64_t below = 0;
    for (int index = 0; index < HdrHistogram::kCounterCount; ++index) {
        below += m_counters[std::size_t(index)];
        if (below >= rank)
            return std::min(double(HdrHistogram::highestOf(index)) / 1e3, *maxMs());
    }
    return maxMs();
}

std::optional<double> SlidingTimes::meanMs() const
{
    double sum = 0.0;
    for (const Part &part : m_parts)
        sum += part.sumNanoseconds;
    return m_count > 0 ? std::optional(sum / double(m_count) / 1e6) : std::nullopt;
}

std::optional<double> SlidingTimes::maxMs() const
{
    Nanoseconds max{};
    for (const Part &part : m_parts)
        max = std::max(max, part.max);
    return m_count > 0 ? std::optional(double(max.count()) / 1e6) : std::nullopt;
}

StepCounts SlidingTimes::counts() const
{
    StepCounts sum;
    for (const Part &part : m_parts)
        sum += part.counts;
    return sum;
}

} // namespace Headroom
